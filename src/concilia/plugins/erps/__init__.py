"""Connectors to ERPs. Each sees the posting contract of the ledger and nothing else of Concilia."""
