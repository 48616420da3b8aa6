"""What was learned of how a customer pays, and what a person writes down or takes out."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from concilia.cash.actions import PostingRefused, add_alias, remove_alias
from concilia.cash.core.aliases import IBAN, NAME, is_iban
from concilia.cash.models import TextRule
from concilia.cash.queries.candidates import policy_of
from concilia.cash.queries.habits import verdicts_on
from concilia.cash.queries.learned import learned_of
from concilia.cash.queries.rules import rules
from concilia.customers.models import PayerAlias
from concilia.interfaces.components.formats import base_language
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.rule_words import HABITS, means, payer_of
from concilia.interfaces.desk.views.customer import answer, customer_of
from concilia.matching.payers import tidy_iban

VERDICTS_MAX: Final = 60


@require_GET
@desk_page()
def learned(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Accounts, names, habits and rules of a customer, and what each rests on."""
    found = customer_of(request, customer_id)
    known, policy = learned_of(customer=found), policy_of(found.entity)
    language = base_language(request.user.language)
    kind = request.GET.get("habit", "")
    verdicts = verdicts_on(customers=[row.pk for row in known.members], kind=kind)
    own = rules(entity_id=found.entity_id).filter(
        customer__in=known.members, state=TextRule.State.ACTIVE
    )
    context = {
        "known": known,
        "habits": [(one, HABITS.get(one.habit.kind, one.habit.kind)) for one in known.habits],
        "habit": kind if kind in HABITS else "",
        "habit_words": HABITS.get(kind, ""),
        "verdicts": verdicts[:VERDICTS_MAX] if kind in HABITS else (),
        "rules": [(row, means(row, language), payer_of(row)) for row in own],
        "policy": policy,
        "probability": policy.habit_probability_bp / 10_000,
        "may_act": request.seat.may(*WORKERS),
    }
    return answer(request, found, "customer-learned", context)


@require_POST
@desk_page(allow=WORKERS)
def add(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Write down an account or a name."""
    found = customer_of(request, customer_id)
    typed = request.POST.get("value", "").replace("\0", "").strip()[:160]
    kind = IBAN if is_iban(tidy_iban(typed)) or _looks_like_iban(typed) else NAME
    try:
        add_alias(
            customer_id=found.pk,
            kind=kind,
            value=typed,
            member=request.seat.membership,
            at=timezone.now(),
        )
    except PostingRefused as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, gettext("Saved; it holds from the next payment on."))
    return redirect("desk:customer-learned", found.pk)


@require_POST
@desk_page(allow=WORKERS)
def remove(request: DeskRequest, alias_id: int) -> HttpResponse:
    """Take out an account or a name that was learned or written down."""
    alias = get_object_or_404(PayerAlias, pk=alias_id, entity=request.seat.entity)
    try:
        remove_alias(alias_id=alias.pk, member=request.seat.membership, at=timezone.now())
    except PostingRefused as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, gettext("Taken out."))
    return redirect("desk:customer-learned", alias.customer_id)


def _looks_like_iban(typed: str) -> bool:
    """What was meant as an account: then its check digits are told, it is no name."""
    bare = tidy_iban(typed)
    return bare[:2].isalpha() and bare[2:4].isdecimal() and len(bare) >= len("NO0012345678901")
