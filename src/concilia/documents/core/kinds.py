"""What a document is: a claim, a remittance, an answer to a reminder, an invoice …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from concilia.documents.core.automatic import WORDED, automatic_kind, is_bulk
from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.reminded import REMINDED
from concilia.documents.core.list_kinds import (
    is_titled_as_request,
    kind_of_list,
    settles_a_bonus,
)
from concilia.documents.core.scoring import Choice, Scored, choose
from concilia.documents.core.thread import QUOTED
from concilia.documents.core.words import fold

KIND_TEMPERATURE: Final = 2.1
KIND_NONE: Final = 3.4
TITLE_SURE: Final = 0.85
REQUEST_SURE: Final = 0.7
TITLE_SHARE: Final = 1.15
MAIL_TITLE_SHARE: Final = 0.9
OUTSPOKEN_SHARE: Final = 0.4
DIFFERENCES: Final = frozenset(
    {"FI-01", "FI-02", "FI-03", "FI-04", "FI-05", "FI-06", "FI-07", "FI-11", "FI-14", "FI-15"}
)
FRAUD: Final = "NR-17"
UNASKED_SHARE: Final = 0.5  # nobody was reminded: who denies a contract claims
DIFFERENCE_OF: Final = 0.5
DIFFERENCE_SHARE: Final = 0.3
ANNOUNCED_MIN: Final = 4.5
REASON_SHARE: Final = 0.85
MOTIVE_SHARE: Final = 0.75
REMINDER_SHARE: Final = 0.4
PROMISE_SHARE: Final = 0.45
LINES_BONUS: Final = 5.0
COLUMN_BONUS: Final = 1.5
PROMOTION_BONUS: Final = 5.0

# Reasons that are what a person answering a reminder says, rather than a claim: they speak for a
# claim by these shares only.
REPLY_REASONS: Final = {
    "FI-08": 0.0,
    "FI-12": 0.0,
    "FI-13": 0.0,
    "NC-26": 0.3,
    "NC-35": 0.8,
    "NC-28": 0.7,
    "NC-18": 0.9,
}
MAIL_TITLES: Final = frozenset(
    {"debit_note", "credit_request", "promotion_invoice", "remittance_advice", "claim"}
)
# Motives that contest: they are claims when they come with a demand.
CLAIM_MOTIVES: Final = frozenset({"NR-01", "NR-11", "NR-18", "NR-05"})
PROMOTION_REASONS: Final = frozenset(
    {"CO-02", "CO-03", "CO-04", "CO-05", "CO-06", "CO-07", "CO-08", "CO-09", "CO-11"}
)
SETTLING: Final = frozenset(
    {
        "claim",
        "credit_request",
        "debit_note",
        "promotion_invoice",
        "remittance_advice",
        "payment_reply",
    }
)
CLAIMING: Final = frozenset({"claim", "credit_request", "debit_note", "promotion_invoice"})
BUSINESS_KINDS: Final = frozenset({"claim", "payment_reply", "remittance_advice", "debit_note"})
BUSINESS: Final = re.compile(
    r"\b(?:invoic|bill(?:s|ed|ing)?\b|account|payment|paying|goods|deliver|order|credit|contract|reminder|"
    r"fattur|bollett|pagament|pagar|merc[ei]|consegn|ordin|contratt|sollecit|credit|bonific|"
    r"factur|paiement|payer|paier|regle|marchandise|livrais|livre|commande|contrat|relance|avoir|"
    r"pago|pagar|mercanci|entreg|pedido|recordatorio|abono|recibo|"
    r"rechnung|zahl|ware|liefer|bestell|vertrag|mahnung|gutschrift|uberweis)"
)
LETTER_WORDS_MAX: Final = 350
OUTSPOKEN_MIN: Final = 4.0
UNREAD_MAX: Final = 0.6
SERVER_ALONE: Final = 0.92  # what a mail server might say, by no header and no sender
OTHERWISE_SURE: Final = 0.6
AUTO_REPLY: Final = "auto_reply"
MACHINES: Final = frozenset({"bounce", AUTO_REPLY})
STRAY_SURE: Final = 0.5
LISTED_SURE: Final = 0.9  # its title or its first column says what it lists
SETTLED_OTHERWISE: Final = frozenset({"remittance_advice", "invoice", "other", "order"})
SETTLED_SURE: Final = 0.85
PROMOTED_MIN: Final = 6.0
TITLE_NEEDED: Final = 0.8  # below, what a layout calls itself is believed
LONG_SURE: Final = 0.9
BULK_SURE: Final = 0.9
FEW_WORDS: Final = 8
FEW_WORDS_OF_A_FILE: Final = 15
FILE_SURE: Final = 0.7
FEW_WORDS_SURE: Final = 0.98  # `And another reply!`
REMINDED_CHARS: Final = 20_000
NEVER: Final = 1.1  # surer than anything is
LAYOUT_SHARE: Final = 0.6
MACHINE_SURE: Final = 0.9
UNSURE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind, how sure, and where it was read."""

    name: str
    confidence: float
    evidence: Scored | None = None


