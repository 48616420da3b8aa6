"""What people write in five languages: phrases for reasons, kinds, motives (domain.md R-2.5)."""
