"""Files that people and programs send."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils.translation import gettext_noop as _

from concilia.foundation.refusals import Refused


class TooLarge(Refused):
    """A file is larger than this installation takes."""


def content_of(file: UploadedFile[Any]) -> bytes | Path:
    """Large files stay on the disk: then this is where."""
    if isinstance(file, TemporaryUploadedFile):
        return Path(file.temporary_file_path())
    content: bytes = file.read()
    return content


def require_size(file: UploadedFile[Any]) -> None:
    """
    Refuse a file that is larger than this installation takes.

    :raises TooLarge: with its name and the limit
    """
    if (file.size or 0) > settings.UPLOAD_BYTES_MAX:
        megabytes = settings.UPLOAD_BYTES_MAX // 1024**2
        raise TooLarge(_("{name} is larger than {size} MB."), name=file.name, size=megabytes)
