"""Addresses of the pages' files that change when the file does."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class VersionedStaticFiles(StaticFilesStorage):
    """Puts a digest of the content behind the address: a browser never shows an old file."""

    def url(self, name: str | None) -> str:
        """This will name the address of a file, `/static/desk.css?v=0123456789` for example."""
        address = super().url(name)
        version = "" if settings.DEBUG or name is None else _version_of(name)
        return f"{address}?v={version}" if version else address


@cache
def _version_of(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        return ""
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10]
