"""Text rules in words, and what a form about one says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concilia.cash.core.aliases import is_iban
from concilia.cash.core.rules import LABEL_MAX, TEXT_MAX, RuleDraft
from concilia.cash.models import TextRule
from concilia.customers.models import Customer
from concilia.identity.models import Entity
from concilia.kernel.reasons import reason_name
from concilia.matching.payers import tidy_iban
from concilia.matching.rules import Meaning

Word = str | Promise
MEANINGS: Final[Mapping[str, Word]] = {
    Meaning.CUSTOMER: _("who pays"),
    Meaning.ELSEWHERE: _("no customer's payment"),
    Meaning.REASON: _("why less was paid"),
}
HABITS: Final[Mapping[str, Word]] = {
    "statement": _("pays whole statements"),
    "oldest": _("pays the oldest items first"),
    "credits": _("nets all credits"),
    "rounds": _("leaves out the cents"),
    "rounds_tens": _("rounds down to tens"),
    "late_discount": _("takes the discount too late"),
    "charges": _("leaves the bank charges to us"),
}
NAME_MAX: Final = 160


@dataclass(frozen=True, slots=True)
class RuleForm:
    """What stands in the form; `problem` is what could not be read of it."""

    draft: RuleDraft
    payer: str = ""
    customer: str = ""
    problem: str = ""


def means(rule: TextRule, language: str) -> str:
    """What a rule says, without its words: `no customer's payment: rent`."""
    if rule.meaning == Meaning.ELSEWHERE:
        return gettext("no customer's payment: %(label)s") % {"label": rule.label}
    name = rule.customer.name if rule.customer else ""
    if rule.meaning == Meaning.CUSTOMER:
        return gettext("%(customer)s pays") % {"customer": name}
    reason = f"{reason_name(rule.reason, language)} ({rule.reason})"
    return gettext("%(customer)s keeps it for: %(reason)s") % {"customer": name, "reason": reason}


def payer_of(rule: TextRule) -> str:
    """The payer a rule is about, as it is typed."""
    return rule.payer_iban or rule.payer_name


def read_rule(form: QueryDict, entity: Entity) -> RuleForm:
    """Read the form; a customer that is none, or several, is told."""
    payer, typed = form.get("payer", "").strip(), form.get("customer", "").strip()[:NAME_MAX]
    iban = tidy_iban(payer)
    meaning = form.get("meaning", "")
    found = _customer(entity, typed) if typed and meaning != Meaning.ELSEWHERE else None
    problem = ""
    if typed and meaning != Meaning.ELSEWHERE and found is None:
        problem = gettext("“%(text)s” is not one customer: write the number.") % {"text": typed}
    draft = RuleDraft(
        meaning=meaning,
        text=form.get("text", "").replace("\0", "")[:TEXT_MAX],
        payer_iban=iban if is_iban(iban) else "",
        payer_name="" if is_iban(iban) else payer.replace("\0", "")[:NAME_MAX],
        customer_id=found.pk if found else None,
        label=form.get("label", "").replace("\0", "")[:LABEL_MAX],
        reason=form.get("reason", "")[:5],
    )
    return RuleForm(draft, payer, typed, problem)


def form_of(rule: TextRule) -> RuleForm:
    """A rule as its form shows it."""
    draft = RuleDraft(
        meaning=rule.meaning,
        text=rule.words,
        payer_iban=rule.payer_iban,
        payer_name=rule.payer_name,
        customer_id=rule.customer_id,
        label=rule.label,
        reason=rule.reason,
    )
    return RuleForm(draft, payer_of(rule), rule.customer.number if rule.customer else "")


def _customer(entity: Entity, typed: str) -> Customer | None:
    """The customer with this number, else the only one with this in their name."""
    rows = Customer.objects.filter(entity=entity)
    text = typed.replace("\0", "")
    exact = rows.filter(number=text).first() or rows.filter(name__iexact=text).first()
    if exact is not None:
        return exact
    several = list(rows.filter(name__icontains=text)[:2])
    return several[0] if len(several) == 1 else None
