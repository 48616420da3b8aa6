"""The pages of the staff: inbox, worklists, cases, bank desk, dashboard."""

from __future__ import annotations
