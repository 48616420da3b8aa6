"""
What a message says now, and what is only quoted, signed or forwarded along with it.

Only the live part can claim anything. Quoted mails, signatures and disclaimers are context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from concilia.documents.core.lexicon.reminded import REMINDED
from concilia.documents.core.lexicon.threads import (
    ATTRIBUTION,
    BELOW,
    CLOSING,
    DISCLAIMER,
    DIVIDER,
    EMPTY_WORDS,
    FORWARDED,
    HEADER_LEFT,
    MOBILE,
    OUTLOOK_HEADER,
    SIGNATURE_MARK,
)
from concilia.documents.core.words import fold

SAID: Final = re.compile(r"\S")
QUOTED_LINE: Final = re.compile(r"^[ \t]*>")
QUOTED: Final = re.compile(r"^[ \t]*>", re.MULTILINE)
# `02.04.2012 14:20 … <bob@example.com> …:` right above a quote, in whatever language: a time, an
# address and a colon, on one line or two.
ABOVE_A_QUOTE: Final = re.compile(r":[ \t]*\n(?=\s{0,40}>)")
TIME: Final = re.compile(r"[0-9]{1,2}[:.][0-9]{2}")
ADDRESS: Final = re.compile(r"[^<>\s@]{1,64}@[^<>\s]{1,250}>")
ATTRIBUTION_CHARS: Final = 300
ATTRIBUTIONS_MAX: Final = 50
SIGNATURE_LINES_MAX: Final = 14
LIVE_CHARS_MIN: Final = 25
FORWARD_SUBJECT: Final = re.compile(r"\s*(?:fwd?|fw|i|tr|wg|rv|enc|inoltro)\s?:", re.IGNORECASE)
FORWARD_CHARS: Final = 1500
GREETING_WORDS: Final = 2
POINTING_WORDS_MAX: Final = 60
ATTRIBUTION_LINES: Final = 2
LINE_CHARS_MAX: Final = 110


@dataclass(frozen=True, slots=True)
class Thread:
    """
    The parts of a message by offsets; `forwarded` says that the live part came from afar, `subject`
    is the line that headers typed into the text call so, `signed` what stands below the closing.
    """

    live: tuple[tuple[int, int], ...]
    forwarded: bool = False
    subject: tuple[int, int] | None = None
    signed: tuple[tuple[int, int], ...] = ()

    def covers(self, start: int) -> bool:
        """Say whether a character is part of what is said now."""
        return any(begin <= start < end for begin, end in self.live)


def split(text: str, body: int = 0) -> Thread:
    """
    Return the live part of a message: its subject, and the body up to quotes and signature.

    :param body: where the body starts; what stands before (the subject) is always live
    """
    subject = _own_subject(text, body)
    start = subject[1] if subject else body
    if subject and (rest := HEADER_LEFT.match(text, start)):
        start = rest.end()
    said = _said_now(text, start)
    spans = (*([subject] if subject else []), *said.live)
    is_sent_on = said.forwarded or (subject is not None and body > 0)
    return Thread(
        _with_subject(body, spans), forwarded=is_sent_on, subject=subject, signed=said.signed
    )


def _said_now(text: str, body: int) -> Thread:
    """Return what is said from here on; a mail sent on with `see below` says that, too."""
    cut, forward, named = _history(text, body)
    spoken = _without(_unquoted(text, body, cut), named)
    live = [span for span in spoken if text[slice(*span)].strip()]
    if forward is not None and _says_nothing(text, live):
        inner = split(text, forward)
        return Thread(_from(body, inner.live), forwarded=True, signed=inner.signed)
    kept = _without_signature(text, live) or live
    signed = _without(live, kept)
    if forward is not None and _points_below(text, kept, forward):
        inner = split(text, forward)
        return Thread((*kept, *_from(body, inner.live)), signed=(*signed, *inner.signed))
    return Thread(tuple(kept), signed=tuple(signed))


def _from(body: int, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    return tuple(span for span in spans if span[0] >= body)


def _points_below(text: str, said: list[tuple[int, int]], forward: int) -> bool:
    """Whether a few words make what follows their own; a reminder of ours sent on stays ours."""
    words = " ".join(text[slice(*span)] for span in said)
    if len(words.split()) > POINTING_WORDS_MAX or not BELOW.search(fold(words)):
        return False
    return not REMINDED.search(fold(text[forward : forward + FORWARD_CHARS]))


def _own_subject(text: str, body: int) -> tuple[int, int] | None:
    """
    Return the subject line of a message that begins with its own headers, as a mail saved as a text
    does, or one forwarded without a word; None where something is said above them.
    """
    divider = DIVIDER.match(text, _first_letter(text, body))
    start = _first_letter(text, divider.end() if divider else body)
    header = OUTLOOK_HEADER.match(text, start)
    if header is None:
        return None
    end = text.find("\n", header.end())
    return (header.end(), end + 1) if end >= 0 else None


def _first_letter(text: str, start: int) -> int:
    """Return where the line begins that is the first with something on it."""
    said = SAID.search(text, start)
    return max(start, text.rfind("\n", 0, said.start()) + 1) if said else len(text)


def _with_subject(
    body: int, spans: list[tuple[int, int]] | tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    rest = tuple(span for span in spans if span[0] >= body)
    return ((0, body), *rest) if body else tuple(rest)


def _history(text: str, body: int) -> tuple[int, int | None, list[tuple[int, int]]]:
    """
    Return where older mails begin; if they were forwarded, where their own text begins; and lines
    like `On Monday Jane wrote:` above quotes that somebody may have answered below.
    """
    cut = len(text)
    for pattern in (DIVIDER, OUTLOOK_HEADER):
        found = pattern.search(text, body, cut)
        cut = found.start() if found is not None else cut
    named = []
    for found in ATTRIBUTION.finditer(text, body, cut):
        if found[0].count("\n") > ATTRIBUTION_LINES:
            continue
        if QUOTED_LINE.match(text[found.end() : cut].lstrip()):
            named.append(found.span())
        else:
            cut = found.start()
            break
    named += islice(_foreign_attributions(text, body, cut), ATTRIBUTIONS_MAX)
    return cut, _forwarded_from(text, cut), named


def _foreign_attributions(text: str, body: int, cut: int) -> Iterator[tuple[int, int]]:
    """Yield lines above quotes that name a time and an address, on one line or two."""
    for colon in ABOVE_A_QUOTE.finditer(text, body, cut):
        last = text.rfind("\n", body, colon.start())
        before = text.rfind("\n", body, last) if last > body else -1
        for start in sorted({max(body, last + 1), max(body, before + 1)}, reverse=True):
            said = text[start : colon.start()]
            is_ours = len(said) <= ATTRIBUTION_CHARS and not QUOTED.search(said)
            time = TIME.search(said) if is_ours else None
            if time and ADDRESS.search(said, time.end()):
                yield start, colon.end()
                break


def _forwarded_from(text: str, cut: int) -> int | None:
    """Return where a forwarded mail's own text begins; None if it was only answered."""
    if cut == len(text):
        return None
    header = OUTLOOK_HEADER.search(text, cut)
    if not (FORWARDED.search(text, cut, cut + FORWARD_CHARS) or FORWARD_SUBJECT.match(text)):
        return None
    start = text.find("\n\n", header.end() if header else cut)
    return start + 2 if start >= 0 else None


