"""The letters in English."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.correspondence.core.letters import Frame, Template, Text

FRAME: Final = Frame("Dear {name},", "Hello,", "Kind regards\n{sender}\n{company}")
LETTERS: Final[Mapping[Template, Text]] = {
    Template.CLAIM_RECEIVED: Text(
        "Your claim on {about} has arrived ({claim})",
        (
            "thank you for telling us. {holder} is looking after your claim {claim} on {about}.",
            "?You claim {amount}. While we check it, we do not ask you for this amount.",
            (
                "You will hear from us by {until}. "
                "If you want to add something, simply answer this e-mail."
            ),
        ),
    ),
    Template.EVIDENCE_REQUEST: Text(
        "Your claim {claim}: what we still need",
        (
            (
                "thank you for your claim {claim} on {about}. So that we can settle it, "
                "we still need from you:"
            ),
            "{papers}",
            (
                "Please send it by {until} if you can. If something cannot be found, tell us: "
                "then we look for another way."
            ),
        ),
    ),
    Template.DECISION_ACCEPTED: Text(
        "Your claim {claim} is accepted: {approved}",
        (
            (
                "thank you for your claim {claim} on {about}. We have checked it, and you are right: "
                "we accept it in full, {approved}."
            ),
            "?You receive credit note {credit_note} for it.",
            "?With it, the {kept_back} you kept back are settled.",
            "We are sorry for the trouble.",
        ),
    ),
    Template.DECISION_PARTLY: Text(
        "Your claim {claim}: {approved} of {claimed} accepted",
        (
            (
                "thank you for your claim {claim} on {about}. "
                "We have checked every line with the papers we both have."
            ),
            "We accept {approved} of {claimed}:",
            "{lines}",
            "You receive a credit note for {approved}. We cannot accept the other {denied}.",
            (
                "Do you see it differently, or have papers we do not know? Answer this e-mail "
                "by {until}, and {holder} will look at it again."
            ),
        ),
    ),
    Template.DECISION_REFUSED: Text(
        "Your claim {claim}: the result of our check",
        (
            (
                "thank you for your claim {claim} on {about}. "
                "We have taken it seriously and checked it with the papers we both have."
            ),
            "We cannot accept the {claimed}. The reason: {reason}",
            "?{lines}",
            (
                "Do you see it differently, or have papers we do not know? Answer this e-mail "
                "by {until}, and {holder} will look at it again."
            ),
        ),
    ),
    Template.COLLECT_BACK: Text(
        "{about}: {amount} still open after claim {claim}",
        (
            (
                "thank you for working with us. We have answered your claim {claim} on {about}; "
                "of what you kept back, {amount} remain open."
            ),
            "Is there something we have not seen yet? Then tell us first.",
            (
                "Otherwise choose what suits you:\n"
                "- a transfer of {amount} by {until}, with the reference {reference};\n"
                "- add it to your next payment, and name {reference};\n"
                "- another date or instalments: simply answer this e-mail."
            ),
        ),
    ),
    Template.REMITTANCE_REQUEST: Text(
        "Your payment of {paid_on}: what is it for? ({claim})",
        (
            "thank you for your payment of {paid} on {paid_on}.",
            "?It differs by {difference} from what we see on {about}.",
            (
                "Which invoices did you pay, and is there a reason for the difference? "
                "A remittance advice or one line in reply is enough."
            ),
            (
                "While this is being cleared up, we do not ask you for the difference. "
                "An answer by {until} helps us to book it right."
            ),
        ),
    ),
    Template.POD_REQUEST_CARRIER: Text(
        "Signed proof of delivery for {delivery} ({claim})",
        (
            (
                "thank you for carrying our goods. We need the signed proof of delivery "
                "for {delivery}, shipped on {shipped_on}."
            ),
            "?It went to {destination}.",
            (
                "Please send both sides, with every reserve the receiver wrote, by {until}; "
                "a photograph is enough. Please keep {claim} in the subject."
            ),
        ),
    ),
    Template.POD_REQUEST_COLLEAGUE: Text(
        "{claim}: the signed delivery note of {delivery}",
        (
            "for claim {claim} of {customer} we need the signed delivery note of {delivery}.",
            "?The claim is about {amount}.",
            (
                "Please send it or a photograph by {until}. If you do not have it, one line is "
                "enough: then we ask the carrier."
            ),
        ),
    ),
}
