"""Short messages on the settings page: what is kept, or what was typed and refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concilia.cases.models import NoticeDelivery
from concilia.correspondence.ports import GATEWAYS
from concilia.correspondence.queries.texting import access_kept
from concilia.interfaces.desk.access import DeskRequest

SHOWN: Final = 20
LABELS: Final[Mapping[str, str | Promise]] = {
    "Server": _("Server"),
    "Port": _("Port"),
    "Encryption (TLS)": _("Encryption (TLS)"),
    "System ID": _("System ID"),
    "Password": _("Password"),
    "Sender": _("Sender"),
    "yes or no": _("yes or no"),
    "At most 11 letters and digits, or a number with its country.": _(
        "At most 11 letters and digits, or a number with its country."
    ),
}
STATES: Final[Mapping[str, tuple[str | Promise, str]]] = {
    NoticeDelivery.State.QUEUED: (_("waiting"), "open"),
    NoticeDelivery.State.SENT: (_("left"), "open"),
    NoticeDelivery.State.DELIVERED: (_("arrived"), "good"),
    NoticeDelivery.State.FAILED: (_("failed"), "bad"),
}


def texting_section(request: DeskRequest) -> dict[str, object]:
    """What the section shows."""
    access, typed = access_kept(entity_id=request.seat.entity.pk), request.POST
    gateways = [_gateway(name, access, typed) for name in GATEWAYS]
    kept = access.gateway if access else next(iter(GATEWAYS), "")
    rows = NoticeDelivery.objects.filter(entity=request.seat.entity).select_related("person__user")
    return {
        "texting_on": typed.get("on") == "1" if typed else bool(access and access.is_on),
        "texting_error": access.error if access else "",
        "gateways": gateways,
        "chosen_gateway": typed.get("gateway", kept),
        "deliveries": [(row, *STATES[row.state]) for row in rows.order_by("-written_at")[:SHOWN]],
    }


def _gateway(name: str, access: object, typed: Mapping[str, str]) -> dict[str, object]:
    is_kept = getattr(access, "gateway", None) == name
    values = getattr(access, "values", {}) if is_kept else {}
    secrets = getattr(access, "secrets", {}) if is_kept else {}
    return {
        "name": name,
        "label": GATEWAYS[name].label,
        "fields": [
            {
                "name": f"{name}-{one.name}",
                "label": LABELS.get(one.label, one.label),
                "help": LABELS.get(one.help_text, one.help_text),
                "secret": one.secret,
                "is_kept": one.secret and one.name in secrets,
                "value": ""
                if one.secret
                else typed.get(f"{name}-{one.name}", values.get(one.name, one.default)),
            }
            for one in GATEWAYS[name].settings
        ],
    }
