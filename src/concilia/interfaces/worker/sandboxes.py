"""The confined processes of this worker: started at the first document, warm until it ends."""

from __future__ import annotations

import atexit
import os
from functools import cache
from typing import Final

from concilia.documents.queries.reader import Reader
from concilia.foundation.sandbox import Limits, Sandbox

AT_A_TIME: Final = min(max(os.cpu_count() or 1, 2), 8)
# A year of a busy account in one file takes minutes; its entries are handed over one by one.
PATIENT: Final = Limits(cpu_seconds=240, wall_seconds=1200.0)
PRELOAD: Final = (
    "concilia.interfaces.worker.bank_files",
    "concilia.interfaces.worker.mail_facts",
)


@cache
def reader() -> Reader:
    """This will be what reads documents."""
    found = Reader(workers=AT_A_TIME)
    atexit.register(found.close)
    return found


@cache
def sandbox() -> Sandbox:
    """This will be where bank files and the envelopes of mails are taken apart."""
    found = Sandbox(workers=AT_A_TIME, limits=PATIENT, preload=PRELOAD)
    atexit.register(found.close)
    return found