def decide_kind(
    context: Context,
    scores: dict[str, Scored],
    judged: Sequence[Choice],
    by_words: Sequence[Choice],
) -> Kind:
    """
    Return what the document is: what a machine marked as its own, else the likeliest kind.

    :param judged: kinds as the classifier and its second look see them, titles and columns weighed
    :param by_words: kinds as the classifier alone sees them
    """
    parsed = context.parsed
    if parsed.statement is not None:
        return Kind("bank_statement", 0.99)
    if context.is_mail:
        subject, body = parsed.text[: context.body_start], parsed.text[context.body_start :]
        automatic = automatic_kind(parsed.metadata, subject, body)
        if automatic is not None and not _is_only_worded_so(context, automatic, judged[0]):
            return _of_machine(automatic, judged[0])
    best = _one_for_claims(context, judged)
    if best.label == "claim" and is_titled_as_request(context):
        best = Choice("credit_request", best.confidence)
    if named := _names_itself(context, scores, best):
        return named
    if context.is_letter:
        return _kind_of_letter(context, scores, best, by_words)
    return _kind_of_layout(context, scores, best)


def _names_itself(context: Context, scores: dict[str, Scored], best: Choice) -> Kind | None:
    """Return what a paper surely is by its own title or its first column."""
    if listed := kind_of_list(context):
        return Kind(listed, max(LISTED_SURE, best.confidence * (best.label == listed)))
    titled = _title_of(context, scores)
    if titled is None:
        return None
    is_request = titled.label == "claim" and best.label == "credit_request"
    label = best.label if is_request else titled.label
    return Kind(label, titled.confidence, scores.get(titled.label))


def _of_people(judged: Sequence[Choice]) -> Sequence[Choice]:
    """What no header and no telling words mark as a machine's must sound very much like it."""
    machines = sum(each.confidence for each in judged if each.label in MACHINES)
    if judged[0].label not in MACHINES or judged[0].confidence >= MACHINE_SURE:
        return judged
    left = max(1 - machines, UNSURE)
    return [
        Choice(each.label, each.confidence / left) for each in judged if each.label not in MACHINES
    ]


def _title_of(context: Context, scores: dict[str, Scored]) -> Choice | None:
    """Return what a text without the headers of a mail calls itself, if it surely does."""
    if context.is_mail or not context.is_letter:
        return None
    return _surely_titled(context, scores)


def _surely_titled(context: Context, scores: dict[str, Scored]) -> Choice | None:
    choices = choose(scores.values(), none=KIND_NONE, temperature=KIND_TEMPERATURE, top=1)
    named = choices and choices[0].label in context.titles
    return choices[0] if named and choices[0].confidence >= TITLE_SURE else None


def _is_only_worded_so(context: Context, automatic: tuple[str, float], best: Choice) -> bool:
    """
    Whether only words sound automatic, no header, and the whole does not; whoever is away names no
    paper and no sum, and programs write of both.
    """
    kind, sure = automatic
    if sure > (WORDED if kind == AUTO_REPLY else SERVER_ALONE):
        return False
    papers = any(reference.labelled for reference in context.references)
    business = kind == AUTO_REPLY and papers and bool(context.amounts)
    return business or (best.label not in MACHINES and best.confidence >= OTHERWISE_SURE)


def _of_machine(automatic: tuple[str, float], best: Choice) -> Kind:
    """What sounds automatic by no header, and not as a whole, is looked at."""
    kind, sure = automatic
    worded = sure <= (WORDED if kind == AUTO_REPLY else SERVER_ALONE)
    in_doubt = worded and best.label not in MACHINES
    return Kind(kind, min(sure, UNREAD_MAX) if in_doubt else sure)


def _kind_of_letter(
    context: Context, scores: dict[str, Scored], best: Choice, by_words: Sequence[Choice]
) -> Kind:
    """What names no paper and no sum must sound very much like ours to be it, by its words too."""
    sounds = next(
        (each for each in _with_requests(by_words) if each.label == best.label), best
    ).confidence
    if min(best.confidence, sounds) < _needed(context, best.label):
        asks_nothing = is_bulk(context.parsed.metadata) and not context.amounts
        return Kind("other", BULK_SURE if asks_nothing else UNREAD_MAX)
    return Kind(best.label, best.confidence, scores.get(best.label))


