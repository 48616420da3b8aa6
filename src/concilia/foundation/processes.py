"""Processes that do not outlive the one that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def dies_with_parent(number: signal.Signals) -> Callable[[], None]:
    """
    This will make a `preexec_fn` after which the kernel sends `number` when we end, however.

    Call it in the parent's main thread (the kernel watches the thread, not the process). Only Linux
    can do this; elsewhere a killed parent leaves its children to their own devices.
    """
    parent = os.getpid()
    return lambda: end_with(parent, number)


def end_with(parent: int, number: signal.Signals) -> None:
    """This will have the kernel send us `number` when our parent ends; at once if it has ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it ended before we asked
            os._exit(1)
