"""
How many threads the linear algebra beneath NumPy takes: one, in every process.

Its own threads wait for each other by spinning. For the small products of reading and learning they
cost many times what they bring, and they take the other cores from the jobs and pages beside.
"""

from __future__ import annotations

import os
from typing import Final

ONE_THREAD: Final = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"
)


def keep_to_one_thread() -> None:
    """
    This will set it for this process and those it starts, where nobody has set it otherwise.

    It works only before NumPy is imported.
    """
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