def _kind_of_layout(context: Context, scores: dict[str, Scored], best: Choice) -> Kind:
    """What is no letter is what its title says where nobody knows better; no machine wrote it."""
    if best.label in MACHINES:
        return Kind("other", UNREAD_MAX)  # an envelope: nothing but the names of files
    sure = best.confidence
    if sure < TITLE_NEEDED and (titled := _surely_titled(context, scores)):
        best = Choice(titled.label, sure)
    if best.label in SETTLED_OTHERWISE and sure < SETTLED_SURE and _is_of_a_bonus(context):
        return Kind("promotion_invoice", sure, scores.get("promotion_invoice"))
    if best.label == "other" and _is_unread(context):
        sure = min(sure, UNREAD_MAX)
    return Kind(best.label, sure, scores.get(best.label))


def _is_of_a_bonus(context: Context) -> bool:
    promoted = any(
        each.label in PROMOTION_REASONS and each.score >= PROMOTED_MIN for each in context.reasons
    )
    return promoted and settles_a_bonus(context)


def _with_requests(judged: Sequence[Choice]) -> list[Choice]:
    """Return kinds of which a claim has what speaks for a request, and the reverse."""
    shares = {each.label: each.confidence for each in judged}
    together = shares.get("claim", 0.0) + shares.get("credit_request", 0.0)
    return [
        Choice(label, together if label in {"claim", "credit_request"} else share)
        for label, share in shares.items()
    ]


def _one_for_claims(context: Context, judged: Sequence[Choice]) -> Choice:
    """
    Return the likeliest kind; letters and forms that claim are one against all others. Who asks for
    a credit claims, unless it is titled as a request, or surely is one and has no other title.
    """
    claims = [each for each in judged if each.label in {"claim", "credit_request"}]
    together = sum(each.confidence for each in claims)
    if not claims or (judged[0] not in claims and together <= judged[0].confidence):
        return judged[0]
    best = claims[0]
    if best.label == "credit_request" and "credit_request" not in context.titles:
        sure = 1.0 if "claim" in context.titles else REQUEST_SURE if context.is_letter else 0.0
        if best.confidence < sure:
            return Choice("claim", together)
    if best.label == "claim" and "credit_request" not in context.titles:
        return Choice("claim", together)  # what speaks for a request would make it a claim, too
    return best if judged[0] in claims else Choice(best.label, together)


def _needed(context: Context, label: str) -> float:
    """How sure a kind must be, given what the letter names."""
    named = any(reference.labelled for reference in context.references)
    if label == "remittance_advice" and not (
        context.references or context.amounts or context.tables or context.parsed.attachments
    ):
        return NEVER  # it advises of nothing
    if label == "payment_reply" and _answers_no_reminder(context):
        return NEVER
    if label in BUSINESS_KINDS and is_bulk(context.parsed.metadata) and not named:
        return LONG_SURE
    if label in BUSINESS_KINDS and _is_stray(context):
        return _needed_of_a_stray(context)
    return 0.0


def _needed_of_a_stray(context: Context) -> float:
    """A few words may be anything, of a file still more; newsletters and reports say anything."""
    words = len(context.tokens)
    if words <= (FEW_WORDS if context.is_mail else FEW_WORDS_OF_A_FILE):
        return FEW_WORDS_SURE
    if not context.is_mail:
        return FILE_SURE
    return LONG_SURE if words > LETTER_WORDS_MAX else STRAY_SURE


def _is_unread(context: Context) -> bool:
    """What names papers or sums, or lists something, and is not understood is one to look at."""
    return bool(context.references or context.amounts or context.parsed.tables)


def kind_scores(context: Context) -> dict[str, Scored]:
    """Return how strongly titles, wishes, reasons, motives and columns speak for each kind."""
    scores: dict[str, Scored] = {}
    for label, scored in context.titles.items():
        if not context.is_mail:
            _add(scores, label, scored, TITLE_SHARE)
        elif label in MAIL_TITLES:
            _add(scores, label, scored, MAIL_TITLE_SHARE)
    for label, scored in context.wishes.items():
        _add(scores, label, scored, 1.0 if context.is_letter else LAYOUT_SHARE)
    _add_reasons(context, scores)
    _add_replies(context, scores)
    _add_lines(context, scores)
    return scores


