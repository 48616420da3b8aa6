"""What the bank desk shows of statements: how far each is, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from concilia.cash.models import Allocation, Match
from concilia.customers.models import Customer
from concilia.receivables.models import BankEntry, BankStatement

WAITING: Final = (Match.State.PROPOSED, Match.State.OPEN)
LIVE: Final = (*WAITING, Match.State.POSTED)
SHOWN: Final = {"todo": WAITING, "advised": (Match.State.ADVISED,)}
SURE_RULES: Final = tuple(f"M{n}" for n in range(1, 10))
SURE_MAX: Final = 100
FEW: Final = 500
COUNTED_MAX: Final = 2_000
DIGITS_MAX: Final = 18  # what a 64-bit number holds
# What an explanation says when something speaks against the answer it explains.
DOUBTS: Final = frozenset(
    {
        "ambiguous",
        "by_chance",
        "contended",
        "contested",
        "duplicate",
        "exact_elsewhere",
        "gave_up",
        "other_customer",
        "payer_unsure",
        "recurring",
        "remittance_differs",
        "taken",
        "unknown_number",
    }
)


@dataclass(slots=True)
class Progress:
    """How many entries of a statement are where; `unasked` wait for the engine."""

    entries: int = 0
    credits: int = 0
    amount_minor: int = 0
    posted: int = 0
    proposed: int = 0
    open: int = 0
    returns: int = 0

    @property
    def unasked(self) -> int:
        """Entries the engine has not answered yet."""
        return self.entries - self.posted - self.proposed - self.open

    @property
    def left(self) -> int:
        """What waits for a person."""
        return self.proposed + self.open


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with its account and how far it is; `returns` are money taken back."""

    statement: BankStatement
    progress: Progress


@dataclass(frozen=True, slots=True)
class Sure:
    """Proposals that nothing speaks against: may be confirmed together."""

    match_ids: tuple[int, ...] = ()
    totals: dict[str, int] = field(default_factory=dict)


def statements(*, entity_id: int) -> QuerySet[BankStatement]:
    """All statements with their accounts, the newest first."""
    return (
        BankStatement.objects.filter(entity=entity_id)
        .select_related("account")
        .order_by("-statement_date", "-pk")
    )


def with_progress(rows: Iterable[BankStatement]) -> list[StatementRow]:
    """How far some statements are, in two queries however many there are."""
    page = list(rows)
    found = {row.pk: Progress() for row in page}
    entries = (
        BankEntry.objects.filter(statement__in=found)
        .values_list("statement", "is_return", "currency")
        .annotate(n=Count("pk"), total=Sum("amount_minor"))
    )
    currency = {row.pk: row.currency for row in page}
    for statement, is_return, code, n, total in entries:
        progress = found[statement]
        progress.entries += n
        progress.returns += n if is_return else 0
        if not is_return:
            progress.credits += n
            progress.amount_minor += total if code == currency[statement] else 0
    answers = (
        Match.objects.filter(bank_entry__statement__in=found, state__in=LIVE)
        .values_list("bank_entry__statement", "state")
        .annotate(n=Count("pk"))
    )
    for statement, state, n in answers:
        progress = found[statement]
        if state == Match.State.POSTED:
            progress.posted += n
        elif state == Match.State.PROPOSED:
            progress.proposed += n
        else:
            progress.open += n
    return [StatementRow(row, found[row.pk]) for row in page]


def current_statement(*, entity_id: int) -> BankStatement | None:
    """The newest statement on which something is left to do, else the newest of all."""
    waiting = Match.objects.filter(entity=entity_id, state__in=WAITING)
    rows = statements(entity_id=entity_id)
    return rows.filter(pk__in=waiting.values("bank_entry__statement")).first() or rows.first()


