"""What a claim is, what it is worth and what may be done with it. Pure: no database, no clock."""

from __future__ import annotations
