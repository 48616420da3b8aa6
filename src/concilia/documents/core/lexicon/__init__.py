"""What people write, in five languages: phrases for reasons, kinds and motives (domain.md R-2.5)."""
