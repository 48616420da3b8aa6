"""
How a text is written: a subject, and paragraphs with an empty line between them.

`{deadline}` stands for a value. A paragraph that begins with `? ` is left out where one of its
values is not known. `[your company|you]` is said differently to companies and to consumers. A block
(`{items}`, `{options}`, …) is a paragraph of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final

from concilia.dunning.core.texts.keys import Form

SUBJECT_LENGTH_MAX: Final = 150
BODY_LENGTH_MAX: Final = 8_000
BLOCKS: Final = ("items", "options", "motives", "rows", "advice", "statute")
VALUES: Final = (
    "creditor", "customer", "contact", "sender", "invoices", "count", "asked", "disputed", "open",
    "account_link", "pay_link", "reply_to", "phone", "iban", "reference", "deadline", "interest",
    "interest_until", "compensation", "next_holder", "mandate", "amount", "day", "new_day", "offer",
    "waived", "until", "claim", "invoice", "holder",
)  # fmt: skip
LINKS: Final = frozenset({"account_link", "pay_link"})

_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_EITHER: Final = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")


class WordingInvalid(ValueError):
    """
    A text cannot be read.

    :param problem: `unknown_field`, `stray_brace`, `block_not_alone`, `empty` or `too_long`
    :param where: the number of the paragraph, 0 for the subject
    :param word: what is wrong, as it stands there
    """

    def __init__(self, problem: str, *, where: int, word: str = "") -> None:
        super().__init__(f"paragraph {where}: {problem} {word}".rstrip())
        self.problem = problem
        self.where = where
        self.word = word


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as people write it; short messages have no subject."""

    subject: str
    body: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the body as they are written."""
        return tuple(part.strip() for part in re.split(r"\n\s*\n", self.body) if part.strip())


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph ready to be filled: for `str.format_map`, as text and as HTML; or a block."""

    names: tuple[str, ...]
    is_optional: bool = False
    text: str = ""
    html: str = ""
    block: str = ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A wording for one form of address."""

    subject: Part
    parts: tuple[Part, ...]


@lru_cache(maxsize=4096)
def compiled(wording: Wording, form: Form) -> Compiled:
    """
    Make a wording ready to be filled.

    :raises WordingInvalid: if it names a value that does not exist, or cannot be read otherwise
    """
    if len(wording.subject) > SUBJECT_LENGTH_MAX:
        raise WordingInvalid("too_long", where=0)
    if len(wording.body) > BODY_LENGTH_MAX:
        raise WordingInvalid("too_long", where=1)
    parts = tuple(
        _part(paragraph, form, where) for where, paragraph in enumerate(wording.paragraphs, start=1)
    )
    if not parts:
        raise WordingInvalid("empty", where=1)
    subject = _part(" ".join(wording.subject.split()), form, 0)
    if subject.block:
        raise WordingInvalid("unknown_field", where=0, word="{" + subject.block + "}")
    return Compiled(subject, parts)


def spoken_to(text: str, form: Form) -> str:
    """Return what is said to a form of address: `[companies|consumers]`."""
    return _EITHER.sub(lambda found: found[1 if form is Form.COMPANY else 2], text)


def fields_in(text: str) -> tuple[str, ...]:
    """Return the names between braces, in order."""
    return tuple(_FIELD.findall(text))


def without_fields(text: str) -> str:
    """Return only a text's own words: each value is a neutral sign."""
    return _FIELD.sub("·", text)


def _part(source: str, form: Form, where: int) -> Part:
    is_optional = source.startswith("?")
    text = spoken_to(source.removeprefix("?").strip(), form)
    names = fields_in(text)
    if "{" in (bare := _FIELD.sub("", text)) or "}" in bare:
        raise WordingInvalid("stray_brace", where=where)
    for name in names:
        if name not in VALUES and name not in BLOCKS:
            raise WordingInvalid("unknown_field", where=where, word="{" + name + "}")
        if name in BLOCKS and text != "{" + name + "}":
            raise WordingInvalid("block_not_alone", where=where, word="{" + name + "}")
    if len(names) == 1 and names[0] in BLOCKS:
        return Part(names=(), is_optional=is_optional, block=names[0])
    html = escape(text).replace("\n", "<br>")
    return Part(names=tuple(dict.fromkeys(names)), is_optional=is_optional, text=text, html=html)
