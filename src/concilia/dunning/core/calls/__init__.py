"""What an automatic call says and asks: flows as data, checked, walked a turn at a time."""
