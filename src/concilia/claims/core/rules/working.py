"""The working-out all rules share: pricing a line, writing the arithmetic, splitting the amount."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from concilia.claims.core.amounts import price_of
from concilia.claims.core.facts import ZERO, ClaimFacts, InvoiceLineFact, LineFact, VatBasis
from concilia.claims.core.findings import Factor, LineVerdict, Part, Rule
from concilia.claims.core.messages import Message, price, quantity, say, text
from concilia.kernel.currencies import exponent_of
from concilia.kernel.numbers import BASIS_POINTS, to_places

# Two honest ways of rounding VAT differ by one unit: not a reason to argue with a customer.
ROUNDING_MINOR: Final = 1
PRICE_PLACES: Final = 6

Used = defaultdict[tuple[str, str], Decimal]
Judge = Callable[[ClaimFacts, LineFact, Used], LineVerdict]
JudgeLines = Callable[[ClaimFacts, Sequence[LineFact]], tuple[LineVerdict, ...]]


class NeedsPerson(Exception):
    """The facts do not settle a line; says why, and which papers would."""

    def __init__(
        self, why: Message, missing: tuple[str, ...] = (), evidence: tuple[str, ...] = ()
    ) -> None:
        super().__init__(why.key)
        self.why = why
        self.missing = missing
        self.evidence = evidence


@dataclass(frozen=True, slots=True)
class Priced:
    """
    A claim line beside its invoice position: claimed and invoiced quantity, net price per unit.

    `less` is the price that should have been charged, for rules about price. `vat_bp` is the
    position's rate; `basis_is_assumed` says that the amount fits neither with nor without VAT.
    """

    quantity: Decimal
    invoiced: Decimal
    unit_price: Decimal
    vat_bp: int
    basis: VatBasis
    basis_is_assumed: bool
    less: Decimal | None = None

    @property
    def value(self) -> Decimal:
        """What one unit is worth in this claim, net."""
        return self.unit_price - (self.less or ZERO)

    @property
    def added_vat_bp(self) -> int:
        """The VAT to add so that amounts compare with what the customer claims."""
        return self.vat_bp if self.basis is VatBasis.GROSS else 0


@dataclass(frozen=True, slots=True)
class Proof:
    """How many units the papers prove, what they say, why not more."""

    quantity: Decimal
    proven: Message
    why: tuple[Message, ...] = ()
    evidence: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def by_line(
    rule: Rule, judge: Judge, facts: ClaimFacts, lines: Sequence[LineFact]
) -> tuple[LineVerdict, ...]:
    """
    Judge each line on its own, counting what earlier lines of the claim used up.

    A line the facts do not settle is left undecided: never refused for want of a paper.
    """
    used: Used = defaultdict(Decimal)
    found = []
    for line in lines:
        try:
            found.append(judge(facts, line, used))
        except NeedsPerson as stop:
            found.append(undecided(rule, facts, line, stop))
    return tuple(found)


def undecided(rule: Rule, facts: ClaimFacts, line: LineFact, stop: NeedsPerson) -> LineVerdict:
    """Leave a whole line to a person."""
    return LineVerdict(
        n=line.n,
        reason=facts.reason_of(line),
        rule=rule,
        claimed_minor=line.claimed_minor,
        valid_minor=0,
        not_valid_minor=0,
        undecided_minor=line.claimed_minor,
        proven=say("not_yet_proven"),
        why=(stop.why,),
        factors=(_claimed(facts, line, line.claimed_unit_price, 0),),
        evidence=stop.evidence,
        missing=stop.missing,
    )


def grant_amount(
    rule: Rule, facts: ClaimFacts, line: LineFact, *, valid: Factor, proof: Proof
) -> LineVerdict:
    """Grant an amount that no quantity stands behind: a charge, a discount, an invoice."""
    granted = min(valid.amount_minor, line.claimed_minor)
    factor = valid if granted == valid.amount_minor else Factor(Part.VALID, granted)
    refused = line.claimed_minor - granted
    return LineVerdict(
        n=line.n,
        reason=facts.reason_of(line),
        rule=rule,
        claimed_minor=line.claimed_minor,
        valid_minor=granted,
        not_valid_minor=refused,
        undecided_minor=0,
        proven=proof.proven,
        why=_added(proof) if refused else (),
        factors=tuple(
            item
            for item in (
                Factor(Part.CLAIMED, line.claimed_minor),
                factor,
                Factor(Part.NOT_VALID, refused),
            )
            if item.amount_minor
        ),
        evidence=proof.evidence,
        missing=proof.missing if refused else (),
    )


def grant_quantity(
    rule: Rule, facts: ClaimFacts, line: LineFact, priced: Priced, proof: Proof
) -> LineVerdict:
    """Grant the proven units at the invoice's price, never more than is claimed."""
    units = min(priced.quantity, proof.quantity)
    computed = price_of(units, priced.value, facts.currency, vat_bp=priced.added_vat_bp)
    valid = min(computed, line.claimed_minor)
    if units == priced.quantity and line.claimed_minor - computed <= ROUNDING_MINOR:
        valid = line.claimed_minor
    refused = line.claimed_minor - valid
    return LineVerdict(
        n=line.n,
        reason=facts.reason_of(line),
        rule=rule,
        claimed_minor=line.claimed_minor,
        valid_minor=valid,
        not_valid_minor=refused,
        undecided_minor=0,
        proven=proof.proven,
        why=(*(_added(proof) if refused else ()), *_remarks(line, priced, refused)),
        factors=_factors(facts, line, priced, units, valid),
        evidence=proof.evidence,
        missing=proof.missing if refused else (),
        vat_basis=priced.basis,
        vat_bp=priced.vat_bp,
    )


