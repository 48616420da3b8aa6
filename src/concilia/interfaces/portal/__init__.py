"""Pages for people without an account: what a link in a message opens."""

from __future__ import annotations
