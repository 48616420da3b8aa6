"""The confined processes of this worker: started at the first document, warm until it ends."""

from __future__ import annotations

import atexit
from functools import cache
from typing import Final

from concilia.foundation.sandbox import Limits, Sandbox

# A year of a busy account in one file takes minutes; its entries are handed over one by one.
BANK_FILE: Final = Limits(cpu_seconds=240, wall_seconds=300.0, output_bytes=4 * 1024**2)


@cache
def for_bank_files() -> Sandbox:
    """This will be the process that reads bank files."""
    sandbox = Sandbox(limits=BANK_FILE, preload=("concilia.interfaces.worker.bank_files",))
    atexit.register(sandbox.close)
    return sandbox
