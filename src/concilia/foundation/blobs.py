from __future__ import annotations

import hashlib
from datetime import datetime

from concilia.foundation.models import Blob


def store_blob(*, content: bytes, at: datetime) -> Blob:
    """
    Keep these bytes under their SHA-256; the same bytes are kept once.

    Safe against a concurrent store of the same bytes: the loser of the race gets the winner's row.
    """
    digest = hashlib.sha256(content).hexdigest()
    Blob.objects.bulk_create(
        [Blob(sha256=digest, size=len(content), content=content, stored_at=at)],
        ignore_conflicts=True,
    )
    return Blob.objects.defer("content").get(pk=digest)


def read_blob(*, sha256: str) -> bytes:
    """
    Return the stored bytes, proven against their digest.

    :raises Blob.DoesNotExist: if there are none under this digest
    :raises BlobDamaged: if the stored bytes no longer have this digest
    """
    content = bytes(Blob.objects.values_list("content", flat=True).get(pk=sha256))
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BlobDamaged(f"stored bytes of {sha256[:12]} do not have their digest")
    return content


class BlobDamaged(Exception):
    """Stored bytes were changed outside the program."""
