"""
Find the numbers in what a payer wrote: all ways of reading each of them, none decided yet.

Banks cut the text at 27, 35 or 140 characters and glue words; people drop the prefix, the year and
the zeros, write ranges (`1234-1239`) and lists (`1234/35/36`), and type O for 0. What a number can
mean is decided in `mentions`, where the open items are known.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from concilia.kernel.once import once
from concilia.matching.labels import (
    CONNECTORS,
    INVOICE,
    LIST_WORDS,
    NOT_OURS,
    RANGE_WORDS,
    label_of,
)

_ATOM: Final = re.compile(r"[A-Z]+|[0-9]+")
_TOKEN: Final = re.compile(r"[A-Z0-9][A-Z0-9/._-]*[A-Z0-9]|[A-Z0-9]")
_PUNCTUATION: Final = str.maketrans("", "", "/._- ")
_DATE: Final = re.compile(
    r"(?<![0-9./-])(?:(?:0?[1-9]|[12][0-9]|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:20)?[0-9]{2}"
    r"|20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))(?![0-9./-][0-9])(?![0-9])"
)
_COMPACT_DATE: Final = re.compile(
    r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])20[0-9]{2}"
    r"|20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
)
_AMOUNT: Final = re.compile(
    r"(?<![0-9.,/])(?:[0-9]{1,3}(?:[.'][0-9]{3})+,[0-9]{2}|[0-9]{1,3}(?:[,'][0-9]{3})+\.[0-9]{2}"
    r"|[0-9]+,[0-9]{2}|[0-9]+\.[0-9]{2})(?![0-9]|[.,/][0-9])"
)
_CONFUSED: Final = re.compile(
    r"(?<=[0-9])[OI]+(?=[0-9]|\b)|\b[OI]+(?=[0-9])|(?<=[A-Z])[OI]+(?=[0-9])"
)
_CONFUSION: Final = str.maketrans("OI", "01")

_LETTERED: Final = re.compile(r"[0-9][A-Z]")

CUT_LENGTHS: Final = frozenset({27, 35, 54, 70, 105, 140})
RANGE_MAX: Final = 200
JOINED_ATOMS_MAX: Final = 4
DIGITS_MAX: Final = 18
ABBREVIATED_DIGITS_MAX: Final = 3
FULL_DIGITS_MIN: Final = 4
YEAR_DIGITS: Final = 4
SHORT_YEAR_DIGITS: Final = 2
YEARED_DIGITS_MIN: Final = 6
LONG_WORD: Final = 3
_SHORT_YEARS: Final = range(15, 36)


class Number(NamedTuple):
    """
    One way of reading a number in the text. `key` is its digits without leading zeros.

    `prefix` are the letters before it, `label` what the words before say it is, `year` the year
    beside it (0: none). `derived` marks members of a range or of an abbreviated list, `dateish`
    what is as well a date or a year, `joined` what was put together from pieces.
    """

    key: str
    prefix: str
    label: str
    year: int
    start: int
    end: int
    derived: bool = False
    dateish: bool = False
    joined: bool = False


class Atom(NamedTuple):
    """A run of letters or of digits, with what was said before it."""

    text: str
    start: int
    end: int
    label: str
    is_number: bool


class Scan:
    """What a text says in numbers. What few payments need is read when it is asked for."""

    def __init__(self, original: str) -> None:
        """:param original: as the payer wrote it; its length tells whether the bank cut it"""
        self.text = plain(original)
        folded = self.text
        numbers = _numbers(folded)
        if _CONFUSED.search(folded):
            folded = _CONFUSED.sub(lambda found: found[0].translate(_CONFUSION), folded)
            numbers = list(dict.fromkeys([*numbers, *_numbers(folded)]))
        self.numbers: tuple[Number, ...] = tuple(numbers)
        self._original, self._folded = original, folded

    @property
    def is_lettered(self) -> bool:
        """Whether letters follow digits somewhere without a gap."""
        return _LETTERED.search(self._folded) is not None

    @once
    def tokens(self) -> tuple[tuple[str, int, int], ...]:
        """Words with digits, without their punctuation, and where they stand."""
        return tuple(_tokens(self._folded))

    @once
    def amounts(self) -> tuple[int, ...]:
        """Amounts with two decimals, in minor units."""
        return tuple(_minor(found[0]) for found in _AMOUNT.finditer(self.text))

    @once
    def is_cut(self) -> bool:
        """Whether the text is as long as banks let texts be."""
        return len(self._original) in CUT_LENGTHS or len(self._original.rstrip()) in CUT_LENGTHS

    @once
    def tail(self) -> str:
        """A number cut off by the end of the text, or nothing."""
        last = re.search(r"[0-9]+$", self.text.rstrip()) if self.is_cut else None
        return last[0] if last else ""


def plain(text: str) -> str:
    """Return the text in capitals without accents."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return text.upper()


