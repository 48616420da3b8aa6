"""Ways to send short messages: one folder each."""
