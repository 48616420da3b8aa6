"""What payment providers tell us: believed by its signature alone, and only as often as once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from concilia.dunning.actions.paying import take_word
from concilia.dunning.ports import HOOK_BYTES_MAX, PaymentFailed, ProviderInvalid
from concilia.dunning.queries.payments import provider_of
from concilia.identity.models import Entity

PREFIX: Final = "HTTP_"


@csrf_exempt  # its signature proves more than a cookie
@require_POST
def heard(request: HttpRequest, entity: str, provider: str) -> HttpResponse:
    """
    A message of a provider: 200 once it is kept (or is about nothing of ours), 400 if forged.

    Nothing of the answer tells a stranger which companies or payments there are.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > HOOK_BYTES_MAX:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    at = timezone.now()
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        company = Entity.objects.get(code=entity)
        told = provider_of(entity=company, name=provider).heard(request.body, headers, at=at)
    except (Entity.DoesNotExist, ProviderInvalid, PaymentFailed):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if told is not None:
        take_word(entity=company, provider=provider, told=told, at=at)
    return HttpResponse(status=HTTPStatus.OK)
