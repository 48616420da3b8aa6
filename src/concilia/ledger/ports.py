"""What an ERP must be able to do for us, and the values that cross the border (domain.md §7.4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Final, Protocol, Self, runtime_checkable

from concilia.foundation.plugins import Registry
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry

# Crockford's base 32: no letter that a person on the phone takes for a digit.
REF_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REF_LENGTH: Final = 16


class PostingFailed(Exception):
    """
    The ERP did not confirm the posting; the message is one sentence for a person.

    :param permanent: trying the same again cannot help
    :param lost: nobody knows whether the ERP booked it; look it up before anything else
    :param code: a stable word for statistics and tests, for example `unreachable`
    """

    def __init__(
        self, message: str, *, permanent: bool, lost: bool = False, code: str = "refused"
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.lost = lost
        self.code = code


class AmountsDiffer(PostingFailed):
    """The ERP holds the document with other amounts than ours: a person must look (P-5)."""

    def __init__(self, message: str, *, posted: bool) -> None:
        super().__init__(message, permanent=True, lost=posted, code="amounts_differ")


class ConfigurationInvalid(ValueError):
    """A connector cannot work with these settings; the message says which and why."""


class DocumentType(StrEnum):
    """What the ERP is asked to make."""

    CREDIT_NOTE = "CREDIT_NOTE"
    INVOICE = "INVOICE"
    DEBIT_NOTE = "DEBIT_NOTE"
    JOURNAL = "JOURNAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingLine:
    """
    One line to post. Exactly one of debit and credit is above zero; both are minor units.

    :param account: the ERP's own account where it overrides the mapping of the role
    :param partner: the customer's number in the ERP
    :param ref_item: the number of the document whose open item the line changes
    """

    role: AccountRole
    debit_minor: int = 0
    credit_minor: int = 0
    text: str = ""
    account: str | None = None
    partner: str | None = None
    vat_bp: int | None = None
    tax_code: str | None = None
    cost_object: str | None = None
    assignment: str | None = None
    ref_item: str | None = None

    @property
    def net_minor(self) -> int:
        """Debit minus credit, in minor units."""
        return self.debit_minor - self.credit_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingRequest:
    """
    One document the ERP shall hold exactly once.

    :param posting_id: UUID of the posting, as text
    :param external_ref: short unique key the ERP stores with the document; found again by it
    :param partner: the customer's number in the ERP, `None` for entries without a customer
    :param references: numbers of the ERP's own documents this one refers to, first the invoice
    :param text: one line for the reader of the document
    :param fiscal_type: the document type of the country, for example `TD04` or `381`
    """

    posting_id: str
    idempotency_key: str
    external_ref: str
    company: str
    document_type: DocumentType
    document_date: date
    posting_date: date
    currency: str
    lines: tuple[PostingLine, ...]
    value_date: date | None = None
    partner: str | None = None
    text: str = ""
    references: tuple[str, ...] = ()
    fiscal_type: str | None = None
    attachments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if sum(line.net_minor for line in self.lines) != 0:
            raise ValueError(f"{self.external_ref}: the lines do not balance")

    @property
    def totals(self) -> Totals:
        """
        The amounts of the document: VAT apart, and without what the customer owes or is owed.

        A journal entry has no such parts: its net is the sum of its debits.
        """
        if self.document_type is DocumentType.JOURNAL:
            debits = sum(line.debit_minor for line in self.lines)
            return Totals(currency=self.currency, net_minor=debits, vat_minor=0)
        vat = sum(abs(line.net_minor) for line in self.lines if line.role in VAT_ROLES)
        rest = [line for line in self.lines if line.role not in VAT_ROLES | COUNTER_ROLES]
        net = abs(sum(line.net_minor for line in rest))
        return Totals(currency=self.currency, net_minor=net, vat_minor=vat)

    def as_json(self) -> dict[str, Any]:
        """This will be the request in plain JSON values; dates as ISO 8601."""
        values = asdict(self)
        for name in ("document_date", "posting_date", "value_date"):
            values[name] = values[name].isoformat() if values[name] else None
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> PostingRequest:
        """This will read back what `as_json` wrote."""
        plain = dict(values)
        for name in ("document_date", "posting_date", "value_date"):
            plain[name] = date.fromisoformat(plain[name]) if plain[name] else None
        plain["document_type"] = DocumentType(plain["document_type"])
        plain["references"] = tuple(plain["references"])
        plain["attachments"] = tuple(plain["attachments"])
        plain["lines"] = tuple(
            PostingLine(**{**line, "role": AccountRole(line["role"])}) for line in plain["lines"]
        )
        return cls(**plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a document adds up to, in minor units, without a sign."""

    currency: str
    net_minor: int
    vat_minor: int

    @property
    def gross_minor(self) -> int:
        """Net and VAT together."""
        return self.net_minor + self.vat_minor


VAT_ROLES: Final = frozenset({AccountRole.VAT_OUT, AccountRole.VAT_IN})

# The lines a sales document makes by itself in every ERP: what the customer owes, or is owed.
COUNTER_ROLES: Final = frozenset(
    {AccountRole.AR, AccountRole.AR_DEDUCTION, AccountRole.UNAPPLIED_CASH}
)


