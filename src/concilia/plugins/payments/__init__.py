"""Ways to pay online: one folder each."""