def price_line(facts: ClaimFacts, line: LineFact, *, less: Decimal | None = None) -> Priced:
    """
    Find the invoice position a line speaks of, the quantity claimed and how VAT was counted.

    :param less: the price that should have been charged, where only the difference is claimed
    :raises NeedsPerson: if there is no such invoice or position, or the quantity cannot be known
    """
    position = position_of(facts, line)
    unit = unit_price_of(position, facts.currency)
    value = unit - (less or ZERO)
    units = line.claimed_quantity
    if units is None:
        units = _derived_quantity(facts, line, position, value)
    basis, is_assumed = _basis(facts, line, units, value, position.vat_bp)
    return Priced(units, position.quantity, unit, position.vat_bp, basis, is_assumed, less)


def position_of(facts: ClaimFacts, line: LineFact) -> InvoiceLineFact:
    """
    Return the invoice position a line speaks of.

    :raises NeedsPerson: if the invoice is not known, or the article is not on it
    """
    invoice = facts.invoice_of(line)
    if invoice is None:
        raise NeedsPerson(say("invoice_unknown"), missing=("INV",))
    position = facts.invoice_line_of(line)
    if position is None:
        raise NeedsPerson(
            say(
                "article_not_invoiced",
                text("article", line.sku or line.description),
                text("invoice", invoice.number),
            ),
            evidence=facts.refs("INV"),
        )
    return position


def unit_price_of(position: InvoiceLineFact, currency: str) -> Decimal:
    """Return the net price per unit really charged: line discounts are in the line's total."""
    stated = price_of(position.quantity, position.unit_price, currency)
    if position.quantity == 0 or abs(stated - position.net_minor) <= ROUNDING_MINOR:
        return position.unit_price
    major = Fraction(position.net_minor, 10 ** exponent_of(currency))
    return to_places(major / Fraction(position.quantity), PRICE_PLACES)


def key_of(facts: ClaimFacts, line: LineFact) -> tuple[str, str]:
    """Name the article of the invoice a line draws on, to count it once per claim."""
    invoice = facts.invoice_of(line)
    return (invoice.number if invoice else line.invoice, line.sku)


def granted_before(
    facts: ClaimFacts, line: LineFact, reasons: frozenset[str]
) -> tuple[Decimal, tuple[Message, ...]]:
    """Return the units earlier claims were granted for the same event, and the sentence."""
    same = facts.earlier_of(line, reasons)
    units = sum((item.approved_quantity for item in same), ZERO)
    if not units:
        return ZERO, ()
    claims = ", ".join(sorted({item.reference for item in same}))
    return units, (say("granted_before", quantity("quantity", units), text("claims", claims)),)


