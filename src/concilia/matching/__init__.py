"""Which payment settles what: to the cent, explained, never guessed (domain.md §6). Pure."""

from __future__ import annotations
