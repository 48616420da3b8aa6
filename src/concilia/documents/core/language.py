"""Which of the five languages a text is in: by its small words, then by a statistical model."""

from __future__ import annotations

import io
import lzma
import re
from functools import cache
from importlib import import_module
from typing import Final, Protocol, cast

from concilia.documents.core.lexicon.small_words import SMALL_WORDS
from concilia.documents.core.scoring import own_reasons
from concilia.documents.core.words import fold
from concilia.kernel.languages import LANGUAGES

WORD: Final = re.compile(r"[a-z]+")
SAMPLE_CHARS: Final = 3000
CLEAR_LEAD: Final = 1.35
CLEAR_HITS: Final = 4
TRADE_HITS: Final = 2
LETTERS_MIN: Final = 8
SURE_MIN: Final = 0.5


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def detect_language(text: str) -> str | None:
    """Return `en it fr es de`, the likeliest one; None where there are hardly any words."""
    sample = text[:SAMPLE_CHARS]
    words = WORD.findall(fold(sample))
    if sum(len(word) for word in words) < LETTERS_MIN:
        return None
    hits = {name: sum(word in SMALL_WORDS[name] for word in words) for name in LANGUAGES}
    clear = _clear(hits, CLEAR_HITS)
    if clear is not None:
        return clear
    trade = {name: hits[name] + _trade_words(name, words) for name in LANGUAGES}
    clear = _clear(trade, TRADE_HITS)
    if clear is not None:
        return clear
    language, confidence = _identifier().classify(" ".join(sample.split()).lower())
    best = max(LANGUAGES, key=lambda name: trade[name])
    return best if confidence < SURE_MIN and trade[best] else language


def _clear(hits: dict[str, int], needed: int) -> str | None:
    """Return the language that leads by far, if one does."""
    best, second = sorted(LANGUAGES, key=lambda name: -hits[name])[:2]
    if hits[best] >= needed and hits[best] >= CLEAR_LEAD * hits[second]:
        return best
    return None


def _trade_words(language: str, words: list[str]) -> int:
    """Count the words our own phrases in a language begin with."""
    matcher = own_reasons(language)
    return sum(
        word in matcher.words or any(word[:size] in matcher.beginnings for size in matcher.lengths)
        for word in words
    )


@cache
def _identifier() -> _Identifier:
    """
    Load the statistical model once, when words leave it open for the first time.

    The library's own loader writes a temporary file, which a confined process may not.
    """
    langid = import_module("py3langid.langid")
    modelio = import_module("py3langid.modelio")
    numpy = import_module("numpy")
    packed = (langid.MODEL_DIR / langid.MODEL_FILE).read_bytes()
    with numpy.load(io.BytesIO(lzma.decompress(packed)), allow_pickle=False) as data:
        nextmove, rows = (modelio._to_array(data[name]) for name in ("nextmove", "nextmove_row"))  # noqa: SLF001
        identifier = langid.LanguageIdentifier(
            data["ptc"],
            data["pc"],
            data["classes"].tolist(),
            nextmove,
            data["out_feat"].tolist(),
            norm_probs=True,
            tk_row=rows,
        )
    identifier.set_languages(list(LANGUAGES))
    return cast("_Identifier", identifier)
