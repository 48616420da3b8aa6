"""The section of the settings that shows quick answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concilia.claims.queries.answers import LANGUAGES, Answer, answers_of
from concilia.correspondence.core.quick_answers import FIELDS
from concilia.identity.models import Language
from concilia.interfaces.desk.access import DeskRequest
from concilia.interfaces.desk.claim_words import language

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A quick answer as the form shows it: a row for each language."""

    code: str
    title: str
    rows: Sequence[Row]
    languages: Sequence[str]
    is_active: bool
    is_own: bool
    is_shipped: bool


def answers_section(request: DeskRequest) -> dict[str, object]:
    """All quick answers; what was typed and refused stands where it was typed."""
    typed = request.POST.dict()
    code = typed.get("code", "")
    return {
        "answers": [
            _shown(one, typed if typed and one.code == code else {})
            for one in answers_of(entity_id=request.seat.entity.pk)
        ],
        "blank": _rows({}, {}, typed if not code else {}),
        "fields": sorted(FIELDS),
        "opened": code,
    }


def _shown(one: Answer, typed: Mapping[str, str]) -> Shown:
    return Shown(
        code=one.code,
        title=one.title(language()),
        rows=_rows(one.titles, one.texts, typed),
        languages=[code for code in LANGUAGES if one.texts.get(code)],
        is_active=one.is_active,
        is_own=one.is_own,
        is_shipped=one.is_shipped,
    )


def _rows(
    titles: Mapping[str, str], texts: Mapping[str, str], typed: Mapping[str, str]
) -> list[Row]:
    names = dict(Language.choices)
    return [
        (
            code,
            str(names[code]),
            typed.get(f"title-{code}", titles.get(code, "")),
            typed.get(f"text-{code}", texts.get(code, "")),
        )
        for code in LANGUAGES
    ]
