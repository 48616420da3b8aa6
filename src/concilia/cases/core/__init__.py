"""Who must sign, until when, and what comes next. Pure: no database, no clock."""

from __future__ import annotations
