"""A payer whose payments name nothing, and a clerk who decides what they settle."""

from __future__ import annotations

from datetime import timedelta

from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_entity, an_iban, an_open_item
from tests.world.payer import IBAN

from concilia.cash.actions import PersonsLine, PersonsSplit, post_split, reverse_match
from concilia.cash.models import Match
from concilia.cash.queries.habits import habits_of
from concilia.customers.models import Customer, PayerAlias
from concilia.receivables.models import BankEntry, OpenItem


class PayingOffice:
    """One payer, one clerk; every payment comes on a statement of its own."""

    def __init__(self) -> None:
        self.entity = an_entity()
        self.member = a_member(self.entity)
        self.customer = a_customer(self.entity, "Rossi Alimentari S.r.l.")
        an_iban(self.customer, IBAN)
        self.serial = 0

    def items(self, count: int, amount: int = 10_000, who: Customer | None = None):
        return [
            an_open_item(who or self.customer, amount, due_date=TODAY - timedelta(days=60 - place))
            for place in range(count)
        ]

    def pay(self, amount: int, **changes: object) -> BankEntry:
        self.serial += 1
        name = f"ST-{self.serial}"
        fields = {"payer_iban": IBAN, "payer_name": "ROSSI ALIMENTARI SRL", "key": name} | changes
        a_loaded_statement(
            self.entity, paid(amount, str(fields.pop("text", "")), **fields), name=name
        )
        return BankEntry.objects.latest("pk")

    def decide(self, entry: BankEntry, *items: OpenItem, who: Customer | None = None) -> Match:
        lines = [PersonsLine(item_id=one.pk, applied_minor=one.open_minor) for one in items]
        split = PersonsSplit(customer_id=(who or self.customer).pk, lines=lines)
        return post_split(bank_entry_id=entry.pk, split=split, member=self.member, at=NOON)

    def take_back(self, match: Match) -> Match:
        return reverse_match(match_id=match.pk, reason="wrong", member=self.member, at=NOON)

    def aliases(self) -> set[tuple[str, int]]:
        """Accounts and names that are known, and how often each was confirmed."""
        return set(PayerAlias.objects.values_list("value", "hits"))

    def counts(self) -> dict[str, tuple[int, int]]:
        """Habits: how often people agreed and did not."""
        payers = {row.pk: str(row.payer_group_id or -row.pk) for row in Customer.objects.all()}
        return {one.kind: (one.confirmations, one.contradictions) for one in habits_of(payers)}


def live(entry: BankEntry) -> Match:
    """The live answer to an entry."""
    rows = Match.objects.select_related("bank_entry", "customer")
    return rows.get(bank_entry=entry, state__in=["POSTED", "PROPOSED", "OPEN"])