def _is_stray(context: Context) -> bool:
    """Whether it only sounds like ours: private people contest things, newsletters say anything."""
    named = any(reference.labelled for reference in context.references)
    if context.is_mail and not named and len(context.tokens) > LETTER_WORDS_MAX:
        return True
    if named or context.amounts:
        return False
    best = context.reasons[0] if context.reasons else None
    # Reasons of finance name what they are about: `the first part` alone is no part payment.
    outspoken = (
        best is not None and best.score >= OUTSPOKEN_MIN and not best.label.startswith("FI-")
    )
    return not (outspoken or BUSINESS.search(context.folded) or _is_reminded(context))


def _answers_no_reminder(context: Context) -> bool:
    """
    Whether it answers a quoted mail that reminds of nothing, and itself names neither paper nor sum
    nor why it was not paid: private people promise to see to things, too.
    """
    if not QUOTED.search(context.quoted) or context.references or context.motives:
        return False
    return _is_stray(context)


def _is_reminded(context: Context) -> bool:
    """Whether a reminder stands above or below it."""
    return bool(REMINDED.search(fold(context.parsed.text[:REMINDED_CHARS])))


def _add(scores: dict[str, Scored], label: str, scored: Scored, share: float) -> None:
    known = scores.get(label)
    total = scored.score * share + (known.score if known else 0.0)
    hits = scored.hits + (known.hits if known else ())
    scores[label] = Scored(label, total, hits)


def _add_reasons(context: Context, scores: dict[str, Scored]) -> None:
    motive = max((each.score for each in context.motives), default=0.0)
    contesting = [
        Scored(each.label, each.score * _claim_share(each, motive), each.hits)
        for each in context.reasons
    ]
    best = max(contesting, key=lambda each: each.score, default=None)
    if best is None or not best.score:
        return
    if not context.is_letter:
        if "invoice" in scores and best.label in PROMOTION_REASONS:
            _add(scores, "promotion_invoice", Scored("", PROMOTION_BONUS, best.hits), 1.0)
            _add(scores, "promotion_invoice", scores["invoice"], 0.8)
        return
    announced = scores.get("debit_note")
    kind = "debit_note" if announced and announced.score >= ANNOUNCED_MIN else "claim"
    _add(scores, kind, best, REASON_SHARE)


def _claim_share(reason: Scored, motive: float) -> float:
    """Return how much a reason speaks for a claim, given the strongest motive of a reply."""
    share = REPLY_REASONS.get(reason.label, 1.0)
    return share * OUTSPOKEN_SHARE if share < 1.0 and motive > reason.score else share


def _add_replies(context: Context, scores: dict[str, Scored]) -> None:
    """An answer to a reminder gives a motive, promises, or both."""
    if not context.is_letter:
        return
    reminder = context.reply_signs.get("reminder")
    promise = context.reply_signs.get("promise")
    plain = [each for each in context.motives if each.label not in CLAIM_MOTIVES]
    if not plain and promise is None:
        return
    if plain:
        best = plain[0]
        if best.label == FRAUD and reminder is None and _reason_score(context, "NC-35"):
            plain = [replace(best, score=best.score * UNASKED_SHARE)]
            best = plain[0]
        differs = best.label == "NR-08" and _explains_difference(context, best.score)
        _add(scores, "payment_reply", best, MOTIVE_SHARE * (DIFFERENCE_SHARE if differs else 1.0))
    if promise is not None:
        _add(scores, "payment_reply", promise, PROMISE_SHARE)
    if reminder is not None:
        _add(scores, "payment_reply", reminder, REMINDER_SHARE)


def _reason_score(context: Context, label: str) -> float:
    return next((each.score for each in context.reasons if each.label == label), 0.0)


def _explains_difference(context: Context, motive: float) -> bool:
    """Whether `paid` goes with why less was paid: that is a claim, not an answer."""
    best = context.reasons[0] if context.reasons else None
    return best is not None and best.label in DIFFERENCES and best.score >= DIFFERENCE_OF * motive


def _add_lines(context: Context, scores: dict[str, Scored]) -> None:
    """Columns of documents with what was paid are a remittance, whatever it is called."""
    for table in context.tables:
        roles = set(table.roles.values())
        if "document" in roles and "paid" in roles and table.lines:
            bonus = LINES_BONUS + COLUMN_BONUS * len(roles & {"invoiced", "discount", "deducted"})
            _add(scores, "remittance_advice", Scored("", bonus, ()), 1.0)
        elif "document" in roles and "deducted" in roles:
            likely = "debit_note" if "debit_note" in scores else "credit_request"
            _add(scores, likely, Scored("", LINES_BONUS, ()), 1.0)
