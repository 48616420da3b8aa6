"""Letters on paper: written once, printed, posted, and proven to have arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.customers.models import Customer
from concilia.dunning.core.epc import is_valid_iban
from concilia.dunning.core.letter_pages import Cover, Head, address_lines, letter_content
from concilia.dunning.core.letter_pdf import LETTERS_MAX, letters_pdf
from concilia.dunning.core.texts import Composed, Facts, TextIncomplete
from concilia.dunning.models import Letter, Letterhead
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.blobs import store_blob
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity, Membership
from concilia.identity.queries import actor_of

State = Letter.State
NAME_MAX: Final = 160
NUMBER_MAX: Final = 40
WHY_MAX: Final = 200


class LetterRefused(Refused):
    """A letter cannot be printed, posted or proven so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """
    A letter about to wait for the printer.

    :param key: names it for ever: the same key again is the same letter
    :param address: lines as they stand in the window
    :param country: whose envelopes it fits
    """

    key: str
    customer_id: int
    composed: Composed
    facts: Facts
    address: str
    country: str
    is_registered: bool = False


def queue_letter(
    *, new: NewLetter, entity: Entity, by: Membership | None, at: datetime, written: date
) -> Letter:
    """
    Write a letter and let it wait for the printer; the same key again gives the one there is.

    Inside the transaction of what it belongs to.

    :raises LetterRefused: if its address does not fit a window, or it is too long
    """
    customer = Customer.objects.get(pk=new.customer_id, entity=entity)
    try:
        to = address_lines(new.address)
        content = letter_content(
            new.composed,
            new.facts,
            head=head_of(entity),
            cover=Cover(
                to=to, country=new.country, written=written, is_registered=new.is_registered
            ),
        )
    except TextIncomplete as incomplete:
        if incomplete.field == "address":
            raise LetterRefused(
                _("An address has two to six lines of at most 60 letters.")
            ) from incomplete
        raise LetterRefused(_("It has more rows than one letter takes.")) from incomplete
    letter, _is_new = Letter.objects.get_or_create(
        entity=entity,
        key=new.key,
        defaults={
            "customer": customer,
            "text_key": new.composed.key,
            "template": new.composed.template,
            "language": new.composed.language,
            "subject": new.composed.subject,
            "address": "\n".join(to),
            "content": content,
            "is_registered": new.is_registered,
            "written_at": at,
            "written_by": by.user if by else None,
        },
    )
    return letter


def head_of(entity: Entity) -> Head:
    """What stands on a company's letters."""
    kept = Letterhead.objects.filter(entity=entity).first() or Letterhead(entity=entity)
    footer = kept.footer or " · ".join(
        part for part in (entity.legal_name, entity.vat_number, entity.email) if part
    )
    return Head(
        name=entity.legal_name or entity.name,
        address=tuple(kept.address.splitlines()),
        place=kept.place,
        footer=tuple(footer.splitlines()),
        account_holder=kept.account_holder,
        iban=kept.iban,
        bic=kept.bic,
    )


@transaction.atomic(durable=True)
def print_letters(*, letter_ids: Sequence[int], by: Membership, at: datetime) -> bytes:
    """
    Give letters as one PDF, in the order they were written, and note who printed them.

    What is printed already is printed again; when it was printed first stays.

    :raises LetterRefused: for none, too many, or letters that were posted or taken out
    """
    rows = list(
        Letter.objects.select_for_update(no_key=True)
        .filter(entity_id=by.entity_id, pk__in=letter_ids)
        .order_by("written_at", "pk")[: LETTERS_MAX + 1]
    )
    if not rows:
        raise LetterRefused(_("Choose the letters first."))
    if len(rows) > LETTERS_MAX:
        raise LetterRefused(_("At most {n} letters in one file."), n=LETTERS_MAX)
    if any(row.state not in {State.WAITING, State.PRINTED} for row in rows):
        raise LetterRefused(_("One of them was posted or taken out meanwhile."))
    made = letters_pdf([row.content for row in rows])
    first = [row for row in rows if row.state == State.WAITING]
    for row in first:
        row.state, row.printed_at, row.printed_by = State.PRINTED, at, by.user
    Letter.objects.bulk_update(first, ["state", "printed_at", "printed_by"])
    _log(rows, "letter.printed", by, at)
    return made


