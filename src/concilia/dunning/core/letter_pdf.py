"""Set letters on paper: the same content gives the same PDF, to the byte."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import segno
import typst

LETTERS_MAX: Final = 200
_PAGE: Final = Path(__file__).with_name("letter.typ")


def letters_pdf(contents: Sequence[Mapping[str, Any]]) -> bytes:
    """
    Return letters as one PDF, each beginning on a page of its own and counting its own pages.

    :param contents: of `letter_pages.letter_content`, at most `LETTERS_MAX`
    :raises ValueError: for none or too many
    """
    if not 0 < len(contents) <= LETTERS_MAX:
        raise ValueError(f"1 to {LETTERS_MAX} letters in one file, not {len(contents)}")
    letters = [_with_code(content) for content in contents]
    made = _compiler().compile(
        input=_page(),
        sys_inputs={"data": json.dumps(letters, ensure_ascii=False)},
        format="pdf",
    )
    assert isinstance(made, bytes), "one file, given back and not written"
    return made


def _with_code(content: Mapping[str, Any]) -> dict[str, Any]:
    text = content.get("code", "")
    if not text:
        return dict(content)
    code = segno.make(text, error="m", micro=False)
    return {**content, "code_svg": code.svg_inline(border=2, scale=4)}


@lru_cache(maxsize=1)
def _page() -> bytes:
    return _PAGE.read_bytes()


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(ignore_system_fonts=True)