def _derived_quantity(
    facts: ClaimFacts, line: LineFact, position: InvoiceLineFact, value: Decimal
) -> Decimal:
    """Find the whole number of units the claimed amount is the price of, with VAT first."""
    for vat_bp in (position.vat_bp, 0):
        one = Fraction(value) * Fraction(BASIS_POINTS + vat_bp, BASIS_POINTS)
        minor = one * 10 ** exponent_of(facts.currency)
        units = Decimal(round(line.claimed_minor / minor)) if minor > 0 else ZERO
        if units and price_of(units, value, facts.currency, vat_bp=vat_bp) == line.claimed_minor:
            return units
    raise NeedsPerson(say("quantity_not_stated"), missing=("DN",), evidence=facts.refs("DN"))


def _basis(
    facts: ClaimFacts, line: LineFact, units: Decimal, value: Decimal, vat_bp: int
) -> tuple[VatBasis, bool]:
    """Say whether the customer counted with VAT; True beside it where that had to be assumed."""
    if vat_bp == 0:
        return VatBasis.NO_VAT, False
    if facts.vat_basis is not None:
        said = facts.vat_basis
        return (VatBasis.GROSS if said is VatBasis.GROSS else VatBasis.NET), False
    gross = price_of(units, value, facts.currency, vat_bp=vat_bp)
    net = price_of(units, value, facts.currency)
    off_gross, off_net = abs(line.claimed_minor - gross), abs(line.claimed_minor - net)
    nearest = VatBasis.GROSS if off_gross < off_net else VatBasis.NET
    return nearest, min(off_gross, off_net) > ROUNDING_MINOR


def _added(proof: Proof) -> tuple[Message, ...]:
    """Leave out what `proven` says already."""
    return tuple(said for said in proof.why if said != proof.proven)


def _remarks(line: LineFact, priced: Priced, refused: int) -> tuple[Message, ...]:
    said = []
    theirs = line.claimed_unit_price
    if refused and priced.less is None and theirs is not None and theirs > priced.unit_price:
        said.append(
            say("their_price_is_higher", price("theirs", theirs), price("ours", priced.unit_price))
        )
    if refused == line.claimed_minor:
        return tuple(said)
    if priced.basis_is_assumed:
        said.append(say("vat_basis_assumed_" + priced.basis.lower()))
    elif priced.basis is not VatBasis.NO_VAT:
        said.append(say("vat_basis_" + priced.basis.lower()))
    return tuple(said)


def _factors(
    facts: ClaimFacts, line: LineFact, priced: Priced, units: Decimal, valid: int
) -> tuple[Factor, ...]:
    refused = line.claimed_minor - valid
    found = [
        _claimed(facts, line, line.claimed_unit_price or priced.unit_price, priced.added_vat_bp)
    ]
    if priced.less is not None or found[0].quantity is None:
        found = [_written(facts, Part.CLAIMED, line.claimed_minor, priced.quantity, priced)]
    if valid:
        found.append(_written(facts, Part.VALID, valid, units, priced))
    if refused:
        found.append(_written(facts, Part.NOT_VALID, refused, priced.quantity - units, priced))
    return tuple(found)


def _claimed(facts: ClaimFacts, line: LineFact, unit: Decimal | None, vat_bp: int) -> Factor:
    bare = Factor(Part.CLAIMED, line.claimed_minor)
    if line.claimed_quantity is None or unit is None:
        return bare
    factor = Factor(
        Part.CLAIMED,
        line.claimed_minor,
        quantity=line.claimed_quantity,
        unit_price=unit,
        vat_bp=vat_bp,
    )
    return factor if factor.recompute(facts.currency) == line.claimed_minor else bare


def _written(facts: ClaimFacts, part: Part, amount: int, units: Decimal, priced: Priced) -> Factor:
    """Write the arithmetic out where it gives the amount; else the amount stands alone."""
    if units <= 0:
        return Factor(part, amount)
    computed = price_of(units, priced.value, facts.currency, vat_bp=priced.added_vat_bp)
    rounding = amount - computed
    if abs(rounding) > ROUNDING_MINOR:
        return Factor(part, amount)
    return Factor(
        part,
        amount,
        quantity=units,
        unit_price=priced.unit_price,
        less_unit_price=priced.less,
        vat_bp=priced.added_vat_bp,
        rounding_minor=rounding,
    )
