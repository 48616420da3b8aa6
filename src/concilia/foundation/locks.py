"""One at a time, across all processes, until the holder is done or dead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection

TRY = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
LEAVE = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """
    This will hold a name for as long as the block runs, and say whether we got it.

    The database holds it for our connection: a process that is killed lets go by dying. Nobody
    waits here; who gets False leaves the work to the holder.
    """
    with connection.cursor() as cursor:
        cursor.execute(TRY, [name])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            # A connection that was lost has let go of the name already.
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute(LEAVE, [name])
