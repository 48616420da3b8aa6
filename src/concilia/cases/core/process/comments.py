"""Comments of a text, kept when the rest of it is written anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Anchor = tuple[str, str]
THE_END: Final[Anchor] = ("", "the end")
_HEAD: Final = re.compile(r"(process|step|together) ([a-z0-9-]+)")
_WAY: Final = re.compile(r"([a-z0-9-]+ ->)")
_WORDS: Final = re.compile(r"((?:title|how) [a-z]{2}):")


@dataclass(frozen=True, slots=True)
class Comment:
    """Lines that begin with `#`, and the line they stand above: whose it is, and which."""

    lines: tuple[str, ...]
    anchor: Anchor


def comments_of(text: str) -> tuple[Comment, ...]:
    """Every comment of a text, with the line it speaks of."""
    found: list[Comment] = []
    waiting: list[str] = []
    for line, anchor in _anchored(text.splitlines()):
        if anchor is None:
            waiting += [line.strip()] if line.strip() else []
        elif waiting:
            found.append(Comment(tuple(waiting), anchor))
            waiting = []
    if waiting:
        found.append(Comment(tuple(waiting), THE_END))
    return tuple(found)


def with_comments(
    text: str, comments: Sequence[Comment], renamed: Mapping[str, str] | None = None
) -> str:
    """
    Put comments above the lines they speak of.

    Where that line is gone they stand above the first line of its step; with the step they go.

    :param renamed: steps that are called otherwise now
    """
    lines = text.splitlines()
    anchored = [(line, anchor) for line, anchor in _anchored(lines) if anchor is not None]
    known = {anchor for _line, anchor in anchored}
    heads: dict[str, Anchor] = {}
    for _line, anchor in anchored:
        heads.setdefault(anchor[0], anchor)
    above: dict[Anchor, list[str]] = {}
    for comment in comments:
        owner, what = comment.anchor
        anchor = ((renamed or {}).get(owner, owner), what)
        place = anchor if anchor in known or anchor == THE_END else heads.get(anchor[0])
        if place is not None:
            above.setdefault(place, []).extend(comment.lines)
    return "\n".join(_woven(lines, above)) + "\n"


def _woven(lines: Sequence[str], above: Mapping[Anchor, Sequence[str]]) -> Iterator[str]:
    for line, anchor in _anchored(lines):
        indent = line[: len(line) - len(line.lstrip())]
        if anchor is not None:
            yield from (f"{indent}{said}" for said in above.get(anchor, ()))
        yield line
    yield from above.get(THE_END, ())


def _anchored(lines: Sequence[str]) -> Iterator[tuple[str, Anchor | None]]:
    """Each line with what it is; None for blank lines and comments."""
    owner, group, branch = "", "", 0
    for line in lines:
        told = line.strip()
        if not told or told.startswith("#"):
            yield line, None
            continue
        what = _what(told)
        if match := _HEAD.match(told):
            owner = "" if match[1] == "process" else match[2]
            if match[1] == "together":
                group, branch = owner, 0
        elif told == "branch":
            owner, branch = group, branch + 1
            what = f"branch {branch}"
        elif told.startswith("join:"):
            owner = group
        yield line, (owner, what)


def _what(told: str) -> str:
    for pattern in (_WAY, _WORDS):
        if match := pattern.match(told):
            return match[1]
    return re.split(r"[: ]" if _HEAD.match(told) else ":", told, maxsplit=1)[0]
