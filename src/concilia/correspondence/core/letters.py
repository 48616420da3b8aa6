"""What a letter's text is made of, and which values each letter needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Template(StrEnum):
    """The letters there are. The value is stored with each message."""

    CLAIM_RECEIVED = "claim_received"
    EVIDENCE_REQUEST = "evidence_request"
    DECISION_ACCEPTED = "decision_accepted"
    DECISION_PARTLY = "decision_partly"
    DECISION_REFUSED = "decision_refused"
    COLLECT_BACK = "collect_back"
    REMITTANCE_REQUEST = "remittance_request"
    POD_REQUEST_CARRIER = "pod_request_carrier"
    POD_REQUEST_COLLEAGUE = "pod_request_colleague"
    QUESTION_BY_LINK = "question_by_link"
    REMINDER_BY_LINK = "reminder_by_link"
    SIGNATURE_BY_LINK = "signature_by_link"
    NO_SIGNATURE_BY_REPLY = "no_signature_by_reply"


VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Text:
    """
    One letter in one language. `{name}` stands for a value.

    A paragraph that begins with `?` is left out where one of its values is not known.
    """

    subject: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """How a language greets and takes its leave; `{name}`, `{sender}`, `{company}` are values."""

    greeting: str
    greeting_without_name: str
    closing: str


# Beside these every letter may have `name`, and must have `sender` and `company`.
NEEDED: Final[Mapping[Template, frozenset[str]]] = MappingProxyType(
    {
        Template.CLAIM_RECEIVED: frozenset({"claim", "about", "holder", "until"}),
        Template.EVIDENCE_REQUEST: frozenset({"claim", "about", "papers", "until"}),
        Template.DECISION_ACCEPTED: frozenset({"claim", "about", "approved"}),
        Template.DECISION_PARTLY: frozenset(
            {"claim", "about", "claimed", "approved", "denied", "lines", "until", "holder"}
        ),
        Template.DECISION_REFUSED: frozenset(
            {"claim", "about", "claimed", "reason", "until", "holder"}
        ),
        Template.COLLECT_BACK: frozenset({"claim", "about", "amount", "reference", "until"}),
        Template.REMITTANCE_REQUEST: frozenset({"claim", "paid", "paid_on", "until"}),
        Template.POD_REQUEST_CARRIER: frozenset({"claim", "delivery", "shipped_on", "until"}),
        Template.POD_REQUEST_COLLEAGUE: frozenset({"claim", "customer", "delivery", "until"}),
        Template.QUESTION_BY_LINK: frozenset({"claim", "question", "link", "until"}),
        Template.REMINDER_BY_LINK: frozenset({"claim", "question", "asked_on", "link", "until"}),
        Template.SIGNATURE_BY_LINK: frozenset(
            {"claim", "customer", "amount", "proposer", "link", "until"}
        ),
        Template.NO_SIGNATURE_BY_REPLY: frozenset({"claim", "link", "until"}),
    }
)
OPTIONAL: Final[Mapping[Template, frozenset[str]]] = MappingProxyType(
    {
        Template.CLAIM_RECEIVED: frozenset({"amount"}),
        Template.DECISION_ACCEPTED: frozenset({"credit_note", "kept_back"}),
        Template.DECISION_REFUSED: frozenset({"lines"}),
        Template.REMITTANCE_REQUEST: frozenset({"about", "difference"}),
        Template.POD_REQUEST_CARRIER: frozenset({"destination"}),
        Template.POD_REQUEST_COLLEAGUE: frozenset({"amount"}),
        Template.SIGNATURE_BY_LINK: frozenset({"reason"}),
    }
)
