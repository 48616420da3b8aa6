"""A reading as a panel: what is sure, what our records confirm, what a person must say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language, gettext, pgettext

from concilia.claims.core.misprints import differing
from concilia.claims.queries.drafts import ReadLine
from concilia.claims.queries.inbox import Checked, Number
from concilia.documents.models import Document
from concilia.intake.core.reading import CLAIM_KINDS, amount_in, doubts_in
from concilia.interfaces.components.formats import format_amount, format_number, money_text
from concilia.interfaces.components.templatetags.concilia import day
from concilia.interfaces.desk.field_words import reason_choices
from concilia.interfaces.desk.inbox_words import KINDS, kind_words
from concilia.interfaces.desk.learned_words import learned_words
from concilia.interfaces.desk.papers import Mark
from concilia.kernel.non_payment import non_payment_name
from concilia.kernel.reasons import reason_name
from concilia.receivables.models import Delivery, Invoice, Order

OURS: Final = ("invoice", "delivery", "order")
LINES_MIN, LINES_MAX = 2, 60  # one line stands in fields of its own
THEIRS: Final = ("customer", "promotion", "return")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """
    One value of a reading.

    :param ref: ties it to the place where it was read
    :param name: what `correct_reading` calls it, or `customer`; empty if nobody can correct it
    :param index: which value of a list of numbers; one past the end adds one
    :param raw: as a person edits it; `value` is as it is shown
    :param proven: what our records confirm, for the green tick
    :param why: what is doubtful, in a sentence; such a field stands open
    :param likely: what was probably meant
    :param choices: groups of (value, words) to choose from
    """

    ref: str
    label: str
    value: str = ""
    raw: str = ""
    name: str = ""
    index: int = 0
    note: str = ""
    proven: str = ""
    person: str = ""
    learned: str = ""
    why: str = ""
    likely: str = ""
    via: str = ""
    confidence: Decimal | None = None
    choices: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    is_mono: bool = False
    is_open: bool = False
    error: str = ""

    @property
    def is_doubtful(self) -> bool:
        return bool(self.why)

    @property
    def key(self) -> str:
        """What the address calls it when a person opens it: `references.order:0`."""
        return f"{self.name}:{self.index}"

    @property
    def likely_parts(self) -> tuple[tuple[str, bool], ...]:
        """The likely value in stretches, with whether each differs from what was read."""
        return differing(self.raw, self.likely)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPanel:
    """The fields in their groups, and how many of them are sure."""

    groups: tuple[tuple[str, tuple[Field, ...]], ...]
    warnings: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = field(default=())

    @property
    def fields(self) -> list[Field]:
        return [each for _, fields in self.groups for each in fields]

    @property
    def count(self) -> int:
        return sum(1 for each in self.fields if each.value)

    @property
    def first_doubt(self) -> str:
        """The ref of the field to look at first: only its likely value is a filled button."""
        return next((each.ref for each in self.fields if each.is_doubtful), "")

    @property
    def unsure(self) -> int:
        return sum(1 for each in self.fields if each.is_doubtful)

    @property
    def sure(self) -> int:
        return sum(1 for each in self.fields if each.value and not each.is_doubtful)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What the person is doing: which field is open, what they typed, why it was refused."""

    key: str = ""
    typed: str = ""
    error: str = ""


def panel_of(
    document: Document, checked: Checked, *, people: Mapping[str, str], edit: Edit | None = None
) -> ReadingPanel:
    """
    This will be what was read of a document, beside what our records say.

    :param people: who corrected what, by the name of the field
    """
    values = document.values
    said = _Said(document, checked, people)
    groups = [
        (gettext("What it is"), said.identity()),
        (gettext("What it is about"), said.references()),
        (gettext("How much"), said.amounts()),
    ]
    opened = [
        (title, tuple(_opened(each, edit or Edit()) for each in fields)) for title, fields in groups
    ]
    panel = ReadingPanel(
        groups=tuple((title, fields) for title, fields in opened if fields),
        warnings=tuple(gettext(str(text)) for text in values.get("warnings") or ()),
    )
    return replace(panel, marks=tuple(marks_in(values, panel.fields)))