def scan(original: str) -> Scan:
    """This will read every number of a remittance text in every way that makes sense."""
    return Scan(original) if original else NOTHING


def _minor(amount: str) -> int:
    return int("".join(character for character in amount if character.isdigit()))


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """Whole words with their digits, alone and with the word before: `FT` + `2026/12`."""
    found = []
    before, before_start, before_end = "", 0, -2
    for match in _TOKEN.finditer(text):
        word = match[0].translate(_PUNCTUATION)
        start, end = match.span()
        if any(character.isdigit() for character in word):
            found.append((word, start, end))
            if start - before_end == 1:
                found.append((before + word, before_start, end))
        before, before_start, before_end = word, start, end
    return found


def _numbers(text: str) -> list[Number]:
    """This will list the readings of all digit runs, then ranges and lists, then joined runs."""
    blanked = text
    if "." in text or "-" in text or "/" in text or "," in text:
        blanked = _DATE.sub(lambda found: "~" * len(found[0]), text)
        blanked = _AMOUNT.sub(lambda found: "~" * len(found[0]), blanked)
    atoms = _atoms(blanked)
    numbers: list[Number] = []
    base = ""
    for index, atom in enumerate(atoms):
        if not atom.is_number:
            continue
        prefix = _prefix(atoms, index, blanked)
        numbers.extend(_readings(atoms, index, prefix, blanked))
        base = _follow(numbers, atoms, index, base, blanked)
        numbers.extend(_joined(atoms, index, prefix, blanked))
    return numbers


def _atoms(text: str) -> list[Atom]:
    atoms: list[Atom] = []
    label = ""
    for match in _ATOM.finditer(text):
        word, (start, end) = match[0], match.span()
        if word.isdecimal():
            atoms.append(Atom(word, start, end, label, True))  # noqa: FBT003 (names cost time here)
            continue
        glued = end < len(text) and text[end].isdigit()
        said = label_of(word, glued=glued)
        if said is not None:
            label = said
        elif len(word) >= LONG_WORD and not glued and word not in CONNECTORS:
            label = ""
        atoms.append(Atom(word, start, end, label, False))  # noqa: FBT003
    return atoms


def _prefix(atoms: list[Atom], index: int, text: str) -> str:
    if index and not atoms[index - 1].is_number:
        before, atom = atoms[index - 1], atoms[index]
        if atom.start - before.end <= 1 or text[before.end : atom.start].strip(" -/._#:") == "":
            return before.text
    return ""


def _gap(atoms: list[Atom], index: int, text: str) -> str | None:
    """What stands between a number and the next number; None if letters do."""
    if index + 1 >= len(atoms) or not atoms[index + 1].is_number:
        return None
    return text[atoms[index].end : atoms[index + 1].start]


def _year_beside(atoms: list[Atom], index: int, text: str) -> int:
    after = _gap(atoms, index, text)
    if after is not None and (year := _year(atoms[index + 1].text, after)):
        return year
    if index and atoms[index - 1].is_number:
        between = text[atoms[index - 1].end : atoms[index].start]
        return _year(atoms[index - 1].text, between)
    return 0


def _year(digits: str, gap: str) -> int:
    """The year a run of digits is, if it stands near enough to its number."""
    mark = gap.strip()
    if len(gap) > 1 and len(mark) != 1:
        return 0
    if len(digits) == YEAR_DIGITS and digits.startswith("20") and mark in {"/", "-", ".", "_", ""}:
        return int(digits)
    if len(digits) == SHORT_YEAR_DIGITS and mark in {"/", "-"} and int(digits) in _SHORT_YEARS:
        return 2000 + int(digits)
    return 0


