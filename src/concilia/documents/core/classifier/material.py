"""
Training material: texts as people write them, each under what it is.

    == claim NC-01
    - mancano 2 colli sulla ft 1234
    - Subject: Short delivery
      We received ten cases instead of twelve …
    == payment_reply NR-03
    - …

A section names a kind and, for kinds that have one, a claim reason or a motive of non-payment; a
third word names the medium (`pdf`; mail if left out). A text begins with `- ` and goes on in
indented lines; its first line may be the subject of a mail.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SECTION: Final = "== "
TEXT: Final = "- "
SUBJECT: Final = "Subject:"
MAIL: Final = "eml"


class MaterialDamaged(ValueError):
    """The file does not follow the format; the message says where."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text: `label` is a claim reason, a motive, or empty; `origin` its file and line."""

    kind: str
    label: str
    medium: str
    subject: str
    body: str
    origin: str


def read_material(content: str, name: str) -> Iterator[Text]:
    """
    Yield the texts of a file.

    :raises MaterialDamaged: naming file and line
    """
    section: list[str] = []
    lines: list[str] = []
    began = 0
    for number, line in enumerate([*content.splitlines(), SECTION], start=1):
        if line.startswith((SECTION, TEXT)) and lines:
            yield _text(section, lines, f"{name}:{began}")
            lines = []
        if line.startswith(SECTION):
            section = line[len(SECTION) :].split()
        elif line.startswith(TEXT):
            if not section:
                raise MaterialDamaged(f"{name}, line {number}: a text before the first section")
            began = number
            lines = [line[len(TEXT) :].strip()]
        elif lines:
            lines.append(line.strip())
        elif line.strip() and not line.startswith("#"):
            raise MaterialDamaged(f"{name}, line {number}: neither a section nor a text")


def _text(section: list[str], lines: list[str], origin: str) -> Text:
    kind, *rest = section
    label = next((word for word in rest if "-" in word), "")
    medium = next((word for word in rest if "-" not in word), MAIL)
    subject = ""
    if lines[0].startswith(SUBJECT):
        subject, lines = lines[0][len(SUBJECT) :].strip(), lines[1:]
    return Text(kind, label, medium, subject, "\n".join(lines).strip(), origin)
