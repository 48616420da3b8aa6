"""
`concilia intake`: take in a mail from a pipe, or files.

Made for mail servers: once it has ended with 0 the mail is safe in the database. With 75 (“try
again later”) the mail server keeps the mail, with 65 it returns it to its sender.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from concilia.foundation import embedded_postgres

HELP = "take in a mail from standard input, or files"
NEEDS_DJANGO = False  # what is wrong with the database must end with 75, not with 1

# sysexits.h: what a mail server understands
DATA_WRONG, TRY_LATER = 65, 75
FAILED = 1


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What is taken in: a file, or a mail from standard input."""

    channel: str
    name: str
    content: bytes
    source: str


def configure(parser: argparse.ArgumentParser) -> None:
    """This will add the entity and the files."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="default: a mail on standard input"
    )
    parser.add_argument(
        "--entity", default="", metavar="CODE", help="for whom; the only one if left out"
    )


def run(options: argparse.Namespace) -> int:
    """
    This will keep what is given and say on standard output, a JSON line for each, what it became.

    One file that cannot be taken does not stop the others; the exit code is 1 then.
    """
    try:
        _prepare()
        if options.files:
            return _take_files(options.files, options.entity)
        return _take_mail(sys.stdin.buffer.read(), options.entity)
    except Exception as problem:  # noqa: BLE001 - whatever is wrong here, the mail must not be lost
        why = " ".join(str(problem).split()) or type(problem).__name__
        print(f"concilia: nothing can be kept now: {why}", file=sys.stderr)
        return TRY_LATER


def _prepare() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concilia.config.settings")
    embedded_postgres.ensure()
    django.setup()


def _take_mail(content: bytes, code: str) -> int:
    from concilia.intake.actions import ArrivalRefused

    piece = Piece(channel="pipe", name="mail.eml", content=content, source="standard input")
    try:
        entity_id = _entity(code)
    except ArrivalRefused as refusal:  # our own mistake: no sender shall get their mail back for it
        print(f"concilia: {refusal}", file=sys.stderr)
        return TRY_LATER
    return 0 if _take(piece, entity_id) else DATA_WRONG


def _take_files(names: list[str], code: str) -> int:
    from concilia.intake.actions import ArrivalRefused

    try:
        entity_id = _entity(code)
    except ArrivalRefused as refusal:
        print(f"concilia: {refusal}", file=sys.stderr)
        return FAILED
    taken = [piece is not None and _take(piece, entity_id) for piece in _pieces(names)]
    return 0 if all(taken) else FAILED


def _entity(code: str) -> int:
    from concilia.intake.actions import entity_for

    return entity_for(code).pk


def _pieces(names: list[str]) -> Iterator[Piece | None]:
    for name in names:
        path = Path(name)
        try:
            content = path.read_bytes()
        except OSError as error:
            print(f"concilia: {name}: {error.strerror}.", file=sys.stderr)
            yield None
            continue
        source = str(path.resolve().parent)
        yield Piece(channel="pipe", name=path.name, content=content, source=source)


def _take(piece: Piece, entity_id: int) -> bool:
    from concilia.intake.actions import ArrivalRefused, Incoming, receive

    incoming = Incoming(
        channel=piece.channel, filename=piece.name, content=piece.content, source=piece.source
    )
    try:
        arrival = receive(entity_id=entity_id, incoming=incoming, at=datetime.now(UTC))
    except ArrivalRefused as refusal:
        print(f"concilia: {refusal}", file=sys.stderr)
        return False
    arrival.refresh_from_db(fields=["seen"])
    answer = {"source": piece.name, "arrival": arrival.pk, "known": arrival.seen > 1}
    print(json.dumps(answer, ensure_ascii=False))
    return True
