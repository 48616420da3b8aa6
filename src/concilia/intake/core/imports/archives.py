"""
ZIP archives as files.

Runs inside the sandbox: strangers' bytes in, plain JSON values out. Members go by their last name
only, so `../../etc/passwd` is just a file called `passwd`; sizes are those really unpacked.
"""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final

FILES_MAX: Final = 2_000
MEMBER_BYTES_MAX: Final = 300 << 20
ARCHIVE_BYTES_MAX: Final = 1 << 30
CHUNK: Final = 1 << 20
ENCRYPTED: Final = 0x1
IGNORED: Final = (".DS_Store", "Thumbs.db", "desktop.ini")


def read_members(payload: bytes) -> Iterator[dict[str, Any]]:
    """Yield each file: its name, its bytes in pieces (base64), then its end or what is wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > FILES_MAX:
                yield {"problem": "too_many_files", "args": {"most": FILES_MAX}}
                return
            room = ARCHIVE_BYTES_MAX
            for member in members:
                name = _name(member.filename)
                if name in IGNORED or name.startswith("._"):
                    continue
                yield {"name": name}
                for answer in _content(archive, member, min(room, MEMBER_BYTES_MAX)):
                    room -= answer.get("size", 0)
                    yield answer
    except (zipfile.BadZipFile, ValueError):
        yield {"problem": "damaged"}


def _content(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int
) -> Iterator[dict[str, Any]]:
    if member.flag_bits & ENCRYPTED:
        yield {"wrong": "encrypted"}
        return
    size = 0
    try:
        with archive.open(member) as stream:
            while piece := stream.read(CHUNK):
                size += len(piece)
                if size > room:
                    args = {"most": MEMBER_BYTES_MAX >> 20}
                    yield {"wrong": "too_large_file", "args": args, "size": 0}
                    return
                yield {"bytes": base64.b64encode(piece).decode(), "size": len(piece)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        yield {"wrong": "damaged"}
        return
    yield {"end": True}


def _name(path: str) -> str:
    """The last name, printable; what is shown is never a place to write to."""
    last = PurePosixPath(path.replace("\\", "/")).name
    return "".join(char for char in last if char.isprintable())[:200] or "file"
