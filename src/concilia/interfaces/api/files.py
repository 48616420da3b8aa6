"""Answers that are files and not JSON, as the OpenAPI document tells of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse


def as_file(kind: str, what: str) -> dict[str, Any]:
    """What the document says of an answer that is a file of some media type."""
    schema = {"type": "string", "format": "binary"}
    return {"responses": {200: {"description": what, "content": {kind: {"schema": schema}}}}}


def table(content: bytes, name: str) -> HttpResponse:
    """A CSV file to keep."""
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
