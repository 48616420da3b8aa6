"""Proposals that are alike, confirmed together: what they would do is seen before."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from concilia.cash.actions import post_each
from concilia.cash.models import Match
from concilia.cash.queries.alike import MEMBERS_MAX, Alike, groups_alike, members_alike
from concilia.interfaces.components.formats import base_language, shared_currency
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk import bank_words
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.bank_forms import key_of
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.views.bank import may_act

TOLD_MAX: Final = 5


@require_GET
@desk_page()
def alike(request: DeskRequest) -> HttpResponse:
    """The groups of proposals that one rule made for one payer, and what each would do."""
    groups = groups_alike(entity_id=request.seat.entity.pk)
    context = {
        "groups": [
            (group, bank_words.RULES.get(group.rule, group.rule), _query(group)) for group in groups
        ],
        "currency": shared_currency(group.currency for group in groups),
        "may_act": may_act(request.seat),
    }
    return render(request, "desk/bank/alike.html", context)


@require_GET
@desk_page()
def group(request: DeskRequest) -> HttpResponse:
    """One group, payment by payment: what each would settle, and which are unsure."""
    members = members_alike(
        entity_id=request.seat.entity.pk,
        rule=request.GET.get("rule", "")[:4],
        customer_id=key_of(request.GET.get("customer")) or 0,
        currency=request.GET.get("currency", "")[:3],
    )
    if not members:
        return redirect("desk:bank-alike")
    first = members[0].match
    language = base_language(request.user.language)
    sure = [one.match for one in members if one.is_sure]
    context = {
        "members": members,
        "first": first,
        "rule_words": bank_words.RULES.get(first.rule, first.rule),
        "sure": len(sure),
        "sure_sum": bank_words.sum_words(
            [(match.currency, match.bank_entry.amount_minor) for match in sure], language
        ),
        "query": request.GET.urlencode(),
        "may_act": may_act(request.seat),
    }
    return render(request, "desk/bank/alike_group.html", context)


@require_POST
@desk_page(allow=WORKERS)
def post_alike(request: DeskRequest) -> HttpResponse:
    """Confirm the payments that are ticked, each by itself; what is refused is told and stays."""
    chosen = [key for text in request.POST.getlist("match")[:MEMBERS_MAX] if (key := key_of(text))]
    ours = Match.objects.filter(pk__in=chosen, entity=request.seat.entity)
    done = post_each(
        match_ids=list(ours.order_by("pk").values_list("pk", flat=True)),
        member=request.seat.membership,
        at=timezone.now(),
    )
    n = len(done.posted)
    told = ngettext("%(n)s payment posted.", "%(n)s payments posted.", n) % {"n": n}
    (messages.success if n else messages.warning)(request, told)
    for match, refused in done.refused[:TOLD_MAX]:
        who = match.customer.name if match.customer else match.bank_entry.payer_name
        messages.error(request, f"{who}: {words_of(refused)}")
    more = len(done.refused) - TOLD_MAX
    if more > 0:
        messages.error(request, gettext("%(n)s more wait.") % {"n": more})
    kept = request.GET.urlencode()
    return redirect(reverse("desk:bank-alike-group") + (f"?{kept}" if kept else ""))


def _query(group: Alike) -> str:
    said = {"rule": group.rule, "customer": group.customer_id, "currency": group.currency}
    return urlencode(said)
