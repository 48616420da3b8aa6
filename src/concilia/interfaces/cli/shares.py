"""
One run of matching cut over several processes, by payer group.

The processes are forks: they see the ledger where it lies. Each first finds out whose payments its
share holds, passes on those that belong to groups of another share, and then settles its groups. So
every group is settled by one process, with all its payments, and the answers are the same as those
of one process.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from zlib import crc32

from concilia.matching.book import Book
from concilia.matching.engine import Assignment, Work, settle_work
from concilia.matching.payers import PayerDirectory
from concilia.matching.records import Match, Payment, Remittance

Answer = Callable[[Match, Payment], str]
PATIENCE_SECONDS = 5.0


class ShareFailed(Exception):
    """One of the processes ended before it had answered."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What all shares see."""

    payments: Sequence[Payment]
    book: Book
    directory: PayerDirectory
    remittances: Sequence[Remittance]


def match_in_shares(ledger: Ledger, answer: Answer, shares: int) -> list[str]:
    """
    This will answer every payment, in input order, with `answer` of its match.

    :param shares: processes; the work is cut by payer group
    :raises ShareFailed: if a process is killed, by the system for want of memory for example
    """
    ledger.book.prepare()
    context = get_context("fork")
    pipes = [context.Pipe() for _ in range(shares)]
    processes = [
        context.Process(target=_work, args=(ledger, answer, share, shares, pipes[share][1]))
        for share in range(shares)
    ]
    for process, (_, theirs) in zip(processes, pipes, strict=True):
        process.start()
        theirs.close()
    try:
        connections = [ours for ours, _ in pipes]
        _pass_on(connections)
        return _collect(connections, len(ledger.payments))
    except EOFError as error:
        raise ShareFailed("one of the processes ended before it had answered") from error
    finally:
        for process in processes:
            process.join(PATIENCE_SECONDS)
            if process.is_alive():
                process.terminate()


def _pass_on(connections: Sequence[Connection]) -> None:
    """Give every share the payments that the others found to be its own."""
    found: list[list[list[int]]] = [connection.recv() for connection in connections]
    for share, connection in enumerate(connections):
        connection.send(sorted(place for one in found for place in one[share]))


def _collect(connections: Sequence[Connection], count: int) -> list[str]:
    lines = [""] * count
    for connection in connections:
        for place, line in connection.recv():
            lines[place] = line
    return lines


def _work(ledger: Ledger, answer: Answer, share: int, shares: int, pipe: Connection) -> None:
    """What one process does."""
    gc.disable()
    assignment = Assignment(ledger.book, ledger.directory, ledger.remittances)
    payments = ledger.payments
    mine = [
        place
        for place, payment in enumerate(payments)
        if _owner(assignment.group_hint(payment), place, shares) == share
    ]
    places = {payments[place].payment_id: place for place in mine}
    work = assignment.assign([payments[place] for place in mine])
    strange = [key for key in work if _owner(key[0], 0, shares) != share]
    passed: list[list[int]] = [[] for _ in range(shares)]
    for key in strange:
        owner = _owner(key[0], 0, shares)
        passed[owner] += [places[facts.payment.payment_id] for facts in work.pop(key)]
    pipe.send(passed)
    more: list[int] = pipe.recv()
    places |= {payments[place].payment_id: place for place in more}
    _merge(work, assignment.assign([payments[place] for place in more]))
    matches = settle_work(ledger.book, ledger.directory, work, assignment.advised)
    answers = [(places[match.payment_id], match) for match in matches]
    pipe.send([(place, answer(match, payments[place])) for place, match in answers])
    pipe.close()


def _merge(work: Work, more: Work) -> None:
    for key, facts in more.items():
        work.setdefault(key, []).extend(facts)


def _owner(group: str, place: int, shares: int) -> int:
    """The share of a payer group; of a payment nobody is known for, where it stands."""
    return crc32(group.encode()) % shares if group else place % shares
