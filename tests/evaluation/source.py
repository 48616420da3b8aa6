"""
The documents of the set as people keep them: blocks of text with what is right about each above it.

A block:

    === en-017 | claim NC-01 | mail
    subject: short delivery
    invoice: 90012345
    amount: 48.20 EUR
    --
    What the customer wrote.
    --- csv list.csv ;
    columns: document invoiced deducted text
    ~ Invoice;Amount;Cut;Why
    90012345 | 480.00 | 48.20 | 2 cases missing ## NC-01

`README.md` in this folder explains every word of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

DOCUMENTS: Final = Path(__file__).with_name("documents")
LANGUAGES: Final = ("en", "it", "fr", "es", "de")
KINDS_OF_REFERENCE: Final = (
    "invoice",
    "order",
    "delivery",
    "customer",
    "claim",
    "promotion",
    "return",
)
LINE_AMOUNTS: Final = ("invoiced", "paid", "discount", "deducted")
KEYS: Final = {
    *KINDS_OF_REFERENCE,
    *("subject", "from", "date", "amount", "as", "total", "promise", "lang", "header", "charset"),
    *("columns", "decimal"),
}
DATE: Final = "2026-11-18"  # a Wednesday; written then unless a document says otherwise


@dataclass(frozen=True, slots=True)
class Section:
    """One file of a document: its form, its name, its rows or lines as written."""

    form: str
    name: str
    option: str
    lines: tuple[str, ...]
    columns: tuple[str, ...]
    decimal: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A number a document refers to, in each spelling that counts; optional ones may be missed."""

    spellings: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What is right about one line of a table; only the fields that were printed."""

    document: str
    amounts: dict[str, str]
    reason: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """One document: how it was sent, what it says, and what is right about it."""

    name: str
    folder: str
    medium: str
    kinds: tuple[str, ...]
    reasons: tuple[str, ...]
    motives: tuple[str, ...]
    said: dict[str, str]
    headers: tuple[str, ...]
    body: str
    sections: tuple[Section, ...]
    references: dict[str, tuple[Reference, ...]] | None
    lines: tuple[Line, ...] = field(default=())

    @property
    def language(self) -> str | None:
        """ISO code; `-` in the source means: too few words to say."""
        said = self.said.get("lang", self.folder)
        return None if said == "-" else said

    @property
    def date(self) -> str:
        """The day it was written."""
        return self.said.get("date", DATE)

    @property
    def amount(self) -> tuple[str | None, str | None] | None:
        """Claimed amount and currency, None where the conventions leave it open."""
        return _money(self.said.get("amount", "-"))

    @property
    def total(self) -> tuple[str | None, str | None] | None:
        """The document's own total and currency; None where it is not judged."""
        return _money(self.said.get("total", "?"))

    @property
    def promise(self) -> tuple[str | None, str | None] | None:
        """Day and amount promised; None where the writer promises nothing."""
        if "promise" not in self.said:
            return None
        day, amount = [*self.said["promise"].split(), "-"][:2]
        return _or_none(day), None if amount == "-" else f"{Decimal(amount):.2f}"

    @property
    def text(self) -> str:
        """Everything a person sees of it."""
        inside = ["\n".join(_shown(line) for line in each.lines) for each in self.sections]
        return "\n".join([self.said.get("subject", ""), self.body, *inside])


def load(folder: Path = DOCUMENTS) -> list[Document]:
    """
    Return every document of a set, in the order of the files.

    :param folder: holds `<language>/*.txt`, or `<language>/documents/*.txt` beside other things
    """
    paths = sorted(folder.glob("*/documents/*.txt")) or sorted(folder.glob("*/*.txt"))
    return [
        _document(block, path)
        for path in paths
        for block in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    ]


def number(printed: str, decimal: str) -> str | None:
    """Return a printed amount as a decimal string; None where there is none."""
    digits = re.sub(rf"[^0-9{re.escape(decimal)}]", "", printed)
    if not re.search(r"\d", digits):
        return None
    negative = re.search(r"^\s*[-−(]|[-−]\s*$", re.sub(r"(?i)eur|€|£|gbp|chf|\$|usd", "", printed))
    value = Decimal(digits.rstrip(decimal).replace(decimal, "."))
    return f"{-value if negative else value:.2f}"


def cells(row: str) -> list[str]:
    """Return the cells of a row as printed."""
    return [cell.strip() for cell in re.split(r"(?<=\s)\|(?=\s)", f" {_shown(row)} ")]


