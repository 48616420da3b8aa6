"""Whom to ask for money, how, when and how firmly: strategies as data (domain.md §3.2)."""
