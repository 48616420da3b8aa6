"""What happens without a person at the screen: reactions to events, channels, housekeeping."""

from __future__ import annotations
