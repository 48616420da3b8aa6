"""Stored files handed out: as a download and nothing else."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from django.http import HttpResponse

from concilia.foundation.blobs import read_blob

# What strangers wrote is data: a browser that opens it anyway may run and load nothing.
HARMLESS: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def download(*, sha256: str, filename: str) -> HttpResponse:
    """This will be stored bytes as a download that no browser opens by itself."""
    response = HttpResponse(read_blob(sha256=sha256), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    response["Content-Security-Policy"] = HARMLESS
    response["Cache-Control"] = "private, no-store"
    return response
