"""The draft of a stated paper, and how the documents of a remittance or dispute settle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from concilia.documents.core.kinds import PROMOTION_REASONS
from concilia.documents.core.language import detect_language
from concilia.documents.core.line_reading import reason_of_words
from concilia.documents.core.stated import (
    Span,
    StatedAmount,
    StatedCode,
    StatedLine,
    StatedPaper,
    StatedReference,
)
from concilia.kernel.currencies import EXPONENTS

LINES_MAX: Final = 20_000
REFERENCES_MAX: Final = 5_000
NOTES_MAX: Final = 200
PROMOTIONAL_MIN: Final = 0.6
ZERO: Final = Decimal(0)
NOBODYS: Final = frozenset({"", "0", "NA", "N/A", "NONE", "NULL", "UNKNOWN"})


@dataclass(slots=True)
class Cut:
    """Why something was taken off, and how much where that is said."""

    amount: Decimal | None = None
    code: StatedCode | None = None
    text: str = ""


@dataclass(slots=True)
class Item:
    """
    One document of a remittance, dispute or debit note, as its segments come in.

    `kind` is that of its number; `is_credit` of a credit note, whose amounts are negative;
    `is_debit` of the payer's own debit note, which takes off all it says.
    """

    document: str | None = None
    kind: str = "invoice"
    is_credit: bool = False
    is_debit: bool = False
    invoiced: Decimal | None = None
    paid: Decimal | None = None
    discount: Decimal | None = None
    cuts: list[Cut] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    places: dict[str, Span] = field(default_factory=dict)
    references: list[StatedReference] = field(default_factory=list)

    def put(self, name: str, value: Decimal | None, place: Span) -> None:
        """Set an amount by its field and remember where it stands; the first one counts."""
        if value is not None and getattr(self, name) is None:
            setattr(self, name, value)
            self.places[name] = place

    @property
    def deducted(self) -> Decimal | None:
        """
        What was taken off: billed less paid less discount, else what the reasons say.

        None where nothing was.
        """
        if self.is_credit:
            return None
        if self.is_debit and self.paid is not None:
            return abs(self.paid) or None
        if self.invoiced is not None and self.paid is not None:
            missing = self.invoiced - self.paid - (self.discount or ZERO)
            return missing if missing > 0 else None
        said = [cut.amount for cut in self.cuts if cut.amount is not None]
        whole = sum(said, ZERO)
        return whole if whole > 0 else None

    def stated(self) -> Iterator[StatedLine]:
        """Yield the document as lines: one for each reason where each says its amount."""
        deducted = self.deducted
        shares = self._shares(deducted) if deducted is not None else [(None, None, "")]
        for number, (amount, code, text) in enumerate(shares):
            said = text or " ".join(self.texts)
            yield StatedLine(
                document=self.document,
                invoiced=self._signed(self.invoiced) if number == 0 else None,
                paid=self._signed(self.paid) if number == 0 else None,
                discount=abs(self.discount) if self.discount and number == 0 else None,
                deducted=amount,
                code=code,
                text=said or None,
                places=self._places(amount) if number == 0 else self._named(),
            )

    def _shares(self, deducted: Decimal) -> list[tuple[Decimal | None, StatedCode | None, str]]:
        said = [cut for cut in self.cuts if cut.amount is not None and cut.amount > 0]
        whole = sum((cut.amount for cut in said if cut.amount is not None), ZERO)
        if len(said) > 1 and whole <= deducted:
            shares = [(cut.amount, cut.code, cut.text) for cut in said]
            rest = deducted - whole
            return [*shares, (rest, None, "")] if rest else [*shares]
        coded = [cut for cut in self.cuts if cut.code is not None]
        best = max(coded, key=lambda cut: cut.amount or ZERO, default=None)
        text = " ".join(dict.fromkeys(cut.text for cut in self.cuts if cut.text))
        return [(deducted, best.code if best else None, text)]

    def _signed(self, value: Decimal | None) -> Decimal | None:
        return -abs(value) if self.is_credit and value is not None else value

    def _places(self, deducted: Decimal | None) -> dict[str, Span]:
        return {
            name: place
            for name, place in self.places.items()
            if name != "deducted" or deducted is not None
        }

    def _named(self) -> dict[str, Span]:
        return {name: place for name, place in self.places.items() if name == "document"}


class Draft:
    """A stated paper while its message is read."""

    def __init__(self) -> None:
        self.kind = "other"
        self.kind_place: Span | None = None
        self.currency: str | None = None
        self.total: StatedAmount | None = None
        self.claimed: StatedAmount | None = None
        self.codes: list[StatedCode] = []
        self.notes: list[Span] = []
        self.items: list[Item] = []
        self.lines: list[StatedLine] = []
        self.metadata: dict[str, str] = {}
        self.warnings: list[str] = []
        self._references: dict[tuple[str, str], StatedReference] = {}

    def refer(self, kind: str | None, value: str, place: Span) -> None:
        """Note a number of a known kind, once; numbers that say nothing are left out."""
        if kind is None or value.upper() in NOBODYS or len(self._references) >= REFERENCES_MAX:
            return
        self._references.setdefault((kind, value), StatedReference(kind, value, place))

    def own_up(self) -> None:
        """This will make the message's own number the sender's, and its total what is claimed."""
        own = self._references.pop(("invoice", self.metadata.get("number", "")), None)
        if own is not None:
            self.refer("claim", own.value, own.place)
        self.claimed = self.total

    def note(self, place: Span) -> None:
        """Note free text, which is read where no code says why."""
        if len(self.notes) < NOTES_MAX and place[1] > place[0]:
            self.notes.append(place)

    def say(self, name: str, value: str | None) -> None:
        """Keep a property of the document; the first one counts."""
        if value:
            self.metadata.setdefault(name, value)

    def describe(self, kind: str, place: Span) -> None:
        """Say what the message is."""
        self.kind, self.kind_place = kind, place

    def amount(self, value: Decimal | None, place: Span) -> StatedAmount | None:
        """Return an amount with its place, None where there is none."""
        return None if value is None else StatedAmount(value, place)

    def settle(self) -> None:
        """This will turn the items into lines; a remittance refers to the documents it cut."""
        for item in self.items:
            stated = tuple(item.stated())
            if len(self.lines) + len(stated) > LINES_MAX:
                self.warnings.append(f"lines beyond {LINES_MAX} are left out")
                break
            self.lines.extend(stated)
            if self.kind != "remittance_advice" or any(line.deducted for line in stated):
                self._refer_item(item)

    def _refer_item(self, item: Item) -> None:
        if item.document:
            self.refer(item.kind, item.document, item.places.get("document", (0, 0)))
        for each in item.references:
            self.refer(each.kind, each.value, each.place)

    @property
    def paper(self) -> StatedPaper:
        """Return what has been stated."""
        return StatedPaper(
            kind=self.kind,
            kind_place=self.kind_place,
            references=tuple(self._references.values()),
            currency=self.currency,
            total=self.total,
            claimed=self.claimed,
            lines=tuple(self.lines),
            codes=tuple(self.codes),
            notes=tuple(self.notes),
        )


def currency_of(code: str) -> str | None:
    """Return a currency code if it is one."""
    return code if code in EXPONENTS else None


def is_promotional(words: str) -> bool:
    """Whether the words name a service that suppliers pay their customers for."""
    said = reason_of_words(words, detect_language(words))
    return (
        said is not None and said.label in PROMOTION_REASONS and said.confidence >= PROMOTIONAL_MIN
    )
