"""The verdict rules. A released version never changes: a better rule is a new version beside it."""

from __future__ import annotations
