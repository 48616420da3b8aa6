"""Ways in: what people and programs use to reach the records."""

from __future__ import annotations
