"""Customers: who owes us, who pays for whom, whom to talk to, on which terms."""
