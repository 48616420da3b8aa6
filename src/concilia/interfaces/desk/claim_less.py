"""Granting less than was proposed: the form of a signer, and what it would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext

from concilia.cases.core.authority import Act
from concilia.cases.core.routes import Route
from concilia.cases.core.routes import Seat as RouteSeat
from concilia.cases.models import ApprovalSeat
from concilia.cash.core.typed import amount_typed
from concilia.claims.actions import Granted
from concilia.claims.actions.deciding import request_of
from concilia.claims.actions.granting import AtSeat, GrantingOutlook, outlook_for_less
from concilia.claims.models import Decision
from concilia.claims.queries.dossier import Dossier
from concilia.claims.queries.letters import Letter
from concilia.identity.models import Membership
from concilia.interfaces.components.formats import format_amount
from concilia.interfaces.components.refusals import REFUSALS
from concilia.interfaces.desk.claim_words import language
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.limit_words import level_name
from concilia.interfaces.desk.refusals import words_of

PREFIX: Final = "less-"
WORDS_MAX: Final = 4000
AMOUNT_MAX: Final = 40
LETTER_MAX: Final = 20_000
SUBJECT_MAX: Final = 400
ADDRESS_MAX: Final = 254
# What a preview signs with: nobody has to write why before they see what it does.
NOT_WRITTEN_YET: Final = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class LessTyped:
    """What a signer has typed; an amount that cannot be read is None."""

    texts: Mapping[int, str] = field(default_factory=dict)
    lines: Mapping[int, int | None] = field(default_factory=dict)
    words: str = ""
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class LessLine:
    """One line of the form: what it is about, what was proposed, what is typed."""

    n: int
    title: str
    proposed_minor: int
    claimed_minor: int
    text: str
    is_wrong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LessPanel:
    """The form as it stands; `granted` is None while it says nothing less than was proposed."""

    seat: ApprovalSeat
    decision: Decision
    lines: Sequence[LessLine]
    words: str
    problem: str = ""
    granted: int | None = None
    refused: int = 0
    then: str = ""
    letter: Letter | None = None


def read_less(form: QueryDict, currency: str) -> LessTyped:
    """Read the form of a signer who grants less."""
    texts = {
        int(name.removeprefix(PREFIX)): words_in(form, name, most=AMOUNT_MAX)
        for name in form
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).isdecimal()
    }
    letter = None
    if form.get("letter_body") is not None:
        letter = Letter(
            to=words_in(form, "letter_to", most=ADDRESS_MAX),
            language=words_in(form, "letter_language", most=2),
            subject=words_in(form, "letter_subject", most=SUBJECT_MAX),
            body=words_in(form, "letter_body", most=LETTER_MAX),
        )
    return LessTyped(
        texts=texts,
        lines={n: amount_typed(text, currency) if text else 0 for n, text in texts.items()},
        words=words_in(form, "comment", most=WORDS_MAX),
        letter=letter,
    )


def granted_of(typed: LessTyped) -> Granted | None:
    """What was typed as an act; None where an amount cannot be read."""
    lines = {n: amount for n, amount in typed.lines.items() if amount is not None}
    if len(lines) < len(typed.lines):
        return None
    return Granted(lines=lines, words=typed.words, letter=typed.letter)


def less_panel(
    dossier: Dossier, seat: ApprovalSeat, typed: LessTyped, member: Membership, at: datetime
) -> LessPanel:
    """The form with what it would do: what is granted, who signs then, what the customer reads."""
    decision = dossier.decision
    assert decision is not None, "something is put to signature"
    panel = LessPanel(seat=seat, decision=decision, lines=_lines(dossier, typed), words=typed.words)
    granted = granted_of(typed)
    if granted is None:
        return replace(panel, problem=gettext("An amount cannot be read."))
    if not typed.lines or sum(granted.lines.values()) == decision.approved_minor:
        return panel
    asked = replace(
        request_of(claim=dossier.claim, decision=decision, at=at),
        content=seat.request.content_sha256,
    )
    here = AtSeat(claim=dossier.claim, decision=decision, seat=seat, asked=asked)
    tried = replace(granted, words=granted.words or NOT_WRITTEN_YET)
    try:
        outlook = outlook_for_less(here=here, granted=tried, member=member, at=at)
    except REFUSALS as refusal:
        return replace(panel, problem=words_of(refusal))
    return _with_outlook(panel, outlook)


def may_grant_less(route: Route, seat: RouteSeat) -> bool:
    """Whether a seat is one of the limits' own, and something is granted that could be less."""
    own = {one.place for one in route.seats if one.asked is not None}
    is_of_limits = seat.asked is None and seat.place not in own
    return is_of_limits and route.request.act is not Act.DENY_CLAIM and route.approved_minor > 1


def _lines(dossier: Dossier, typed: LessTyped) -> list[LessLine]:
    assert dossier.decision is not None, "something is put to signature"
    currency = dossier.claim.currency
    titles = {line.n: line.description or line.sku for line in dossier.lines}
    found = []
    for line in dossier.decision.lines:
        n, proposed = line["n"], line["approved_minor"]
        amount = typed.lines.get(n, proposed)
        wrong = amount is None or not 0 <= amount <= proposed
        text = typed.texts.get(n, str(format_amount(proposed, currency, language())))
        found.append(LessLine(n, titles.get(n, ""), proposed, line["claimed_minor"], text, wrong))
    return found


def _with_outlook(panel: LessPanel, outlook: GrantingOutlook) -> LessPanel:
    decision = outlook.decision
    letter = None
    if decision.letter_body:
        letter = Letter(
            to=decision.letter_to,
            language=decision.letter_language,
            subject=decision.letter_subject,
            body=decision.letter_body,
        )
    return replace(
        panel,
        granted=decision.approved_minor,
        refused=decision.denied_minor,
        then=_then(outlook),
        letter=letter,
    )


def _then(outlook: GrantingOutlook) -> str:
    """Who signs after this signature, in one sentence."""
    people = outlook.company.people
    left = [seat for seat in outlook.lowered.after.seats if not seat.is_signed]
    names = [
        f"{people[seat.expected].name} ({level_name(people[seat.expected].level)})"
        for seat in left
        if seat.expected in people
    ]
    if not left:
        return gettext("Your signature decides it.")
    return gettext("Then %(names)s.") % {"names": gettext(", then ").join(names)}
