"""Ledger: our append-only, balanced record of what happened to every contested cent."""
