"""Whom we may write to, and the words we write. Pure: no database, no network, no clock."""

from __future__ import annotations
