from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.core.link_signing import HIGHEST, SETTING, SignByLink
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of


class SigningRefused(Refused):
    """Signing by link cannot be set so, or not by this member; the message says why."""


@transaction.atomic(durable=True)
def set_sign_by_link(*, wanted: SignByLink, by: Membership, at: datetime) -> Entity:
    """
    Set who may sign from a mail, and up to which amount; it holds for links that are out, too.

    :raises SigningRefused: for an amount below nothing, a level there is not, or by no admin
    """
    if by.role != Role.ADMIN or not by.is_active:
        raise SigningRefused(_("Only an administrator changes this."))
    if wanted.up_to_minor is not None and wanted.up_to_minor < 0:
        raise SigningRefused(_("Write an amount such as 2,500, or leave it empty."))
    if not 1 <= wanted.level_max <= HIGHEST:
        raise SigningRefused(_("There is no such level."))
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    before = entity.settings.get(SETTING)
    entity.settings = entity.settings | {SETTING: wanted.to_data()}
    entity.save(update_fields=["settings"])
    data = {"before": before, "after": wanted.to_data()}
    act = Act("links.signing_changed", "entity", entity.pk, data)
    audit.log(entity_id=entity.pk, actor=actor_of(by), at=at, acts=[act])
    return entity
