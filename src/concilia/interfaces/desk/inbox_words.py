"""The inbox in words: channels, kinds of documents, and what became of an arrival."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from concilia.intake.queries.inbox import ArrivalRow

Word = str | Promise

CHANNELS: Final[Mapping[str, tuple[Word, str]]] = {
    "mailbox": (_("by e-mail"), "mail"),
    "pipe": (_("by e-mail"), "mail"),
    "folder": (_("from a folder"), "folder"),
    "upload": (_("uploaded"), "upload"),
    "rest": (_("from a program"), "bolt"),
    "link": (_("by a link"), "link"),
    "text": (_("by short message"), "phone"),
    "chat": (_("by WhatsApp"), "phone"),
}
KINDS: Final[Mapping[str, Word]] = {
    "claim": _("Claim"),
    "credit_request": _("Credit request"),
    "debit_note": _("Debit note"),
    "promotion_invoice": _("Promotion invoice"),
    "remittance_advice": _("Remittance advice"),
    "payment_reply": _("Answer to a reminder"),
    "proof_of_delivery": _("Proof of delivery"),
    "delivery_note": _("Delivery note"),
    "order": pgettext_lazy("document", "Order"),
    "invoice": pgettext_lazy("document", "Invoice"),
    "credit_note": _("Credit note"),
    "bank_statement": _("Bank statement"),
    "receiving_advice": _("Receiving advice"),
    "auto_reply": _("Automatic reply"),
    "bounce": _("Undeliverable message"),
    "other": _("Something else"),
}
# What one button does with a document that is no claim, by its kind.
GO_ON: Final[Mapping[str, Word]] = {
    "remittance_advice": _("Keep as remittance"),
    "bank_statement": _("Load the statement"),
    "proof_of_delivery": _("Find its claim"),
    "delivery_note": _("Find its claim"),
    "receiving_advice": _("Find its claim"),
    "order": _("Find its claim"),
    "invoice": _("Find its claim"),
    "credit_note": _("Find its claim"),
}
OUTCOMES: Final[Mapping[str, Word]] = {
    "unknown_customer": _("Nobody with this address is known. Say which customer this is from."),
    "not_a_claim": _("It contests nothing. Say where it belongs, or set it aside."),
    "no_reason": _("It does not say why. Choose a reason."),
    "foreign_number": _("It names a number of another customer. Choose the customer it is from."),
    "unknown_record": _("None of its numbers is known here. Choose the invoice."),
    "no_amount": _("It does not say how much. Write the amount."),
    "which_case": _("Not exactly one open claim waits for this. Choose its claim."),
    "evidence_proposed": _("An open claim may be waiting for this. Say yes, or where it belongs."),
    "taken_back": _("It was taken back from its claim. Say where it belongs."),
    "payment_reply": _("It answers a reminder. Nothing counts before you confirm it."),
    "motive_recorded": _("Its reason is written down with the customer."),
    "question": _("It asks a question."),
    "twin": _("The same claim is here already."),
    "confirmed": _("Confirmed; it is on its way."),
    "claim_opened": _("It opened a claim."),
    "further_claims": _("It opened a claim, and contests something else, too."),
    "joined": _("It joined the claim of a short payment."),
    "statement_loaded": _("Its payments are in the bank desk."),
    "remittance": _("Kept as remittance: payments are matched with it."),
    "evidence": _("It lies beside its claim."),
    "answered": _("It joined the thread of its claim."),
    "auto_reply": _("Automatic reply, opens nothing."),
    "bounce": _("A message of ours came back."),
    "newsletter": _("A newsletter, opens nothing."),
    "statement_by_mail": _("A bank file by mail. Load it if it is your bank's own."),
    "no_bank_file": _(
        "A list of a bank account, which cannot be loaded: ask for camt.053 or MT940."
    ),
    "no_money_came_in": _("A statement without incoming money."),
    "no_claim": _("Set aside: no claim."),
    "duplicate": _("Set aside: we have it already."),
    "answered_elsewhere": _("Set aside: answered elsewhere."),
    "unreadable": _("It could not be read."),
}
# Why somebody sets an arrival aside; the first is what `r` means.
ASIDE: Final[Mapping[str, Word]] = {
    "no_claim": _("Not a claim"),
    "duplicate": _("We have it already"),
    "answered_elsewhere": _("Answered elsewhere"),
    "newsletter": _("A newsletter"),
}
STATES: Final[Mapping[str, Word]] = {
    "RECEIVED": _("being read"),
    "WAITING": "",
    "DONE": _("done"),
    "NOTHING_TO_DO": _("nothing to do"),
    "FAILED": _("failed"),
}
VIEWS: Final[Mapping[str, Word]] = {
    "look": _("To look at"),
    "all": _("Everything"),
    "failed": _("Failed"),
    "nothing": _("Nothing to do"),
}
ORDERS: Final[Mapping[str, Word]] = {
    "new": _("Newest first"),
    "old": _("Oldest first"),
    "amount": _("Largest amount first"),
}
# Sentences of the reader and the viewer, said here in the person's language.
SAID_ELSEWHERE: Final = (
    gettext_noop("encrypted PDF"),
    gettext_noop("damaged PDF, cannot be opened"),
    gettext_noop("damaged PDF, it has no pages"),
    gettext_noop("no text in the PDF: a scan or a picture"),
    gettext_noop("this kind of file cannot be shown here"),
    gettext_noop("the picture is too large to be shown"),
    gettext_noop("damaged picture, cannot be opened"),
    gettext_noop("a picture: no text is read from it"),
    gettext_noop("the text was recognised in a picture: compare it before anything is decided"),
    gettext_noop("damaged file: not a whole zip archive"),
    gettext_noop("file too large when unpacked"),
    gettext_noop("encrypted file"),
    gettext_noop("the file is empty"),
    gettext_noop("unknown binary format"),
    gettext_noop("damaged workbook: not a whole zip archive"),
    gettext_noop("made the reading process crash"),
    gettext_noop("not an e-mail: no header lines"),
)


def channel_words(channel: str) -> Word:
    """How something came: `by e-mail`."""
    return CHANNELS.get(channel, (channel, ""))[0]


def icon_of(row: ArrivalRow) -> str:
    """The icon of a line: what carried it, or that it could not be read."""
    if row.state == "FAILED":
        return "file-alert"
    return CHANNELS.get(row.channel, ("", "inbox"))[1]


def kind_words(kind: str) -> Word:
    """The kind of a document in words; what the reader does not know stays as it says."""
    return KINDS.get(kind, kind.replace("_", " ").capitalize())


def outcome_words(outcome: str) -> Word:
    """What became of an arrival, or why it waits; nothing where that needs no words."""
    return OUTCOMES.get(outcome, "")
