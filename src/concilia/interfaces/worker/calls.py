"""Calls that wait are made, once, by the gateway of the company."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from concilia.correspondence.actions import record_line_trouble
from concilia.correspondence.ports import DeliveryFailed, GatewayInvalid, OutboundCall
from concilia.correspondence.queries.lines import voice_of_entity
from concilia.dunning.actions import record_call_failed, record_call_made, take_up_call
from concilia.foundation.locks import alone


def make_call(*, call_id: int, at: datetime) -> None:
    """
    This will have a number called, and keep how that went.

    A worker killed between the carrier's receipt and ours calls nobody a second time.
    """
    with alone(f"call:{call_id}") as is_ours:
        call = take_up_call(call_id=call_id, at=at) if is_ours else None
        if call is None:
            return
        place = f"{settings.BASE_URL}/voice/{call.entity.code}"
        outbound = OutboundCall(
            number=call.number,
            turn_url=f"{place}/turn/{call.pk}/0",
            state_url=f"{place}/state/{call.pk}",
        )
        try:
            reference = voice_of_entity(entity_id=call.entity_id).call(outbound)
        except (DeliveryFailed, GatewayInvalid) as failure:
            record_call_failed(call_id=call.pk, error=str(failure), at=at)
            is_theirs = isinstance(failure, DeliveryFailed) and failure.permanent
            trouble = "" if is_theirs else str(failure)
            record_line_trouble(entity_id=call.entity_id, way="voice", error=trouble)
        else:
            record_call_made(call_id=call.pk, reference=reference)
            record_line_trouble(entity_id=call.entity_id, way="voice", error="")


def give_up_call(*, call_id: int, error: str, at: datetime) -> None:
    """This will show a call as failed after every attempt ended in an error of the program."""
    record_call_failed(call_id=call_id, error=error, at=at)
