"""Quick answers to a customer: the company's texts, with what the case knows put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from concilia.claims.models import Claim
from concilia.claims.queries.letters import about, recipient_of
from concilia.correspondence.core.quick_answers import (
    CODES,
    fill,
    open_fields,
    shipped_text,
    shipped_title,
)
from concilia.correspondence.models import QuickAnswer
from concilia.identity.models import Membership
from concilia.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    A quick answer as a company has it.

    `titles` and `texts` are by language. `is_own` if the company wrote it, `is_shipped` if there is
    one that comes with the program under this code.
    """

    code: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    is_active: bool
    is_own: bool
    is_shipped: bool

    def title(self, language: str) -> str:
        """What it is called in a language, else in any."""
        return self.titles.get(language) or next(iter(self.titles.values()), self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A quick answer for one case, in the customer's language; `open` names what nobody knows."""

    code: str
    title: str
    text: str
    language: str
    open: Sequence[str]


LANGUAGES = ("en", "it", "fr", "es", "de")


def answers_of(*, entity_id: int) -> list[Answer]:
    """All quick answers of a company: those it came with, or its own over them, then its others."""
    own = {row.code: row for row in QuickAnswer.objects.filter(entity_id=entity_id)}
    found = []
    for code in [*CODES, *sorted(set(own) - set(CODES))]:
        row = own.get(code)
        found.append(
            Answer(
                code=code,
                titles=row.titles if row else _by_language(shipped_title, code),
                texts=row.texts if row else _by_language(shipped_text, code),
                is_active=row.is_active if row else True,
                is_own=row is not None,
                is_shipped=code in CODES,
            )
        )
    return found


def answers_for(*, claim: Claim, member: Membership) -> list[Filled]:
    """The quick answers that can be given to a claim's customer, in their language, filled in."""
    language = claim.customer.language
    values = _values(claim, member)
    return [
        Filled(
            code=answer.code,
            title=answer.title(member.user.language),
            text=(text := fill(answer.texts[language], language, values)),
            language=language,
            open=sorted(open_fields(text)),
        )
        for answer in answers_of(entity_id=claim.entity_id)
        if answer.is_active and answer.texts.get(language)
    ]


def _by_language(of: Callable[[str, str], str], code: str) -> dict[str, str]:
    return {language: of(code, language) for language in LANGUAGES}


def _values(claim: Claim, member: Membership) -> dict[str, str | Money | date]:
    _address, name = recipient_of(claim)
    values: dict[str, str | Money | date] = {
        "name": name,
        "claim": claim.case.number,
        "about": about(claim),
        "owner": claim.case.owner.user.name if claim.case.owner else "",
        "sender": member.user.name,
        "company": claim.entity.name,
        "customer": claim.customer.name,
    }
    if claim.claimed_minor:
        values["amount"] = Money(claim.claimed_minor, claim.currency)
    if claim.case.due_at and not claim.case.closed_at:
        zone = ZoneInfo(claim.entity.timezone)
        values["until"] = claim.case.due_at.astimezone(zone).date()
    return values
