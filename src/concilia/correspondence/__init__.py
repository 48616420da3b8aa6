"""Correspondence: every message to or from a customer or a colleague, whatever carried it."""
