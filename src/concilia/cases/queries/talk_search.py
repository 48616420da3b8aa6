"""Search over all conversations: words in five languages, and numbers letter by letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

TYPED_MAX: Final = 100
MOST: Final = 20
LETTERS_MIN: Final = 3
# Only what people see found: redacted messages have no words left, notes are ours alone.
FOUND: Final = """
SELECT m.id, t.id, t.case_id, c.number, k.name, m.lane, m.sender_name, m.language, m.written_at,
       m.subject, m.body, t.side
  FROM correspondence_message m
  JOIN cases_casemessage t ON t.message_id = m.id
  JOIN cases_case c ON c.id = t.case_id AND c.entity_id = m.entity_id
  JOIN customers_customer k ON k.id = c.customer_id
 WHERE m.entity_id = %(entity)s AND m.redacted_at IS NULL {wanted}
 ORDER BY m.written_at DESC, m.id DESC
 LIMIT %(most)s
"""
WORDS: Final = """
 AND concilia_words(m.language, m.subject || ' ' || m.body) @@ concilia_asked(%(words)s)
"""
LETTERS: Final = " AND upper(m.subject || ' ' || m.body) LIKE upper(%(letters{n})s)"
PIECES_MAX: Final = 4
SHOWN: Final = 160
LEAD: Final = 50
DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talked:
    """A message found: in which case, whose, and the words around what was looked for."""

    entry_id: int
    case_id: int
    number: str
    customer: str
    lane: str
    side: str
    who: str
    language: str
    written_at: datetime
    excerpt: str


def find_talk(
    *,
    entity_id: int,
    text: str,
    most: int = MOST,
    lanes: Sequence[str] = (),
    case_id: int | None = None,
    until: datetime | None = None,
) -> list[Talked]:
    """
    The newest messages of an entity's cases that say this; redacted ones are never found.

    Words are found in every form their language gives them, with accents or without; what has a
    digit in it is found letter by letter, also inside a longer number. Words that are found
    nowhere are looked for inside longer words.

    :param lanes: `in`, `out`, `note`; empty for all
    :param until: only what was written before
    """
    typed = " ".join(text.replace("\0", " ").split())[:TYPED_MAX]
    if len(typed) < LETTERS_MIN:
        return []
    pieces = [word for word in typed.split() if DIGIT.search(word)][:PIECES_MAX]
    words = " ".join(word for word in typed.split() if not DIGIT.search(word))
    scope: dict[str, Any] = {
        "entity": entity_id,
        "most": most,
        "lanes": list(lanes),
        "case": case_id,
        "until": until,
    }
    found = _read(pieces, words, scope)
    if not found and words and len(words) > LETTERS_MIN:
        found = _read([*pieces, words], "", scope)
    return [_talked(row, typed) for row in found]


def _read(pieces: Sequence[str], words: str, scope: dict[str, Any]) -> list[tuple[Any, ...]]:
    wanted = ""
    given = dict(scope)
    if scope["lanes"]:
        wanted += " AND m.lane = ANY(%(lanes)s)"
    if scope["case"] is not None:
        wanted += " AND t.case_id = %(case)s"
    if scope["until"] is not None:
        wanted += " AND m.written_at < %(until)s"
    if words:
        wanted += WORDS
        given["words"] = words
    for n, piece in enumerate(pieces):
        wanted += LETTERS.format(n=n)
        given[f"letters{n}"] = f"%{_escaped(piece)}%"
    if not words and not pieces:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FOUND.format(wanted=wanted), given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _escaped(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _talked(row: tuple[Any, ...], typed: str) -> Talked:
    _pk, entry, case, number, customer, lane, who, language, written_at, subject, body, side = row
    return Talked(
        entry_id=entry,
        case_id=case,
        number=number,
        customer=customer,
        lane=lane,
        side=side,
        who=who,
        language=language,
        written_at=written_at,
        excerpt=excerpt(f"{subject} {body}".strip(), typed),
    )


def excerpt(text: str, typed: str) -> str:
    """Return the part of a text that shows why it was found, on one line."""
    line = " ".join(text.split())
    low = line.casefold()
    places = [low.find(word.casefold()) for word in typed.split()]
    first = min((place for place in places if place >= 0), default=0)
    begin = max(0, first - LEAD)
    part = line[begin : begin + SHOWN]
    return ("…" if begin else "") + part + ("…" if begin + SHOWN < len(line) else "")
