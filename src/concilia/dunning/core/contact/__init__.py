"""Whether and when somebody who owes may be contacted (decision 87, domain.md §4.5)."""
