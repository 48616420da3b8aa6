"""Dunning: why somebody does not pay, and what we agree: reminders, promises, plans, interest."""