def _opened(one: Field, edit: Edit) -> Field:
    if one.key != edit.key or not one.name:
        return replace(one, is_open=one.is_doubtful and bool(one.name))
    return replace(one, is_open=True, raw=edit.typed or one.raw, error=edit.error)


class _Said:
    """The fields of one reading, made one group at a time."""

    def __init__(self, document: Document, checked: Checked, people: Mapping[str, str]) -> None:
        self.document, self.checked, self.people = document, checked, people
        self.values: Mapping[str, Any] = document.values
        self.doubts = set(doubts_in(self.values))
        self.language = get_language() or "en"
        self.contests = document.kind in CLAIM_KINDS

    def identity(self) -> list[Field]:
        fields = [self._kind(), self._customer(), *self._numbers_of("claim", bare=True)]
        if self.contests:
            fields.insert(1, self._reason())
        motive = str(self.values.get("non_payment_reason") or "")
        if motive:
            named = non_payment_name(motive, self.language)
            fields.append(
                Field(ref="non_payment_reason", label=gettext("Why not paid"), value=named)
            )
        promise = self.values.get("promise")
        if promise and any(promise.values()):
            fields.append(self._promise(promise))
        return fields

    def references(self) -> list[Field]:
        fields = [each for name in OURS for each in self._numbers_of(name)]
        fields += [each for name in THEIRS for each in self._numbers_of(name, bare=True)]
        if self.contests and not any(each.name == "references.invoice" for each in fields):
            fields.insert(0, self._no_invoice())
        return fields

    def amounts(self) -> list[Field]:
        fields = []
        one = self.checked.lines[0] if len(self.checked.lines) == 1 else None
        if one and self.contests:
            fields += list(self._line(one))
        fields += self.lines()
        if self.contests or self.values.get("claimed_amount"):
            fields.append(self._claimed())
        if self.values.get("total_amount") or "total_amount" in self.doubts:
            one_total = self._amount("total_amount", gettext("Total of the document"))
            why = gettext("It names no total: write what was paid.")
            is_missing = "total_amount" in self.doubts
            fields.append(replace(one_total, why=why) if is_missing else one_total)
        if fields and not self.values.get("currency"):
            fields.append(self._currency())
        return fields

    def lines(self) -> list[Field]:
        """The lines of a remittance, or of a claim over several things, as read."""
        raw = self.values.get("lines") or []
        if len(raw) < LINES_MIN and self.contests:
            return []
        fields = [self._line_read(index, line) for index, line in enumerate(raw[:LINES_MAX])]
        if len(raw) > LINES_MAX:
            rest = gettext("%(count)s more in the original") % {"count": len(raw) - LINES_MAX}
            fields.append(Field(ref="lines", label=gettext("Lines"), value=rest))
        return fields

    def _line_read(self, index: int, line: Mapping[str, Any]) -> Field:
        code = str(line.get("reason") or "")
        words = line.get("reason_text") or line.get("description")
        cut = line.get("deducted")
        name = f"lines.{index}.reason" if cut else ""
        return Field(
            ref=f"lines.{index}",
            name=name,
            raw=code,
            choices=reason_choices(self.language),
            person=self.people.get(name, ""),
            label=str(line.get("document") or line.get("sku") or index + 1),
            value=self._written(cut or line.get("amount") or line.get("paid")),
            note=str(words or (code and reason_name(code, self.language))),
        )

    def _kind(self) -> Field:
        known = str(self.values.get("kind") or "")
        why = gettext("The reader is not sure what this is.") if "kind" in self.doubts else ""
        return Field(
            ref="kind",
            name="kind",
            label=gettext("Document"),
            value=str(kind_words(known)) if known else "",
            raw=known,
            confidence=_confidence(self.values, "kind"),
            choices=(("", tuple((kind, str(words)) for kind, words in KINDS.items())),),
            person=self.people.get("kind", ""),
            learned=learned_words(self.values, "kind"),
            why=why,
        )

    def _reason(self) -> Field:
        code = str(self.values.get("reason") or "")
        why = ""
        if "reason" in self.doubts:
            unsure = gettext("The reader is not sure why.")
            why = unsure if code else gettext("No reason was found in the text.")
        alternatives = self.values.get("alternatives") or ()
        others = [str(each.get("reason")) for each in alternatives if each.get("reason") != code]
        return Field(
            ref="reason",
            name="reason",
            label=gettext("Reason"),
            value=reason_name(code, self.language) if code else "",
            note=code,
            raw=code,
            confidence=_confidence(self.values, "reason") if code else None,
            choices=reason_choices(self.language),
            others=tuple((each, reason_name(each, self.language)) for each in others[:2]),
            person=self.people.get("reason", ""),
            learned=learned_words(self.values, "reason"),
            why=why,
        )

    def _customer(self) -> Field:
        customer = self.checked.customer
        proven = {
            "sender": gettext("known sender"),
            "reference": gettext("the numbers are theirs"),
        }.get(self.checked.customer_why, "")
        why = ""
        if customer is None and self.contests:
            why = gettext("The address belongs to nobody we know, and no number says who it is.")
        return Field(
            ref="customer",
            name="customer",
            label=gettext("Customer"),
            value=customer.name if customer else "",
            note=customer.number if customer else "",
            proven=proven,
            person=self.people.get("customer", ""),
            why=why,
        )

    def _promise(self, promise: Mapping[str, Any]) -> Field:
        amount = self._written(promise.get("amount"))
        parts = [_promised_on(str(promise.get("date") or "")), amount]
        said = " · ".join(part for part in parts if part)
        person = self.people.get("promise.date") or self.people.get("promise.amount", "")
        return Field(ref="promise", label=gettext("Promise to pay"), value=said, person=person)

    def _no_invoice(self) -> Field:
        linked = self.checked.invoice
        return Field(
            ref="references.invoice:0",
            name="references.invoice",
            label=_number_label("invoice"),
            value=linked.number if linked else "",
            raw=linked.number if linked else "",
            proven=gettext("found through the delivery or the order") if linked else "",
            person=self.people.get("references.invoice", ""),
        )

    def _numbers_of(self, name: str, *, bare: bool = False) -> Iterator[Field]:
        printed = (self.values.get("references") or {}).get(name) or ()
        checked = self.checked.numbers.get(name) or ()
        for index, text in enumerate(printed):
            number = checked[index] if index < len(checked) else Number(str(text))
            plain = Field(
                ref=f"references.{name}:{index}",
                name=f"references.{name}",
                index=index,
                label=_number_label(name),
                value=number.printed,
                raw=number.printed,
                is_mono=True,
                person=self.people.get(f"references.{name}", ""),
            )
            yield plain if bare else self._compared(plain, number)

    def _compared(self, one: Field, number: Number) -> Field:
        if number.found is not None and not number.is_foreign:
            proven = gettext("found in our records")
            return replace(one, note=_about(number, self.language), proven=proven)
        if one.person:
            return one
        if number.is_foreign and number.found is not None:
            owner = number.found.customer.name
            why = gettext("This is a number of %(owner)s.") % {"owner": owner}
            return replace(one, why=why)
        why = _no_such(one.name.partition(".")[2])
        return replace(one, why=why, likely=number.likely, via=number.via)

    def _line(self, line: ReadLine) -> Iterator[Field]:
        billed = line.invoice_line
        words = line.description or (billed.description if billed else "")
        item = " ".join(part for part in (billed.sku if billed else "", words) if part)
        proven = gettext("on the invoice") if billed else ""
        if item:
            yield Field(ref="line", label=gettext("Item"), value=item[:120], proven=proven)
        if line.quantity is not None:
            quantity = format_number(line.quantity.normalize(), self.language)
            yield Field(ref="quantity", label=gettext("Quantity"), value=quantity)
        price = line.unit_price or (billed.unit_price if billed else None)
        if price is not None and line.quantity is not None:
            same = billed is not None and billed.unit_price == price
            billed_at = format_number(billed.unit_price, self.language, places=2) if billed else ""
            note = "" if same or not billed else gettext("invoiced at %(price)s")
            yield Field(
                ref="price",
                label=gettext("Unit price"),
                value=format_number(price, self.language, places=2),
                note=note % {"price": billed_at} if note else "",
                proven=gettext("equals the invoice") if same else "",
            )

    def _claimed(self) -> Field:
        one = self._amount("claimed_amount", gettext("Claimed"))
        if "claimed_amount" in self.doubts:
            return replace(one, why=gettext("It does not say how much. Write the amount with VAT."))
        lines, total = self.checked.lines, self.document.claimed_minor
        if not lines or sum(line.claimed_minor for line in lines) != (total or 0):
            return one
        if len(lines) > 1:
            return replace(one, proven=gettext("the lines add up to it"))
        line = lines[0]
        price = line.unit_price or (line.invoice_line.unit_price if line.invoice_line else None)
        if line.quantity is None or price is None:
            return one
        quantity = format_number(line.quantity.normalize(), self.language)
        each = format_number(price, self.language, places=2)
        factors = f"= {quantity} \u00d7 {each}"
        return replace(one, note=factors, proven=gettext("adds up"))

    def _amount(self, name: str, label: str) -> Field:
        raw = str(self.values.get(name) or "")
        return Field(
            ref=name,
            name=name,
            label=label,
            value=self._written(raw),
            raw=raw,
            person=self.people.get(name, ""),
        )

    def _currency(self) -> Field:
        return Field(
            ref="currency",
            name="currency",
            label=gettext("Currency"),
            why=gettext("No currency is printed. Write its three letters."),
            likely=self.checked.customer.currency if self.checked.customer else "",
        )

    def _written(self, text: object) -> str:
        """An amount of a reading in the reader's way of writing it; as printed without currency."""
        currency = self.document.currency
        minor = amount_in({"it": text}, "it", currency)
        if minor is None:
            return str(text or "")
        return money_text(minor, currency, self.language)


