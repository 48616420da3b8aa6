"""One module for each page of the desk."""

from __future__ import annotations