def _without(spans: list[tuple[int, int]], holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    for begin, end in holes:
        spans = [
            part
            for start, stop in spans
            for part in ((start, min(stop, begin)), (max(start, end), stop))
            if part[0] < part[1]
        ]
    return spans


def _unquoted(text: str, body: int, cut: int) -> list[tuple[int, int]]:
    """Return the stretches of lines that no `>` marks as somebody else's."""
    spans: list[tuple[int, int]] = []
    position = body
    for line in text[body:cut].splitlines(keepends=True):
        end = position + len(line)
        if not QUOTED_LINE.match(line):
            if spans and spans[-1][1] == position:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((position, end))
        position = end
    return spans


def _says_nothing(text: str, live: list[tuple[int, int]]) -> bool:
    words = " ".join(text[slice(*span)] for span in _without_signature(text, live)).strip()
    lines = [line for line in words.splitlines() if line.strip()]
    if not lines:
        return True
    return len(words) < LIVE_CHARS_MIN * 4 and all(
        EMPTY_WORDS.match(line.strip()) or len(line.split()) <= GREETING_WORDS for line in lines
    )


def _without_signature(text: str, live: list[tuple[int, int]]) -> list[tuple[int, int]]:
    ended = []
    for start, end in live:
        stop = end
        for pattern in (SIGNATURE_MARK, MOBILE, DISCLAIMER):
            found = pattern.search(text, start, stop)
            if found is not None:
                stop = found.start()
        stop = _before_closing(text, start, stop)
        if text[start:stop].strip():
            ended.append((start, stop))
    return ended


def _before_closing(text: str, start: int, stop: int) -> int:
    """Cut after a closing line if only a few short lines, a name and an address, follow it."""
    for found in CLOSING.finditer(text, start, stop):
        after = [line for line in text[found.end() : stop].splitlines() if line.strip()]
        if len(after) <= SIGNATURE_LINES_MAX and all(len(line) < LINE_CHARS_MAX for line in after):
            before = text[start : found.start()].strip()
            if before:
                return found.end()
    return stop
