"""Zip archives: their files as attachments, with limits that no bomb gets past."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from typing import ClassVar, Final

from concilia.documents.core.parsed import Attachment, ParsedDocument, Source
from concilia.documents.ports import ParserFailed

FILES_MAX: Final = 200
FILE_BYTES_MAX: Final = 25 << 20
ARCHIVE_BYTES_MAX: Final = 100 << 20
ENCRYPTED: Final = 0x1


class ZipParser:
    """
    Files are taken by their last name only, so `../../etc/passwd` is just a file called `passwd`.

    Sizes are those actually unpacked, not those an archive claims.
    """

    formats: ClassVar[tuple[str, ...]] = ("zip",)

    def parse(self, source: Source) -> ParsedDocument:
        """Unpack, up to the limits; what goes beyond them is named in a warning."""
        try:
            with zipfile.ZipFile(BytesIO(source.content)) as archive:
                return _unpacked(archive)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
            raise ParserFailed(f"damaged zip archive: {error}") from error


def _unpacked(archive: zipfile.ZipFile) -> ParsedDocument:
    attachments: list[Attachment] = []
    warnings: list[str] = []
    room = ARCHIVE_BYTES_MAX
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > FILES_MAX:
        warnings.append(f"{len(members)} files in the archive, only the first {FILES_MAX} are read")
    for member in members[:FILES_MAX]:
        name = _name(member.filename)
        if name.startswith("._") or name == ".DS_Store":
            continue
        content = _content(archive, member, min(room, FILE_BYTES_MAX))
        if isinstance(content, str):
            warnings.append(f"{name}: {content}")
            continue
        room -= len(content)
        attachments.append(Attachment(name, "", content))
    text = "".join(f"{attachment.filename}\n" for attachment in attachments)
    return ParsedDocument("zip", text, attachments=tuple(attachments), warnings=tuple(warnings))


def _name(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name[:200] or "file"


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes | str:
    """Return the file's bytes, or in words why not."""
    if member.flag_bits & ENCRYPTED:
        return "encrypted, not read"
    try:
        with archive.open(member) as stream:
            content = stream.read(room + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        return f"damaged, not read ({error})"
    return content if len(content) <= room else "too large when unpacked, skipped"
