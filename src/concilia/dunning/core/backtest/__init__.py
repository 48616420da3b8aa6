"""The past under another strategy: what was known on each day, and what the sheet makes of it."""
