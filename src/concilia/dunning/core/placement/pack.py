"""
The evidence of a hand-over as one file: papers, what was worked out of them, and a manifest.

The same papers give the same bytes: names and order follow from the contents, no clock is asked and
nothing is compressed.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from concilia.dunning.core.placement.terms import PaperKind

FORMAT: Final = "concilia.evidence/1"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
NAME_MAX: Final = 60
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the evidence; `item` is the document number it belongs to, empty for all."""

    kind: PaperKind
    name: str
    content: bytes
    item: str = ""
    source: str = ""


def pack(papers: Sequence[Paper], about: Mapping[str, Any]) -> bytes:
    """
    Return the evidence as a ZIP file with `manifest.json`: every file with kind, size and SHA-256.

    :param about: what it is for; JSON values only
    """
    ordered = sorted(
        papers, key=lambda each: (each.kind, each.item, each.name, digest(each.content))
    )
    named = [(f"{n:03}-{safe_name(each)}", each) for n, each in enumerate(ordered, start=1)]
    manifest = {
        "format": FORMAT,
        "about": dict(about),
        "files": [
            {
                "path": path,
                "kind": each.kind,
                "item": each.item,
                "source": each.source,
                "size": len(each.content),
                "sha256": digest(each.content),
            }
            for path, each in named
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        _add(archive, MANIFEST, text.encode())
        for path, each in named:
            _add(archive, path, each.content)
    return out.getvalue()


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def safe_name(paper: Paper) -> str:
    """A name that is a name and no path, whatever the paper was called."""
    stem, dot, ending = paper.name.rpartition(".")
    words = _plain(stem if dot else paper.name)
    short = _plain(ending)[:5]
    return f"{paper.kind.lower()}-{words or 'paper'}{'.' + short if dot and short else ''}"


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_-]+", "-", bare).strip("-")[:NAME_MAX]


def _add(archive: ZipFile, path: str, content: bytes) -> None:
    entry = ZipInfo(path, EPOCH)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    archive.writestr(entry, content)