class PostingStatus(StrEnum):
    """
    What the ERP says. ACCEPTED: it has the posting and will answer later; look it up again.

    DUPLICATE is POSTED by an earlier call: the document is there, and this call made none.
    """

    ACCEPTED = "ACCEPTED"
    POSTED = "POSTED"
    REJECTED = "REJECTED"
    DUPLICATE = "DUPLICATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingResult:
    """
    What the ERP holds for an external reference.

    :param erp_document: the ERP's internal key of the document
    :param erp_number: its printed number; empty until the ERP has booked it
    :param fiscal_number: the number the tax authority knows, where that is another one
    :param totals: the amounts as the ERP states them; `None` where it does not say
    :param notes: what went through but deserves a look, one sentence each
    :param error: why it is REJECTED
    """

    external_ref: str
    status: PostingStatus
    erp_document: str = ""
    erp_number: str = ""
    fiscal_number: str | None = None
    erp_period: str | None = None
    totals: Totals | None = None
    notes: tuple[str, ...] = ()
    error: str = ""

    @property
    def is_booked(self) -> bool:
        """Whether the document stands in the ERP's books."""
        return self.status in {PostingStatus.POSTED, PostingStatus.DUPLICATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """
    One value a connector wants from the person who sets it up.

    :param lines: it is several lines of text
    """

    name: str
    label: str
    required: bool = True
    secret: bool = False
    lines: bool = False
    help_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErpHealth:
    """Whether a connector can work, and if not, why: one sentence for each problem."""

    reachable: bool
    problems: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether a posting sent now has a chance."""
        return self.reachable and not self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class ErpOpenItem:
    """An open item as the ERP states it; amounts in minor units, debits positive."""

    document_number: str
    partner: str
    currency: str
    original_minor: int
    open_minor: int
    due_date: date | None
    changed_at: datetime | None = field(default=None)


@runtime_checkable
class Erp(Protocol):
    """One ERP a company keeps its books in."""

    name: ClassVar[str]
    label: ClassVar[str]
    settings: ClassVar[tuple[Setting, ...]]

    @classmethod
    def configured(cls, values: Mapping[str, Any]) -> Self:
        """
        This will be a connector for these settings; nothing is called yet.

        :raises ConfigurationInvalid: if one is missing or cannot be right
        """
        ...

    def check(self) -> ErpHealth:
        """This will try to reach the ERP and compare the settings with what it has."""
        ...

    def find(self, external_ref: str) -> PostingResult | None:
        """
        This will look a document up by our reference, without changing anything.

        :return: `None` only if the ERP certainly holds no booked document of that reference
        :raises PostingFailed: if the ERP could not be asked
        """
        ...

    def post(self, request: PostingRequest) -> PostingResult:
        """
        This will make sure that the ERP holds the document exactly once, and say its number.

        It looks the reference up first, so that calling it again after any failure is safe (P-1).

        :raises PostingFailed: if the ERP refused it, or did not answer
        """
        ...

    def read_open_items(self, since: datetime | None) -> Iterator[ErpOpenItem]:
        """
        This will read the receivables, or those changed since a moment (UTC), in the ERP's order.

        :raises PostingFailed: if the ERP could not be asked, or cannot answer this question
        """
        ...


ERPS: Registry[Erp] = Registry("concilia.erps")


def idempotency_key(
    *, tenant: str, company: str, resolution: str, action: str, version: int
) -> str:
    """This will be the key under which one decision is posted once: SHA-256 in hex (§7.4)."""
    parts = (tenant, company, resolution, action, str(version))
    if any("|" in part for part in parts):
        raise ValueError("a part of an idempotency key holds no '|'")
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def external_ref(key: str, *, prefix: str = "CN") -> str:
    """
    This will be the short reference an ERP can store: the prefix and 80 bits of the key.

    :param key: an idempotency key; the same key gives the same reference
    """
    number = int(key[:20], 16)
    digits = [REF_ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(REF_LENGTH))]
    return prefix + "".join(digits)


def posting_lines(
    entry: Entry, *, partner: str | None, ref_item: str | None = None, text: str = ""
) -> tuple[PostingLine, ...]:
    """
    This will be an entry of ours as lines for the ERP, one for one.

    :param partner: the customer's number in the ERP, put on the receivable lines
    :param ref_item: the number of the ERP's document that the receivable lines change
    """
    return tuple(
        PostingLine(
            role=line.role,
            debit_minor=line.debit_minor,
            credit_minor=line.credit_minor,
            text=text,
            partner=partner if line.customer_id is not None else None,
            vat_bp=line.vat_bp,
            tax_code=line.tax_code,
            ref_item=ref_item if line.item_id is not None else None,
        )
        for line in entry.lines
    )


def require_same_amounts(request: PostingRequest, result: PostingResult) -> PostingResult:
    """
    This will be the result, if the ERP states the amounts we asked for (P-5).

    :raises AmountsDiffer: if not; the posting then waits for a person
    """
    wanted = request.totals
    if result.totals is not None and result.totals != wanted:
        raise AmountsDiffer(
            f"{result.erp_number or result.external_ref}: asked for {wanted.net_minor} net and "
            f"{wanted.vat_minor} VAT, the ERP holds {result.totals.net_minor} and "
            f"{result.totals.vat_minor}",
            posted=result.is_booked,
        )
    return result
