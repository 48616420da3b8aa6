"""What the ledger knows by heart: accounts, balanced entries, the entry of each resolution."""
