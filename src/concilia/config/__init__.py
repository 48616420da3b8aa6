"""How one installation is set up: settings, addresses, servers."""

from __future__ import annotations