def _readings(atoms: list[Atom], index: int, prefix: str, text: str) -> list[Number]:
    atom = atoms[index]
    raw, label, start, end = atom.text, atom.label, atom.start, atom.end
    key = raw.lstrip("0")
    if not key:
        return []
    is_year = len(raw) == YEAR_DIGITS and raw.startswith("20")
    dateish = is_year or (len(raw) == len("ddmmyyyy") and bool(_COMPACT_DATE.fullmatch(raw)))
    year = _year_beside(atoms, index, text)
    found = [Number(key, prefix, label, year, start, end, dateish=dateish)]
    if year:  # `1234/25` may be a list as well
        found.append(Number(key, prefix, label, 0, start, end, dateish=dateish, joined=True))
    if len(raw) >= YEARED_DIGITS_MIN:
        if raw.startswith("20"):
            rest, inside = raw[4:].lstrip("0"), int(raw[:4])
            found.append(Number(rest, prefix, label, inside, start, end, dateish=dateish))
        elif int(raw[:2]) in _SHORT_YEARS:
            rest, inside = raw[2:].lstrip("0"), 2000 + int(raw[:2])
            found.append(Number(rest, prefix, label, inside, start, end, joined=True))
        if raw[-4:].startswith("20"):
            rest, inside = raw[:-4].lstrip("0"), int(raw[-4:])
            found.append(Number(rest, prefix, label, inside, start, end, dateish=dateish))
    return [number for number in found if number.key]


def _joined(atoms: list[Atom], index: int, prefix: str, text: str) -> list[Number]:
    """Digit runs put together over one separator: `2026/0012`, `12 345`, a number cut by a line."""
    found = []
    digits, first = atoms[index].text, atoms[index]
    for last in range(index + 1, min(index + JOINED_ATOMS_MAX, len(atoms))):
        gap = _gap(atoms, last - 1, text)
        if gap is None or len(gap) > 1 or gap not in " /-._":
            break
        digits += atoms[last].text
        if len(digits) > DIGITS_MAX:
            break
        key = digits.lstrip("0")
        if key:
            end = atoms[last].end
            found.append(Number(key, prefix, first.label, 0, first.start, end, joined=True))
            if digits.startswith("20") and len(digits) >= YEARED_DIGITS_MIN:
                rest, inside = digits[4:].lstrip("0"), int(digits[:4])
                if rest:
                    found.append(
                        Number(rest, prefix, first.label, inside, first.start, end, joined=True)
                    )
    return found


def _follow(numbers: list[Number], atoms: list[Atom], index: int, base: str, text: str) -> str:
    """
    Read a number as the end of a range or the next of a list; return the base for the next one.

    `base` is the last full number: in `1234/35/36` it is 1234, then 1235, and 36 is 1236.
    """
    atom = atoms[index]
    joint = _joint(atoms, index, text)
    if not base or not joint or atom.label in NOT_OURS:
        return atom.text if len(atom.text) >= FULL_DIGITS_MIN else ""
    full = _completed(base, atom.text)
    if full is None:
        return atom.text if len(atom.text) >= FULL_DIGITS_MIN else base
    if joint == "range":
        members = range(int(base) + 1, int(full) + 1)
    else:
        members = range(int(full), int(full) + 1) if len(atom.text) < len(base) else range(0)
    if len(members) <= RANGE_MAX:
        label = atom.label or INVOICE
        numbers.extend(
            Number(
                key=str(member),
                prefix="",
                label=label,
                year=0,
                start=atom.start - 1,
                end=atom.start,
                derived=True,
                joined=joint == "list",
            )
            for member in members
        )
    return full


def _joint(atoms: list[Atom], index: int, text: str) -> str:
    """How a number hangs on the one before: `range`, `list`, or not at all."""
    if not index:
        return ""
    before = atoms[index - 1]
    if not before.is_number:
        if index == 1 or not atoms[index - 2].is_number:
            return ""
        word = before.text
        return "range" if word in RANGE_WORDS else "list" if word in LIST_WORDS else ""
    gap = text[before.end : atoms[index].start]
    if gap.strip() in {"-", "--"}:
        return "range"
    is_list = gap == "/" or gap.strip() in {",", "+", "&", ";"}
    return "list" if is_list and not _starts_another(atoms, index, text) else ""


def _starts_another(atoms: list[Atom], index: int, text: str) -> bool:
    """Whether a short number is the year of the next one: the 26 of `25-1234, 26-1240`."""
    after = _gap(atoms, index, text)
    return after in {"-", "/"} and len(atoms[index + 1].text) >= FULL_DIGITS_MIN


def _completed(base: str, digits: str) -> str | None:
    """`35` after `1234` is 1235; None where it can only be a number of its own."""
    if len(digits) < len(base) and len(digits) <= ABBREVIATED_DIGITS_MAX:
        digits = base[: -len(digits)] + digits
    if len(digits) != len(base) or int(digits) <= int(base):
        return None
    return digits


NOTHING: Final = Scan("")
