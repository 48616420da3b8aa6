"""
Telling a person from a program that presses every button it finds, without a riddle to solve.

Mail scanners open links, and some send the forms they find. A form counts only if it was opened
before (it carries a signed moment), not within the time nobody can read it in, and if the field
people cannot see is empty. Besides, nothing is chosen beforehand: a form sent as it stands says
nothing.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from datetime import datetime
from threading import Lock
from typing import Final

from django.core import signing
from django.http import QueryDict

SALT: Final = "concilia.portal.form"
SOONEST_SECONDS: Final = 2.0
LATEST_SECONDS: Final = 24 * 3600.0
TRAP: Final = "leave_empty"
KEYS_MAX: Final = 10_000


def stamp_of(link_id: int, at: datetime) -> str:
    """This will be what a form carries to prove when it was opened, and for which link."""
    return signing.dumps([link_id, at.timestamp()], salt=SALT, compress=False)


def is_by_hand(sent: QueryDict, *, link_id: int, at: datetime) -> bool:
    """This will say whether a form was sent as people send it."""
    if sent.get(TRAP):
        return False
    try:
        about, opened = signing.loads(sent.get("stamp", ""), salt=SALT)
    except signing.BadSignature:
        return False
    age = at.timestamp() - float(opened)
    return bool(about == link_id) and SOONEST_SECONDS <= age <= LATEST_SECONDS


class Limiter:
    """
    So many times in so many seconds for each key; kept in the memory of this process alone.

    Nobody's address is written down: what is not asked for any more is forgotten.
    """

    def __init__(self, *, times: int, seconds: float) -> None:
        self.times, self.seconds = times, seconds
        self._lock = Lock()
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def is_too_much(self, key: str) -> bool:
        """This will count one more, and say whether it is one too many."""
        now = time.monotonic()
        with self._lock:
            seen = self._seen.setdefault(key, deque(maxlen=self.times + 1))
            self._seen.move_to_end(key)
            while len(self._seen) > KEYS_MAX:
                self._seen.popitem(last=False)
            while seen and now - seen[0] > self.seconds:
                seen.popleft()
            seen.append(now)
            return len(seen) > self.times

    def forget(self) -> None:
        """This will forget everybody."""
        with self._lock:
            self._seen.clear()