def _about(number: Number, language: str) -> str:
    row = number.found
    if isinstance(row, Invoice) and number.open_minor is not None:
        left = format_amount(number.open_minor, row.currency, language)
        return gettext("%(amount)s open") % {"amount": left}
    if isinstance(row, Delivery):
        return day(row.delivered_date or row.shipped_date)
    if isinstance(row, Order):
        return day(row.order_date)
    return ""


def _number_label(name: str) -> str:
    labels = {
        "invoice": pgettext("document", "Invoice"),
        "delivery": gettext("Delivery"),
        "order": pgettext("document", "Order"),
        "claim": gettext("Their number"),
        "customer": gettext("Our number for them"),
        "promotion": gettext("Promotion"),
        "return": gettext("Return"),
    }
    return labels.get(name, name)


def _promised_on(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def _no_such(name: str) -> str:
    sentences = {
        "invoice": gettext("No such invoice."),
        "delivery": gettext("No such delivery."),
        "order": gettext("No such order."),
    }
    return sentences.get(name, "")


def _confidence(values: Mapping[str, Any], name: str) -> Decimal | None:
    share = values.get(f"{name}_confidence")
    if name in (values.get("corrected") or ()) or not isinstance(share, int | float):
        return None
    return Decimal(str(share))


def marks_in(values: Mapping[str, Any], fields: Sequence[Field]) -> Iterator[Mark]:
    """This will be the places of a reading, each tied to its field; others are left out."""
    for each in values.get("evidence") or ():
        if not isinstance(each, Mapping):
            continue
        text = str(each.get("text") or "")
        found = _field_of(str(each.get("field") or ""), text, fields)
        if found is not None:
            yield Mark(
                ref=found.ref,
                label=found.label,
                text=text,
                start=_offset(each.get("start")),
                end=_offset(each.get("end")),
                part=str(each.get("part") or ""),
                is_doubtful=found.is_doubtful,
            )


def _field_of(name: str, text: str, fields: Iterable[Field]) -> Field | None:
    line = ".".join(name.split(".")[:2])
    named = [one for one in fields if name in {one.name, one.ref} or line == one.ref]
    same = (one for one in named if text and text.strip() in {one.raw, one.value})
    return next(same, named[0] if named else None)


def _offset(value: object) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None
