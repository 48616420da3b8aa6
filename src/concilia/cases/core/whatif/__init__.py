"""What if: past cases taken through another process or other limits, in columns. Pure."""

from __future__ import annotations
