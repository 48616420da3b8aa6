"""
How strongly a text speaks for each label, from phrases found to calibrated confidence.

A phrase found twice says little more than once; a long phrase hides the shorter ones inside it. The
scores become probabilities by a softmax with a place for "none of these", whose shape was fitted to
labelled messages (docs/reference/reading.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final

from concilia.documents.core.words import Hit, Joined, Matcher, lexicon
from concilia.kernel.languages import LANGUAGES

WEAK_SINGLE: Final = 5.0  # a lone word of up to this weight counts less than a phrase
SINGLE_SHARE: Final = 0.6
FOREIGN_SHARE: Final = 0.7  # English trade words inside other languages
FOREIGN_MIN: Final = 5.0
REPEAT_SHARE: Final = 0.45
REPEATS_MAX: Final = 6
REFINES: Final = (
    ("NC-02", "NC-01"),
    ("NC-12", "NC-11"),
    ("NC-16", "NC-06"),
    ("NC-16", "NC-14"),
    ("NC-15", "NC-14"),
    ("FI-02", "FI-01"),
    ("CO-01", "NC-08"),
    ("CO-01", "NC-09"),
    ("CO-10", "NC-08"),
    ("CO-15", "NC-08"),
    ("CO-12", "NC-01"),
    ("CO-13", "NC-09"),
    ("NC-31", "NC-01"),
    ("NC-22", "NC-14"),
    ("NC-13", "NC-23"),
    ("NC-34", "NC-33"),
)
REFINES_MIN: Final = 5.0
REFINED_SHARE: Final = 0.5
NEUTRAL: Final = "neutral"  # phrases that only hide what lies inside them


@dataclass(frozen=True, slots=True)
class Scored:
    """A label with its score and the hits behind it, strongest first."""

    label: str
    score: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A label and how likely it is to be right, 0 to 1."""

    label: str
    confidence: float


@cache
def reason_matcher(language: str | None) -> Matcher:
    """Return the phrases for claim reasons of one language, of all where it is not known."""
    matcher = Matcher()
    spoken = [language] if language in LANGUAGES else list(LANGUAGES)
    for name in spoken:
        _fill(matcher, _book(f"reasons_{name}", f"REASONS_{name.upper()}"), share=1.0)
    if "en" not in spoken:
        _fill(matcher, _book("reasons_en", "REASONS_EN"), share=FOREIGN_SHARE, foreign=True)
    _fill(matcher, _book("neutral", "NEUTRAL"), share=1.0, language=language)
    return matcher.finish()


@cache
def own_reasons(language: str) -> Matcher:
    """Return the reason phrases of one language alone."""
    matcher = Matcher()
    _fill(matcher, _book(f"reasons_{language}", f"REASONS_{language.upper()}"), share=1.0)
    return matcher.finish()


def phrases_of(language: str) -> Iterator[str]:
    """Yield the phrases for claim reasons of one language, as they are written down."""
    for _, _, phrase, _ in lexicon(_book(f"reasons_{language}", f"REASONS_{language.upper()}")):
        yield phrase


@cache
def shared_matcher(book: str, name: str, language: str | None = None) -> Matcher:
    """Return the phrases of a book of all languages, those of one language if it is known."""
    matcher = Matcher()
    _fill(matcher, _book(book, name), share=1.0, language=language)
    return matcher.finish()


def _book(module: str, name: str) -> dict[str, str]:
    book: dict[str, str] = getattr(import_module(f"concilia.documents.core.lexicon.{module}"), name)
    return book


def _fill(
    matcher: Matcher,
    book: dict[str, str],
    *,
    share: float,
    foreign: bool = False,
    language: str | None = None,
) -> None:
    for label, weight, phrase, spoken in lexicon(book):
        if language is not None and spoken not in {None, language}:
            continue
        single = " " not in phrase
        if foreign and (single or weight < FOREIGN_MIN):
            continue
        reduced = weight * SINGLE_SHARE if single and weight <= WEAK_SINGLE else weight
        matcher.add(label, reduced * share, phrase)


def score(
    text: Joined, matcher: Matcher, *, boosts: Mapping[int, float] | None = None
) -> list[Scored]:
    """
    Return the labels a text speaks for, strongest first.

    :param boosts: factors for single sentences, by number (a subject line says more)
    """
    hits = _uncovered(matcher.find(text))
    by_label: dict[str, list[tuple[float, Hit]]] = {}
    for hit in hits:
        weight = hit.weight * (boosts or {}).get(hit.sentence, 1.0)
        by_label.setdefault(hit.label, []).append((weight, hit))
    by_label.pop(NEUTRAL, None)
    scored = [_combined(label, found) for label, found in by_label.items()]
    return sorted(scored, key=lambda each: (-each.score, each.label))


def refined(scored: list[Scored]) -> list[Scored]:
    """
    Let the special reason have the words of the general one: who opens sealed cartons and finds
    less speaks of a shortage all the time, and means a concealed one.
    """
    by_label = {each.label: each for each in scored}
    for special, general in REFINES:
        one, other = by_label.get(special), by_label.get(general)
        if one is not None and other is not None and one.score >= REFINES_MIN:
            total = one.score + REFINED_SHARE * other.score
            by_label[special] = Scored(special, total, one.hits)
    return sorted(by_label.values(), key=lambda each: (-each.score, each.label))


def _combined(label: str, found: list[tuple[float, Hit]]) -> Scored:
    """Count each place once with its strongest phrase, then each further place for less."""
    found.sort(key=lambda pair: -pair[0])
    taken: list[Hit] = []
    total, share = 0.0, 1.0
    for weight, hit in found:
        if len(taken) >= REPEATS_MAX or any(_overlap(hit, other) for other in taken):
            continue
        total += weight * share
        share *= REPEAT_SHARE
        taken.append(hit)
    return Scored(label, total, tuple(taken))


def _overlap(one: Hit, two: Hit) -> bool:
    return one.start < two.end and two.start < one.end


def _uncovered(hits: list[Hit]) -> list[Hit]:
    """Drop hits that lie inside a longer one of another label with more weight."""
    ordered = sorted(hits, key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    open_: list[Hit] = []  # the hits so far that may still cover what comes
    for hit in ordered:
        open_ = [other for other in open_ if other.end > hit.start]
        if not any(_covers(other, hit) for other in open_):
            kept.append(hit)
        open_.append(hit)
    return kept


def _covers(other: Hit, hit: Hit) -> bool:
    longer = other.end >= hit.end and other.end - other.start > hit.end - hit.start
    return longer and other.label != hit.label and other.weight > hit.weight


def choose(
    scored: Iterable[Scored], *, none: float, temperature: float, top: int = 4
) -> list[Choice]:
    """
    Return the likeliest labels with their probabilities.

    :param none: the score at which a label is as likely as none at all
    :param temperature: how many points of score make one unit of log odds
    """
    ranked = sorted(scored, key=lambda each: -each.score)
    weights = [math.exp(min(each.score / temperature, 60)) for each in ranked]
    whole = sum(weights) + math.exp(none / temperature)
    return [
        Choice(each.label, weight / whole)
        for each, weight in zip(ranked[:top], weights, strict=False)
    ]
