"""Tags of single pages of the desk."""

from __future__ import annotations
