"""Processes as companies define them: read from text, proven, and run. Pure."""

from __future__ import annotations
