"""Rules about texts: which there are, what one would have matched, and what people do with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from concilia.cash.actions import (
    PostingRefused,
    accept_rule,
    change_rule,
    end_rule,
    restore_rule,
    write_rule,
)
from concilia.cash.core.rules import RuleDraft, problem_of
from concilia.cash.models import Match, TextRule
from concilia.cash.queries.candidates import payer_name_of
from concilia.cash.queries.rules import Preview, preview, rules
from concilia.interfaces.components.formats import base_language
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.bank_forms import key_of
from concilia.interfaces.desk.bank_words import reason_choices
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.rule_words import (
    MEANINGS,
    RuleForm,
    form_of,
    means,
    payer_of,
    read_rule,
)
from concilia.interfaces.desk.views.bank import entry_of, may_act
from concilia.matching.rules import Meaning

UNREADABLE: Final = 422
PER_PAGE: Final = 50
ENDED_MAX: Final = 50
ACTS: Final = {"accept": accept_rule, "end": end_rule, "restore": restore_rule}
EMPTY: Final = RuleForm(RuleDraft(meaning=Meaning.ELSEWHERE, text=""))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What stands below the lists: the form, what is wrong with it, and what it would match."""

    form: RuleForm = EMPTY
    problem: str = ""
    seen: Preview | None = None
    rule: TextRule | None = None


@require_GET
@desk_page()
def text_rules(request: DeskRequest) -> HttpResponse:
    """All rules; with an entry in the address, the form to remember what its text means."""
    key = key_of(request.GET.get("entry"))
    return _page(request, _Shown(form=_from_entry(request, key) if key else EMPTY))


@require_GET
@desk_page()
def text_rule(request: DeskRequest, rule_id: int) -> HttpResponse:
    """One rule: its versions, and the form to change it."""
    rule = _rule(request, rule_id)
    return _page(request, _Shown(form=form_of(rule), rule=rule))


@require_POST
@desk_page(allow=WORKERS)
def write(request: DeskRequest) -> HttpResponse:
    """Show what a rule would have matched, or keep it."""
    return _keep(request, None)


@require_POST
@desk_page(allow=WORKERS)
def change(request: DeskRequest, rule_id: int) -> HttpResponse:
    """Show what the next version would have matched, or put it in the rule's place."""
    return _keep(request, _rule(request, rule_id))


@require_POST
@desk_page(allow=WORKERS)
def act(request: DeskRequest, rule_id: int) -> HttpResponse:
    """Accept or refuse a proposal, end a rule, put an ended version in force again."""
    rule = _rule(request, rule_id)
    done = ACTS.get(request.POST.get("act", ""))
    if done is None:
        return redirect("desk:text-rules")
    try:
        done(rule_id=rule.pk, member=request.seat.membership, at=timezone.now())
    except PostingRefused as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, gettext("Saved; it holds from the next payment on."))
    return redirect("desk:text-rules")


def _keep(request: DeskRequest, rule: TextRule | None) -> HttpResponse:
    form = read_rule(request.POST, request.seat.entity)
    if form.problem:
        return _page(request, _Shown(form=form, problem=form.problem, rule=rule))
    if request.POST.get("act") != "save" and problem_of(form.draft) is None:
        seen = preview(entity=request.seat.entity, draft=form.draft, as_of=timezone.localdate())
        return _page(request, _Shown(form=form, seen=seen, rule=rule))
    member, at = request.seat.membership, timezone.now()
    try:
        if rule is None:
            write_rule(draft=form.draft, member=member, at=at)
        else:
            change_rule(rule_id=rule.pk, draft=form.draft, member=member, at=at)
    except PostingRefused as refused:
        return _page(request, _Shown(form=form, problem=words_of(refused), rule=rule))
    messages.success(request, gettext("Saved; it holds from the next payment on."))
    return redirect("desk:text-rules")


def _rule(request: DeskRequest, rule_id: int) -> TextRule:
    return get_object_or_404(rules(entity_id=request.seat.entity.pk), pk=rule_id)


def _from_entry(request: DeskRequest, key: int) -> RuleForm:
    """A form about this payment's text: what was decided about it is what it means."""
    entry = entry_of(request, key)
    match = (
        Match.objects.filter(bank_entry=entry, state__in=["POSTED", "PROPOSED", "OPEN"])
        .select_related("customer")
        .first()
    )
    customer = match.customer if match else None
    draft = RuleDraft(
        meaning=Meaning.CUSTOMER if customer else Meaning.ELSEWHERE,
        text=entry.text,
        label=str(match.explanation.get("label", "")) if match else "",
    )
    payer = entry.payer_iban or payer_name_of(entry)
    return RuleForm(draft, payer, customer.number if customer else "")


def _page(request: DeskRequest, shown: _Shown) -> HttpResponse:
    language = base_language(request.user.language)
    rows = rules(entity_id=request.seat.entity.pk)
    in_force = Paginator(rows.filter(state="ACTIVE"), PER_PAGE).get_page(request.GET.get("page"))
    versions = rows.filter(number=shown.rule.number) if shown.rule else ()

    def told(found: Any) -> list[tuple[TextRule, str, str]]:  # noqa: ANN401 (rows or a page)
        return [(row, means(row, language), payer_of(row)) for row in found]

    context = {
        "may_act": may_act(request.seat),
        "shown": shown,
        "draft": shown.form.draft,
        "proposed": told(rows.filter(state="PROPOSED")[:PER_PAGE]),
        "page": in_force,
        "in_force": told(in_force.object_list),
        "ended": told(rows.filter(state__in=["ENDED", "DISMISSED"])[:ENDED_MAX]),
        "versions": told(versions),
        "meanings": MEANINGS.items(),
        "reasons": reason_choices(language),
    }
    status = UNREADABLE if shown.problem else 200
    return render(request, "desk/bank/rules.html", context, status=status)
