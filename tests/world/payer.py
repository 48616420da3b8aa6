"""A customer that owes a thousand, a payment nobody can place, and the books that must hold."""

from __future__ import annotations

from django.db.models import Sum
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice

from concilia.cash.actions import PersonsLine, PersonsSplit, post_split
from concilia.cash.models import Match
from concilia.ledger.models import JournalLine
from concilia.receivables.models import BankEntry, OpenItem
from concilia.reporting.queries.invariants import check_invariants

IBAN = "DE89370400440532013000"


def balance(account: str) -> int:
    """Debit minus credit of an account role, over everything."""
    sums = JournalLine.objects.filter(account=account).aggregate(
        d=Sum("debit_minor"), c=Sum("credit_minor")
    )
    return (sums["d"] or 0) - (sums["c"] or 0)


def all_holds() -> bool:
    """Whether every invariant holds; those that do not are named."""
    broken = [name for name, finding in check_invariants().items() if not finding.holds]
    assert broken == []
    return True


class World:
    """A customer that owes 1,000.00, and a payment of 1,000.00 nobody can place."""

    def __init__(self) -> None:
        self.entity = an_entity()
        self.customer = a_customer(self.entity)
        self.member = a_member(self.entity)
        self.invoice = an_invoice(self.customer, [("A", "10", "100.00", 0)])
        self.item = OpenItem.objects.get(invoice=self.invoice)
        a_loaded_statement(self.entity, paid(100_000, "NESSUNA CAUSALE", payer_name="?"))
        self.entry = BankEntry.objects.get()

    def line(self, applied: int, **changes: object) -> PersonsLine:
        """What a person says of the item, in minor units."""
        return PersonsLine(item_id=self.item.pk, applied_minor=applied, **changes)

    def split(self, *lines: PersonsLine, customer_id: int | None = None) -> Match:
        """Post the payment as the person says."""
        return post_split(
            bank_entry_id=self.entry.pk,
            split=PersonsSplit(customer_id=customer_id or self.customer.pk, lines=lines),
            member=self.member,
            at=NOON,
        )

    def pay(self, amount: int, text: str, name: str = "ST-2", **changes: object) -> BankEntry:
        """One more payment, on a statement of its own."""
        fields = {"key": f"{name}-{amount}"} | changes
        a_loaded_statement(self.entity, paid(amount, text, **fields), name=name)
        return BankEntry.objects.latest("pk")
