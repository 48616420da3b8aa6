"""Handing a debt over to an agency or a court: gate, evidence, dates, mandate (domain.md §3.10)."""
