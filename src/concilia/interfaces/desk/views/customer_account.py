"""The link to a customer's own page: sent to a contact, or all of them taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.dunning.actions.accounts import revoke_account_links, send_account_link
from concilia.interfaces.components.refusals import REFUSALS, words_of
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.inputs import key_in


@require_POST
@desk_page(allow=WORKERS)
def send(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Send a contact the link to their page."""
    found = get_object_or_404(Customer, pk=customer_id, entity=request.seat.entity)
    try:
        message = send_account_link(
            customer_id=found.pk,
            contact_id=key_in(request.POST, "contact") or 0,
            by=request.seat.membership,
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    else:
        if message.state == Message.State.WITHHELD:
            messages.error(
                request, gettext("It was not sent: they want no messages, or it bounces.")
            )
        else:
            messages.success(request, gettext("The link is on its way."))
    return redirect("desk:customer", found.pk)


@require_POST
@desk_page(allow=WORKERS)
def revoke(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Take all links to a customer's page back."""
    found = get_object_or_404(Customer, pk=customer_id, entity=request.seat.entity)
    try:
        revoke_account_links(customer_id=found.pk, by=request.seat.membership, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    else:
        messages.success(request, gettext("Links sent before open nothing any more."))
    return redirect("desk:customer", found.pk)
