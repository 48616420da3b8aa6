"""What a language model proposes for a document, beside what was read, as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from concilia.documents.models import Document, Proposal
from concilia.intake.core.fields import value_in
from concilia.intake.core.proposals.question import PROPOSABLE
from concilia.intake.core.reading import amount_in, doubts_in
from concilia.interfaces.components.formats import money_text
from concilia.interfaces.components.templatetags.concilia import day
from concilia.interfaces.desk.field_words import field_words, value_words

Word = str | Promise
QUOTE_CHARS_MAX: Final = 160
WHYS: Final[Mapping[str, Word]] = {
    "unknown_field": _("nobody asked for this"),
    "not_quoted": _("it does not stand in the text"),
    "not_in_quote": _("the place it names does not say so"),
    "not_on_the_list": _("it is not on the list"),
    "no_amount": _("it is no amount"),
    "no_date": _("it is no day"),
    "said_twice": _("it says two different things"),
    "persons_word": _("a person has said what this is"),
    "summary": _("it is too long, or holds an address"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedValue:
    """
    A value that can be accepted.

    :param read: what the reader says there, where that is something else
    :param standing: `open`, `same` as read, `kept` by a person, or `other` where one said otherwise
    """

    field: str
    label: Word
    value: str
    quotes: Sequence[str]
    read: str
    standing: str
    is_doubtful: bool

    @property
    def can_be_accepted(self) -> bool:
        """Whether a person's word would change or settle anything."""
        return self.standing == "open" or (self.standing == "same" and self.is_doubtful)


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedValue:
    """A value the model gave that did not stand the check, and why."""

    label: Word
    value: str
    why: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPanel:
    """All of a proposal. `error` says why there is none, or not yet."""

    is_waiting: bool
    model: str
    summary: str
    values: Sequence[ProposedValue]
    dropped: Sequence[DroppedValue]
    error: str

    @property
    def is_empty(self) -> bool:
        """Whether the model answered and nothing is left of it."""
        return not (self.is_waiting or self.error or self.values or self.summary)


def proposal_panel(proposal: Proposal | None, document: Document) -> ProposalPanel | None:
    """This will be what a model proposes; None where it was not asked."""
    if proposal is None:
        return None
    said: Mapping[str, Any] = proposal.values
    return ProposalPanel(
        is_waiting=proposal.state == Proposal.State.WAITING,
        model=proposal.model,
        summary=str(said.get("summary") or ""),
        values=tuple(_values(said, document)),
        dropped=tuple(_dropped(said)),
        error=gettext(proposal.error) if proposal.error else "",
    )


def _values(said: Mapping[str, Any], document: Document) -> Iterator[ProposedValue]:
    doubts = doubts_in(document.values)
    found = {each["field"]: each for each in said.get("fields") or ()}
    currency = document.currency or str(found.get("currency", {}).get("value") or "")
    for name in PROPOSABLE:
        if name not in found:
            continue
        value, read = found[name]["value"], value_in(document.values, name)
        standing = _standing(name, value, document)
        yield ProposedValue(
            field=name,
            label=field_words(name),
            value=_shown(name, value, currency),
            quotes=_quotes(found[name]),
            read="" if standing in {"same", "kept"} or not read else _shown(name, read, currency),
            standing=standing,
            is_doubtful=name in doubts,
        )


def _standing(name: str, value: object, document: Document) -> str:
    is_same = value_in(document.values, name) == value
    if name in (document.values.get("corrected") or ()):
        return "kept" if is_same else "other"
    return "same" if is_same else "open"


def _dropped(said: Mapping[str, Any]) -> Iterator[DroppedValue]:
    for each in said.get("dropped") or ():
        name = each["field"]
        label: Word = gettext("Summary") if name == "summary" else field_words(name)
        yield DroppedValue(label=label, value=each["value"], why=WHYS.get(each["why"], each["why"]))


def _quotes(said: Mapping[str, Any]) -> list[str]:
    """The places in the document's own words, each once; a number itself needs none."""
    numbers = said["value"] if isinstance(said["value"], list) else []
    quotes = [" ".join(str(spot["text"]).split()) for spot in said.get("evidence") or ()]
    return [text[:QUOTE_CHARS_MAX] for text in dict.fromkeys(quotes) if text not in numbers]


def _shown(name: str, value: Any, currency: str) -> str:  # noqa: ANN401 (any JSON value)
    if name == "promise.date":
        return _day(str(value))
    minor = amount_in({"it": value}, "it", currency) if name.endswith("amount") else None
    if minor is not None:
        return money_text(minor, currency, get_language() or "en")
    return value_words(name, value)


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
