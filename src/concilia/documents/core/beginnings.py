"""
Patterns of hundreds of words, filed under the letters a match may begin with.

A text is searched for them from the beginning of each word: there, all but a few are out already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from string import ascii_lowercase
from typing import Final

Match = Callable[[str, int], re.Match[str] | None]
LETTERS: Final = frozenset(ascii_lowercase)
BEHIND: Final = ("(?<!", "(?<=")
OPTIONAL: Final = frozenset("?*{")


def by_letter(patterns: Mapping[str, str], end: str) -> dict[str, list[tuple[str, Match]]]:
    """
    Return for each small letter what matches at a place with this letter, by the patterns' names.

    :param patterns: alternatives parted by `|`, on folded text; the first that fits counts
    :param end: what must follow each of them
    """
    filed: dict[str, list[tuple[str, Match]]] = {letter: [] for letter in ascii_lowercase}
    for name, pattern in patterns.items():
        known = [(each, first_letters(each)) for each in alternatives(pattern)]
        for letter, found in filed.items():
            fitting = [each for each, letters in known if letter in letters]
            if fitting:
                found.append((name, re.compile(f"(?:{'|'.join(fitting)}){end}").match))
    return filed


def alternatives(pattern: str) -> list[str]:
    """Cut a pattern at the `|` that stand in no brackets."""
    found, depth = [""], 0
    for piece in _pieces(pattern):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            found.append("")
        else:
            found[-1] += piece
    return found


def first_letters(pattern: str) -> frozenset[str]:
    """Return the small letters a match of one alternative may begin with; all where in doubt."""
    pieces = [*_pieces(pattern)]
    if pattern.startswith("("):
        return _first_of_group(pieces)
    if not pieces or pieces[0] not in LETTERS:
        return LETTERS
    return LETTERS if OPTIONAL.issuperset(pieces[1:2] or "-") else frozenset(pieces[0])


def _first_of_group(pieces: list[str]) -> frozenset[str]:
    depths, depth = [], 0
    for piece in pieces:
        depth += (piece == "(") - (piece == ")")
        depths.append(depth)
    close = depths.index(0)
    group, rest = "".join(pieces[: close + 1]), "".join(pieces[close + 1 :])
    if group.startswith(BEHIND):
        return first_letters(rest)
    if not group.startswith("(?:"):
        return LETTERS
    inside = frozenset[str]().union(*map(first_letters, alternatives(group[3:-1])))
    return inside | first_letters(rest[1:]) if rest[:1] in OPTIONAL else inside


def _pieces(pattern: str) -> Iterator[str]:
    """Yield characters, escaped ones and sets of them whole."""
    for found in re.finditer(r"\\.|\[(?:\\.|[^\]\\])*\]|.", pattern, re.DOTALL):
        yield found[0]


def at_word_start(pattern: str) -> str:
    r"""
    Return alternatives that begin a word, as `\b(?:...)` does, so that they are found sooner.

    Where each begins with a letter, a search passes over all other letters at once.

    :raises ValueError: if one begins with something else
    """
    found = alternatives(pattern)
    if not all(len(first_letters(each)) == 1 and each[0] in LETTERS for each in found):
        raise ValueError("each alternative must begin with a letter")
    return "|".join(rf"{each[0]}(?<!\w{each[0]}){each[1:]}" for each in found)
