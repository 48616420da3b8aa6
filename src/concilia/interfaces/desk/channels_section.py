"""Channels on the settings page: what is set up, where carriers post, what a contact costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concilia.cases.models import NoticeHabit
from concilia.correspondence.actions.lines import CHANNELS
from concilia.correspondence.models import ChannelAccess
from concilia.correspondence.queries.lines import (
    REGISTRIES,
    agreements_of,
    cost_of,
    line_kept,
)
from concilia.correspondence.queries.texting import sends_texts
from concilia.dunning.models import Call
from concilia.dunning.queries.calls import person_number
from concilia.interfaces.desk.access import DeskRequest
from concilia.interfaces.desk.call_words import STATES, channel_name, rule_words

SHOWN: Final = 8
LABELS: Final[Mapping[str, str | Promise]] = {
    "Account SID": _("Account SID"),
    "Auth token": _("Auth token"),
    "Number": _("Number"),
    "Server": _("Server"),
    "The number others see, with its country: +39 02 1234567.": _(
        "The number others see, with its country: +39 02 1234567."
    ),
    "Phone number ID": _("Phone number ID"),
    "Access token": _("Access token"),
    "App secret": _("App secret"),
    "Verify token": _("Verify token"),
}


def channels_section(request: DeskRequest) -> dict[str, object]:
    """What the section shows."""
    entity = request.seat.entity
    place, code = settings.BASE_URL, entity.code
    habit = NoticeHabit.objects.filter(person=request.seat.membership).first()
    calls = Call.objects.filter(entity=entity).select_related("customer").order_by("-began_at")
    return {
        "lines": [_line(request, way) for way in ChannelAccess.Way.values],
        "texts_on": sends_texts(entity_id=entity.pk),
        "addresses": [
            (_("A call comes in"), f"{place}/voice/{code}/in"),
            (_("What became of a call"), f"{place}/voice/{code}/state"),
            (_("A short message comes in"), f"{place}/texts/{code}"),
            (_("WhatsApp"), f"{place}/chat/{code}"),
        ],
        "costs": [(name, channel_name(name), cost_of(entity, name)) for name in CHANNELS],
        "person": person_number(entity),
        "agreements": agreements_of(entity=entity),
        "own_phone": habit.phone if habit else "",
        "last_calls": [(row, *STATES[row.state], rule_words(row)) for row in calls[:SHOWN]],
    }


def _line(request: DeskRequest, way: str) -> dict[str, object]:
    access = line_kept(entity_id=request.seat.entity.pk, way=way)
    typed = request.POST if request.POST.get("way") == way else {}
    registry = REGISTRIES[way]
    kept = access.gateway if access else next(iter(registry), "")
    return {
        "way": way,
        "is_on": typed.get("on") == "1" if typed else bool(access and access.is_on),
        "error": access.error if access else "",
        "chosen": typed.get("gateway", kept),
        "gateways": [_gateway(name, way, access, typed) for name in registry],
    }


def _gateway(
    name: str, way: str, access: ChannelAccess | None, typed: Mapping[str, str]
) -> dict[str, object]:
    kept = access if access and access.gateway == name else None
    found = REGISTRIES[way][name]
    return {
        "name": name,
        "label": found.label,
        "fields": [
            {
                "name": f"{name}-{one.name}",
                "label": LABELS.get(one.label, one.label),
                "help": LABELS.get(one.help_text, one.help_text),
                "secret": one.secret,
                "is_kept": bool(one.secret and kept and one.name in kept.secrets),
                "value": ""
                if one.secret
                else typed.get(
                    f"{name}-{one.name}",
                    kept.values.get(one.name, one.default) if kept else one.default,
                ),
            }
            for one in found.settings
        ],
    }
