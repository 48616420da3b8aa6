"""The tokens of programs that act as oneself; only here one lets a program sign."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from concilia.identity.actions import SCOPES, issue_token, revoke_token
from concilia.identity.models import ApiToken
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.refusals import REFUSALS, words_of


@require_GET
@desk_page()
def own_tokens(request: DeskRequest) -> HttpResponse:
    """Which programs act as oneself, and a form to let another one."""
    return _page(request)


@require_POST
@desk_page()
def add_own(request: DeskRequest) -> HttpResponse:
    """Let a program act as oneself; its secret is shown once."""
    member = request.seat.membership
    try:
        token, secret = issue_token(
            member_id=member.pk,
            name=request.POST.get("name", ""),
            scopes=request.POST.getlist("scopes"),
            by=member,
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        return _page(request, error=words_of(refusal), given=request.POST.dict())
    return _page(request, secret=secret, secret_name=token.name)


@require_POST
@desk_page()
def end_own(request: DeskRequest, token_id: int) -> HttpResponse:
    """End one of one's own tokens."""
    member = request.seat.membership
    get_object_or_404(ApiToken, pk=token_id, member=member)
    revoke_token(token_id=token_id, by=member, at=timezone.now())
    messages.success(request, _("The token is refused from now on."))
    return redirect("desk:own-tokens")


def _page(request: DeskRequest, *, error: str = "", **more: object) -> HttpResponse:
    tokens = ApiToken.objects.filter(member=request.seat.membership)
    context = {
        "tokens": tokens.select_related("member__user").order_by("revoked_at", "-created_at"),
        "scopes": SCOPES,
        "own": True,
        "error": error,
        **more,
    }
    return render(request, "desk/own_tokens.html", context, status=422 if error else 200)
