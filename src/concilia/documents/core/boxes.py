"""
Boxes of forms: only what is ticked is said.

`[ ] short [x] damaged`, `☐ prix ☒ casse`; what stands below `office use only` is not the sender's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from concilia.documents.core.lexicon.form_words import BOX, LABEL_BEGIN, LABEL_END, OFFICE

BOXES_MIN: Final = 2
BOXES_MAX: Final = 300  # with more it is no form, and each is compared with those of its line
NEAR: Final = re.compile(r"\S")


def without_unticked(text: str) -> str:
    """Return a text with what nobody ticked, and what others fill in, blanked out in place."""
    boxes = list(islice(BOX.finditer(text), BOXES_MAX + 1))
    empty = [box for box in boxes if box["empty"]]
    if not BOXES_MIN <= len(boxes) <= BOXES_MAX or not empty:
        return text
    pieces, place = [], 0
    for start, end in sorted([*_unticked(text, boxes), *_of_the_office(text)]):
        begin = max(start, place)
        pieces += [text[place:begin], _blanks(text[begin:end])]
        place = max(end, place)
    return "".join([*pieces, text[place:]])


def _unticked(text: str, boxes: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the empty boxes with their labels, which stand behind them, or before on some forms."""
    for at, box in enumerate(boxes):
        if not box["empty"]:
            continue
        before = boxes[at - 1].end() if at else 0
        after = boxes[at + 1].start() if at + 1 < len(boxes) else len(text)
        end = LABEL_END.search(text, box.end(), after)
        stop = end.start() if end else after
        if text[box.end() : stop].strip(" \u00a0,;/|.") and not _labelled_before(text, boxes, at):
            yield box.start(), stop
        else:
            line = max(before, text.rfind("\n", 0, box.start()) + 1)
            opened = LABEL_BEGIN.search(text, line, box.start())
            yield (_after_mark(text, opened.start()) if opened else line), box.end()


def _labelled_before(text: str, boxes: list[re.Match[str]], at: int) -> bool:
    """Whether the labels of this line stand before their boxes: it ends with a box."""
    begin = text.rfind("\n", 0, boxes[at].start()) + 1
    end = text.find("\n", boxes[at].end())
    end = end if end >= 0 else len(text)
    own = [box for box in boxes if begin <= box.start() < end]
    return not NEAR.search(text, own[-1].end(), end) and bool(
        NEAR.search(text, begin, own[0].start())
    )


def _after_mark(text: str, start: int) -> int:
    return start + (text[start] in ":\n\t")


def _of_the_office(text: str) -> Iterator[tuple[int, int]]:
    """Yield what the receiver of a form fills in, up to the next empty line."""
    for found in OFFICE.finditer(text):
        yield found.span()


def _blanks(words: str) -> str:
    return re.sub(r"[^\n\t]", " ", words)