def _document(block: str, path: Path) -> Document:
    head, body, sections = _divide(block)
    title, *rest = head.splitlines()
    name, what, medium = (part.strip() for part in title.split("|"))
    kinds, _, labels = what.partition(" ")
    named = [label for label in labels.strip().split("/") if label not in {"", "-"}]
    said: dict[str, str] = {}
    headers: list[str] = []
    for line in rest:
        key, _, value = line.partition(":")
        if key not in KEYS:
            raise ValueError(f"{path.name} {name}: what is {line!r}?")
        if key == "header":
            headers.append(value.strip())
        else:
            said[key] = value.strip()
    language = next(part for part in reversed(path.parts) if part in LANGUAGES)
    files = tuple(_section(each, language) for each in sections)
    decimal = said.get("decimal", "." if language == "en" else ",")
    columns = tuple(said.get("columns", "").split())
    written = Section("body", "", "", tuple(body.splitlines()), columns, decimal)
    return Document(
        name=name,
        folder=language,
        medium=medium,
        kinds=tuple(kinds.split("/")),
        reasons=tuple(label for label in named if not label.startswith("NR")),
        motives=tuple(label for label in named if label.startswith("NR")),
        said=said,
        headers=tuple(headers),
        body="\n".join(map(_shown, written.lines) if columns else written.lines).strip("\n"),
        sections=files,
        references=_references(said),
        lines=tuple(line for each in (written, *files) for line in _lines(each)),
    )


def _divide(block: str) -> tuple[str, str, list[str]]:
    main, *sections = re.split(r"^--- ", block, flags=re.MULTILINE)
    head, _, body = re.sub(r"^--$", "\0", main, count=1, flags=re.MULTILINE).partition("\0")
    return head.strip(), body, sections


def _section(text: str, language: str) -> Section:
    title, *lines = text.rstrip("\n").split("\n")
    form, name, option = [*title.split(), "", ""][:3]
    columns: tuple[str, ...] = ()
    decimal = "." if language == "en" else ","
    while lines and re.match(r"(columns|decimal): ", lines[0]):
        key, _, value = lines.pop(0).partition(": ")
        if key == "columns":
            columns = tuple(value.split())
        else:
            decimal = value.strip()
    return Section(form, name, option, tuple(lines), columns, decimal)


def _lines(section: Section) -> list[Line]:
    if not section.columns:
        return []
    rows = [row for row in section.lines if " | " in row and not row.startswith("~ ")]
    return [_line(row, section) for row in rows]


def _line(row: str, section: Section) -> Line:
    printed = dict(zip(section.columns, cells(row), strict=True))
    amounts = {
        name: value
        for name in LINE_AMOUNTS
        if name in printed and (value := number(printed[name], section.decimal)) is not None
    }
    for name in ("discount", "deducted"):
        if name in amounts:
            amounts[name] = amounts[name].lstrip("-")
    if "deducted" not in section.columns and {"invoiced", "paid"} <= set(amounts):
        missing = Decimal(amounts["invoiced"]) - Decimal(amounts["paid"])
        amounts["deducted"] = f"{missing - Decimal(amounts.get('discount', '0')):.2f}"
    reason = row.partition(" ## ")[2].strip() or None
    return Line(printed["document"], amounts, reason, _or_none(printed.get("text", "")))


def _references(said: dict[str, str]) -> dict[str, tuple[Reference, ...]] | None:
    """Return the numbers by kind; None where the conventions leave open what belongs there."""
    if said.get("invoice") == "?":
        return None
    return {
        kind: tuple(_reference(each) for each in said.get(kind, "").split(";") if each.strip())
        for kind in KINDS_OF_REFERENCE
    }


def _reference(written: str) -> Reference:
    optional = written.rstrip().endswith("?")
    spellings = written.rstrip().removesuffix("?").split(" = ")
    return Reference(tuple(each.strip() for each in spellings), optional)


def _money(said: str) -> tuple[str | None, str | None] | None:
    if said == "?":
        return None
    amount, currency = [*said.split(), "-"][:2]
    value = None if amount == "-" else f"{Decimal(amount.replace(',', '')):.2f}"
    return value, _or_none(currency)


def _or_none(said: str) -> str | None:
    return None if said in {"-", ""} else said


def _shown(line: str) -> str:
    """Return a line of a section without the marks that are ours."""
    return line.removeprefix("~ ").partition(" ## ")[0]
