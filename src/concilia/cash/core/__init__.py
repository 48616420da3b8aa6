"""What a payment says and settles, as values. Pure: no database, no clock."""

from __future__ import annotations
