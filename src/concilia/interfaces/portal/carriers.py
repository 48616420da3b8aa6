"""What carriers post: calls, short messages, WhatsApp. Unsigned, it is refused without a word."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from concilia.correspondence.ports import (
    AnsweringGateway,
    CallReport,
    ChatGateway,
    GatewayInvalid,
    NotUnderstood,
    Received,
    Turn,
    VoiceGateway,
)
from concilia.correspondence.queries.lines import chat_of_entity, voice_of_entity
from concilia.correspondence.queries.texting import gateway_of
from concilia.dunning.actions import (
    CollectionRefused,
    Said,
    begin_call,
    hear_reports,
    note_call_state,
    take_turn,
)
from concilia.identity.models import Entity

BODY_MAX: Final = 1024 * 1024
CHANNELS: Final = {"texts": "sms", "chat": "whatsapp"}


class _Nobody(Exception):
    """There is no such line here, or nobody we know posted this."""


@csrf_exempt  # a machine posts, and signs
@require_POST
def call_in(request: HttpRequest, code: str) -> HttpResponse:
    """A call comes in: its first words."""
    try:
        entity, gateway, report = _call(request, code)
    except _Nobody:
        return _silence()
    said = begin_call(entity=entity, report=report, at=timezone.now())
    return _answered(gateway, code, said)


@csrf_exempt
@require_POST
def call_turn(request: HttpRequest, code: str, call_id: int, serial: int) -> HttpResponse:
    """Keys were pressed, or nobody pressed any: what is said next."""
    try:
        entity, gateway, report = _call(request, code)
    except _Nobody:
        return _silence()
    try:
        said = take_turn(
            entity=entity, call_id=call_id, serial=serial, report=report, at=timezone.now()
        )
    except CollectionRefused:
        body, kind = gateway.answer(Turn(says=(), language="en"))  # it hangs up
        return HttpResponse(body, content_type=kind)
    return _answered(gateway, code, said)


@csrf_exempt
@require_POST
def call_state(request: HttpRequest, code: str, call_id: int = 0) -> HttpResponse:
    """What became of a call."""
    try:
        entity, _gateway, report = _call(request, code)
    except _Nobody:
        return _silence()
    note_call_state(entity=entity, call_id=call_id or None, report=report, at=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@csrf_exempt
@require_POST
def texts(request: HttpRequest, code: str) -> HttpResponse:
    """A short message came, or something became of one of ours."""
    try:
        entity = _entity(code)
        gateway = gateway_of(entity_id=entity.pk)
    except (_Nobody, GatewayInvalid):
        return _silence()
    if not isinstance(gateway, AnsweringGateway):
        return _silence()
    return _heard(request, entity, gateway, CHANNELS["texts"])


@csrf_exempt
@require_http_methods(["GET", "POST"])
def chat(request: HttpRequest, code: str) -> HttpResponse:
    """The service asks whether this address is ours, or tells of messages."""
    try:
        entity = _entity(code)
        gateway: ChatGateway = chat_of_entity(entity_id=entity.pk)
    except (_Nobody, GatewayInvalid):
        return _silence()
    if request.method == "GET":
        challenge = gateway.answer_challenge(request.GET.dict())
        if challenge is None:
            return _silence()
        return HttpResponse(challenge, content_type="text/plain; charset=utf-8")
    return _heard(request, entity, gateway, CHANNELS["chat"])


def _heard(
    request: HttpRequest, entity: Entity, gateway: AnsweringGateway, channel: str
) -> HttpResponse:
    received = _received(request)
    if received is None or not gateway.is_genuine(received):
        return _silence()
    try:
        reports = gateway.reports_of(received)
    except NotUnderstood:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    hear_reports(entity=entity, channel=channel, reports=reports, at=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _call(request: HttpRequest, code: str) -> tuple[Entity, VoiceGateway, CallReport]:
    entity = _entity(code)
    try:
        gateway = voice_of_entity(entity_id=entity.pk)
    except GatewayInvalid as error:
        raise _Nobody from error
    received = _received(request)
    if received is None or not gateway.is_genuine(received):
        raise _Nobody
    try:
        return entity, gateway, gateway.report_of(received)
    except NotUnderstood as error:
        raise _Nobody from error


def _entity(code: str) -> Entity:
    entity = Entity.objects.filter(code=code).first()
    if entity is None:
        raise _Nobody
    return entity


def _received(request: HttpRequest) -> Received | None:
    """What was posted, as the carrier signed it; the address is the one it knows, not a proxy's."""
    try:
        body = request.body
        fields: Mapping[str, str] = request.POST.dict() if _is_form(request) else {}
    except RequestDataTooBig:
        return None
    if len(body) > BODY_MAX or "\x00" in "".join(fields.values()):
        return None
    headers = {name.lower(): value for name, value in request.headers.items()}
    url = f"{settings.BASE_URL}{request.get_full_path()}"
    return Received(url=url, headers=headers, fields=fields, body=body)


def _is_form(request: HttpRequest) -> bool:
    return request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}


def _answered(gateway: VoiceGateway, code: str, said: Said) -> HttpResponse:
    next_url = f"{settings.BASE_URL}/voice/{code}/turn/{said.call_id}/{said.serial}"
    turn = Turn(
        says=said.says,
        language=said.language,
        next_url="" if said.is_over else next_url,
        digits=said.digits,
        hand_to=said.hand_to,
    )
    body, kind = gateway.answer(turn)
    return HttpResponse(body, content_type=kind)


def _silence() -> HttpResponse:
    """Whoever posts this is told nothing: not what was wrong, nor whether there is such a line."""
    return HttpResponse(status=HTTPStatus.FORBIDDEN)
