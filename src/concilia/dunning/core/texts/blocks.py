"""What a message is made of, and how it is shown as plain text and as the HTML of a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words; lines inside stay lines. `html` is their mail form, already escaped."""

    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """
    Rows under headers, the sums below them, and the same as plain lines.

    :param figures: so many of the last columns hold figures
    :param notes: beside a row's first cell, by its place; a document's link stands in `links`
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]
    lines: tuple[str, ...]
    figures: int
    notes: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: where to, or what to do."""

    label: str
    link: str = ""
    how: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody may choose, and where all of it is found."""

    choices: tuple[Choice, ...]
    everywhere: str = ""
    everywhere_html: str = ""


Block = Paragraph | Table | Choices

_CELL: Final = "padding:6px 12px 6px 0;border-bottom:1px solid #e3e6ea;vertical-align:top"
_HEAD: Final = f"{_CELL};text-align:left;color:#4a5568;font-weight:600"
_BUTTON: Final = (
    "display:inline-block;padding:10px 18px;border-radius:8px;text-decoration:none;font-weight:600;"
)
_FIRST: Final = _BUTTON + "background:#0b5d57;color:#ffffff"
_OTHER: Final = _BUTTON + "border:1px solid #b6c2c9;color:#0b5d57"
_PAGE: Final = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
    '<body style="margin:0;background:#ffffff;color:#1a202c;font:16px/1.5 system-ui,sans-serif">'
    '<div style="max-width:640px;margin:0 auto;padding:24px 16px">{body}</div></body></html>'
)


def as_text(blocks: Sequence[Block]) -> str:
    """Return a message as plain text: an empty line between its parts."""
    return "\n\n".join(_text(block) for block in blocks) + "\n"


def as_html(blocks: Sequence[Block], *, language: str, title: str) -> str:
    """Return a message as a page for mail programs: all words of others are escaped."""
    body = "".join(_html(block) for block in blocks)
    return _PAGE.format(language=language, title=escape(title), body=body)


def _text(block: Block) -> str:
    match block:
        case Paragraph():
            return block.text
        case Table():
            return "\n".join([*(f"- {line}" for line in block.lines), *block.sums])
        case Choices():
            lines = [_choice(choice) for choice in block.choices]
            return "\n".join([*lines, block.everywhere] if block.everywhere else lines)


def _choice(choice: Choice) -> str:
    told = choice.how or choice.link
    return f"- {choice.label}: {told}" if told else f"- {choice.label}"


def _html(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<p>{block.html or escape(block.text)}</p>"
        case Table():
            return _table(block)
        case Choices():
            return _choices(block)


def _table(table: Table) -> str:
    words = len(table.headers) - table.figures
    head = "".join(
        f'<th scope="col" style="{_HEAD}{_side(place >= words)}">{escape(name)}</th>'
        for place, name in enumerate(table.headers)
    )
    rows = "".join(
        f"<tr>{_cells(row, words, note, link)}</tr>"
        for row, note, link in zip(table.rows, table.notes, table.links, strict=True)
    )
    sums = "<br>".join(escape(line) for line in table.sums)
    return (
        f'<table style="border-collapse:collapse;width:100%;font-size:15px"><thead><tr>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table>"
        + (f"<p><strong>{sums}</strong></p>" if sums else "")
    )


def _cells(row: tuple[str, ...], words: int, note: str, link: str) -> str:
    first, *others = row
    name = f'<a href="{escape(link)}">{escape(first)}</a>' if link else escape(first)
    below = f"<br><small>{escape(note)}</small>" if note else ""
    rest = "".join(
        f'<td style="{_CELL}{_side(place >= words)}">{escape(cell)}</td>'
        for place, cell in enumerate(others, start=1)
    )
    return f'<td style="{_CELL}">{name}{below}</td>{rest}'


def _side(is_figure: bool) -> str:  # noqa: FBT001 - a column is one of figures or not
    return ";text-align:right;white-space:nowrap" if is_figure else ""


def _choices(block: Choices) -> str:
    shown = "".join(_button(choice) for choice in block.choices)
    below = f"<p>{block.everywhere_html}</p>" if block.everywhere_html else ""
    return f"<ul style='list-style:none;padding:0;margin:16px 0'>{shown}</ul>{below}"


def _button(choice: Choice) -> str:
    if choice.link:
        style = _FIRST if choice.is_first else _OTHER
        inner = f'<a href="{escape(choice.link)}" style="{style}">{escape(choice.label)}</a>'
        if choice.how and choice.how != choice.link:
            inner += f"<br><small>{escape(choice.how)}</small>"
    else:
        told = f": {escape(choice.how)}" if choice.how else ""
        inner = f"{escape(choice.label)}{told}"
    return f'<li style="margin:0 0 10px">{inner}</li>'