def neighbours(statement: BankStatement) -> tuple[BankStatement | None, BankStatement | None]:
    """The statements before and after this one, by day."""
    rows = statements(entity_id=statement.entity_id)
    here = Q(statement_date=statement.statement_date)
    earlier = rows.filter(
        Q(statement_date__lt=statement.statement_date) | (here & Q(pk__lt=statement.pk))
    ).first()
    later = (
        rows.filter(
            Q(statement_date__gt=statement.statement_date) | (here & Q(pk__gt=statement.pk))
        )
        .order_by("statement_date", "pk")
        .first()
    )
    return earlier, later


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries: of one statement or of all, what is left or everything, words, order."""

    statement_id: int | None = None
    show: str = "todo"
    words: str = ""
    sort: str = "sure"


# Between equals the number of the entry decides, which the answer knows: entries are numbered as
# they came.
SORTS: Final = {
    "sure": ("-state", "-confidence_bp", "bank_entry_id"),
    "amount": ("-bank_entry__amount_minor", "bank_entry_id"),
    "payer": ("bank_entry__payer_name", "bank_entry_id"),
    "oldest": ("bank_entry__value_date", "bank_entry_id"),
}


def left_to_do(*, entity_id: int, wanted: Wanted) -> QuerySet[Match]:
    """The entries of the list as their live answers, with entry and customer."""
    rows = _wanted(entity_id, wanted)
    if wanted.statement_id is None and wanted.sort in {"amount", "payer", "oldest"}:
        # It is the same entity: the indexes that put entries in order begin with it.
        rows = rows.filter(bank_entry__entity=entity_id)
    return rows.select_related("bank_entry", "customer", "decided_by").order_by(
        *SORTS.get(wanted.sort, SORTS["sure"])
    )


def count_of_list(rows: QuerySet[Match], *, entity_id: int, wanted: Wanted) -> int:
    """
    How many entries a list has; without a look at the entries where it can be.

    Of those with some words at most `COUNTED_MAX` are counted.

    :param rows: the list, as `left_to_do` gave it
    """
    if wanted.words:
        return rows.order_by()[:COUNTED_MAX].count()
    return _wanted(entity_id, wanted).count()


def _wanted(entity_id: int, wanted: Wanted) -> QuerySet[Match]:
    states = SHOWN.get(wanted.show, LIVE)
    rows = Match.objects.filter(entity=entity_id, state__in=states)
    if wanted.statement_id is not None:
        rows = rows.filter(bank_entry__statement=wanted.statement_id)
    if wanted.show == "returns":
        rows = rows.filter(bank_entry__is_return=True)
    return _said(rows, entity_id, wanted.words) if wanted.words else rows


def _said(rows: QuerySet[Match], entity_id: int, words: str) -> QuerySet[Match]:
    """
    Those with some words: where they are few, by their keys, which the words' index finds. What
    nearly all have is met at once by looking at one after the other; that it will be is known from
    the same words, in capitals, which the index has been counted by.
    """
    entries = BankEntry.objects.filter(_in_entry(words), entity=entity_id)
    few = list(entries.values_list("pk", flat=True)[: FEW + 1])
    if len(few) > FEW:
        names = ("bank_entry__payer_name", "bank_entry__text", "customer__name")
        found = reduce(or_, (Q(**{f"{name}__icontains": words}) for name in names))
        amount = _amount_in(words)
        return rows.filter(found | Q(bank_entry__amount_minor=amount) if amount else found)
    named = Customer.objects.filter(entity=entity_id, name__icontains=words)
    return rows.filter(Q(bank_entry__in=few) | Q(customer__in=named.values("pk")))


@dataclass(frozen=True, slots=True)
class InAnswer:
    """How many items an answer settles, and how many of them differ from what was paid."""

    items: int = 0
    differences: int = 0


def in_answers(matches: Iterable[Match]) -> dict[int, InAnswer]:
    """What is in some answers, by their keys; one query."""
    differs = ~Q(discount_minor=0) | ~Q(deduction_minor=0) | ~Q(writeoff_minor=0)
    rows = (
        Allocation.objects.filter(match__in=[match.pk for match in matches])
        .values_list("match")
        .annotate(items=Count("pk"), differences=Count("pk", filter=differs))
    )
    return {match: InAnswer(items, differences) for match, items, differences in rows}


def _in_entry(words: str) -> Q:
    found = Q(payer_name__icontains=words) | Q(text__icontains=words)
    amount = _amount_in(words)
    return found | Q(amount_minor=amount) if amount else found


def _amount_in(words: str) -> int | None:
    """The digits of some words as an amount in minor units; None where there are none."""
    digits = "".join(character for character in words if character.isdecimal())
    return int(digits) if digits and len(digits) <= DIGITS_MAX else None


def sure_ones(*, entity_id: int, statement_id: int | None) -> Sure:
    """
    Proposals of the list that a person may confirm together, up to 100.

    The rule looks at documents and sums (M1 to M9), no other answer is as good, nothing rests on
    account, nothing is contested, and no doubt stands in the explanation.
    """
    rows = Match.objects.filter(
        entity=entity_id,
        state=Match.State.PROPOSED,
        rule__in=SURE_RULES,
        alternatives=[],
        on_account_minor=0,
        bank_entry__is_return=False,
    )
    rows = rows.exclude(allocations__deduction_minor__gt=0)
    if statement_id is not None:
        rows = rows.filter(bank_entry__statement=statement_id)
    found = [
        (pk, currency, amount)
        for pk, currency, amount, parts in rows.order_by("pk").values_list(
            "pk", "currency", "bank_entry__amount_minor", "explanation__parts"
        )[:SURE_MAX]
        if not DOUBTS & {one["key"] for one in parts or ()}
    ]
    totals: dict[str, int] = {}
    for _, currency, amount in found:
        totals[currency] = totals.get(currency, 0) + amount
    return Sure(tuple(pk for pk, _, _ in found), totals)


def left_count(*, entity_id: int) -> int:
    """How many entries wait for a person; one indexed count."""
    return Match.objects.filter(entity=entity_id, state__in=WAITING).count()


def advised_count(*, entity_id: int) -> int:
    """Of how many posted payments the payer says otherwise; one indexed count."""
    return Match.objects.filter(entity=entity_id, state=Match.State.ADVISED).count()


def unasked_entries(*, statement_id: int) -> QuerySet[BankEntry]:
    """Entries the engine has not answered yet: the worker is at it."""
    answered = Match.objects.filter(bank_entry=OuterRef("pk"), state__in=LIVE)
    return BankEntry.objects.filter(~Exists(answered), statement=statement_id).order_by("n")