@transaction.atomic(durable=True)
def post_letter(
    *, letter_id: int, posted: date, number: str, by: Membership, at: datetime, today: date
) -> Letter:
    """
    Note that a letter was posted, and a registered one by its number.

    :raises LetterRefused: if it was not printed, on a day to come, or the number is missing
    """
    letter = _locked(letter_id, by)
    number = " ".join(number.split())[:NUMBER_MAX]
    if letter.state != State.PRINTED:
        raise LetterRefused(_("Only what was printed can be posted."))
    if posted > today or letter.printed_at is None:
        raise LetterRefused(_("It cannot be posted on a day to come."))
    if letter.is_registered and not number:
        raise LetterRefused(_("A registered letter has a number."))
    letter.state, letter.posted_date, letter.posted_by = State.POSTED, posted, by.user
    letter.registered_number = number
    letter.save(update_fields=["state", "posted_date", "posted_by", "registered_number"])
    _log([letter], "letter.posted", by, at, number=number)
    return letter


@transaction.atomic(durable=True)
def lay_proof(
    *, letter_id: int, content: bytes, name: str, delivered: date, by: Membership, at: datetime
) -> Letter:
    """
    Lay the proof of delivery beside a letter that was posted.

    :raises LetterRefused: if it was not posted, the file is empty, or the day is before posting
    """
    letter = _locked(letter_id, by)
    if letter.state != State.POSTED or letter.posted_date is None:
        raise LetterRefused(_("Only what was posted can have arrived."))
    if not content:
        raise LetterRefused(_("This file is empty."))
    if delivered < letter.posted_date or delivered > at.date():
        raise LetterRefused(_("It arrived between the day it was posted and today."))
    blob = store_blob(content=content, at=at)
    letter.proof_sha256, letter.proof_name = blob.sha256, " ".join(name.split())[:NAME_MAX]
    letter.delivered_date = delivered
    letter.save(update_fields=["proof_sha256", "proof_name", "delivered_date"])
    _log([letter], "letter.proven", by, at, sha256=blob.sha256)
    return letter


@transaction.atomic(durable=True)
def take_letter_out(*, letter_id: int, why: str, by: Membership, at: datetime) -> Letter:
    """
    Take a letter out before it is posted, with a reason.

    :raises LetterRefused: if it was posted, or no reason is given
    """
    letter = _locked(letter_id, by)
    why = " ".join(why.split())[:WHY_MAX]
    if letter.state not in {State.WAITING, State.PRINTED}:
        raise LetterRefused(_("One of them was posted or taken out meanwhile."))
    if not why:
        raise LetterRefused(_("Say why."))
    letter.state, letter.taken_out_why = State.TAKEN_OUT, why
    letter.save(update_fields=["state", "taken_out_why"])
    _log([letter], "letter.taken_out", by, at, why=why)
    return letter


@transaction.atomic(durable=True)
def keep_letterhead(*, head: Letterhead, by: Membership, at: datetime) -> None:
    """
    Keep what stands on the letters written from now on.

    :raises LetterRefused: if the account's check digits are wrong
    """
    if head.iban and not is_valid_iban(head.iban):
        raise LetterRefused(_("The check digits of this IBAN are wrong."))
    values = {
        name: getattr(head, name)
        for name in ("address", "place", "footer", "account_holder", "iban", "bic")
    }
    Letterhead.objects.update_or_create(entity_id=by.entity_id, defaults=values)
    acts = [Act("letter.head", "entity", by.entity_id, values)]
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=acts)


def _locked(letter_id: int, by: Membership) -> Letter:
    rows = Letter.objects.select_for_update(no_key=True)
    letter = rows.filter(pk=letter_id, entity_id=by.entity_id).first()
    if letter is None:
        raise LetterRefused(_("There is no such letter."))
    return letter


def _log(rows: Sequence[Letter], act: str, by: Membership, at: datetime, **data: str) -> None:
    acts = [Act(act, "letter", row.pk, {"customer": row.customer_id, **data}) for row in rows]
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=acts)
