"""
One run of matching cut over several processes, by payer group.

The processes are forks: they see the ledger where it lies. Each first finds out whose payments its
share holds, passes on those that belong to groups of another share, and then settles its groups. So
every group is settled by one process, with all its payments, and the answers are the same as those
of one process.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from zlib import crc32

from concilia.interfaces.cli.items_beside import ShareFailed
from concilia.matching.book import Book, OpenItems
from concilia.matching.engine import Assignment, Work, settle_work
from concilia.matching.payers import PayerDirectory
from concilia.matching.records import Match, Payment, Remittance

Answer = Callable[[Match, Payment], str]
PATIENCE_SECONDS = 5.0
PARTS, SPARED = 100, 4  # of how many parts of a share of the work the first is spared so many
_STRIDE = 7919  # a prime: payments that stand together go to different shares


class Ledger:
    """What all shares see."""

    def __init__(
        self,
        payments: Sequence[Payment],
        directory: PayerDirectory,
        remittances: Sequence[Remittance],
        open_items: OpenItems,
    ) -> None:
        self.payments = payments
        self.directory = directory
        self.remittances = remittances
        self.book = Book(open_items, directory.groups_of(open_items.customer_id))


def match_in_shares(ledger: Ledger, hints: Sequence[str], answer: Answer, shares: int) -> list[str]:
    """
    This will answer every payment, in input order, with `answer` of its match.

    The first share is this process itself.

    :param hints: the payer group that each payment probably belongs to; nothing where nobody knows
    :param shares: processes; the work is cut by payer group
    :raises ShareFailed: if a process is killed, by the system for want of memory for example
    """
    context = get_context("fork")
    owners = [_owner(group, place, shares) for place, group in enumerate(hints)]
    work = _Share(ledger, answer, owners, shares)  # without texts, which are not to be copied
    pipes = [context.Pipe() for _ in range(1, shares)]
    processes = [
        context.Process(target=_work, args=(work, share, pipes[share - 1][1]))
        for share in range(1, shares)
    ]
    for process, (_, theirs) in zip(processes, pipes, strict=True):
        process.start()
        theirs.close()
    try:
        connections = [ours for ours, _ in pipes]
        mine = _pass_on(work.find(0), connections)
        lines = [""] * len(ledger.payments)
        for place, line in work.settle(mine):
            lines[place] = line
        _collect(connections, lines)
    except EOFError as error:
        raise ShareFailed("one of the processes ended before it had answered") from error
    else:
        return lines
    finally:
        for ours, _ in pipes:
            ours.close()
        for process in processes:
            process.join(PATIENCE_SECONDS)
            if process.is_alive():
                process.terminate()


Passed = list[list[int]]


def _pass_on(own: Passed, connections: Sequence[Connection]) -> list[int]:
    """Give every share the payments that the others found to be its own; returns the first's."""
    found: list[Passed] = [own, *(connection.recv() for connection in connections)]
    passed = [sorted(place for one in found for place in one[share]) for share in range(len(found))]
    for connection, more in zip(connections, passed[1:], strict=True):
        connection.send(more)
    return passed[0]


def _collect(connections: Sequence[Connection], lines: list[str]) -> None:
    for connection in connections:
        for place, line in connection.recv():
            lines[place] = line


def _work(work: _Share, share: int, pipe: Connection) -> None:
    """What a process of its own does."""
    gc.disable()
    pipe.send(work.find(share))
    pipe.send(list(work.settle(pipe.recv())))
    pipe.close()
    os._exit(0)  # what it holds goes with it: to let go of a million texts one by one takes a while


class _Share:
    """The payments of some payer groups, and those nobody is known for that stand here."""

    def __init__(self, ledger: Ledger, answer: Answer, owners: Sequence[int], shares: int) -> None:
        """:param owners: the share of each payment, as far as that is known before one looks"""
        self._ledger, self._answer = ledger, answer
        self._owners, self._shares = owners, shares
        self._assignment = Assignment(ledger.book, ledger.directory, ledger.remittances)
        self._places: dict[str, int] = {}
        self._work: Work = {}

    def find(self, share: int) -> Passed:
        """Find out whose payments stand here; returns what belongs to groups of other shares."""
        mine = [place for place, owner in enumerate(self._owners) if owner == share]
        self._work = self._assigned(mine)
        passed: Passed = [[] for _ in range(self._shares)]
        for key in list(self._work):
            owner = _owner(key[0], 0, self._shares) if key[0] else share
            if owner != share:
                passed[owner] += [
                    self._places[facts.payment.payment_id] for facts in self._work.pop(key)
                ]
        return passed

    def settle(self, more: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Answer all that belongs here, with what the others found; each with its place."""
        _merge(self._work, self._assigned(more))
        ledger, payments = self._ledger, self._ledger.payments
        matches = settle_work(ledger.book, ledger.directory, self._work, self._assignment.advised)
        for place, match in [(self._places[match.payment_id], match) for match in matches]:
            yield place, self._answer(match, payments[place])

    def _assigned(self, places: Sequence[int]) -> Work:
        payments = [self._ledger.payments[place] for place in places]
        self._places |= {
            payment.payment_id: place for payment, place in zip(payments, places, strict=True)
        }
        return self._assignment.assign(payments)


def _owner(group: str, place: int, shares: int) -> int:
    """
    The share of a payer group; of a payment nobody is known for, where it stands.

    The first share also puts the answers of all together: it takes a little less of the work.
    """
    drawn = (crc32(group.encode()) if group else place * _STRIDE) % (PARTS * shares - SPARED)
    return (drawn + SPARED) // PARTS


def _merge(work: Work, more: Work) -> None:
    for key, facts in more.items():
        work.setdefault(key, []).extend(facts)
