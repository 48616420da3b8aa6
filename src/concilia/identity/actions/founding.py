"""The first company of an installation, with the person who administers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_noop as _

from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.actions.company import NewPerson, SettingsRefused, new_user
from concilia.identity.models import Department, Entity, Membership, Role
from concilia.identity.queries import actor_of
from concilia.identity.queries.founding import is_founded, is_founding_code

LOCK: Final = 0x636E_6301  # `cnc`, 1: two first companies at once would be one too many


class CodeRefused(SettingsRefused):
    """Whoever begins does not know what the server printed."""


@dataclass(frozen=True, slots=True)
class Custom:
    """What a company of a country usually has."""

    currency: str
    timezone: str
    language: str


# The countries whose business calendar is known (domain.md §8.5).
CUSTOMS: Final[Mapping[str, Custom]] = {
    "DE": Custom("EUR", "Europe/Berlin", "de"),
    "ES": Custom("EUR", "Europe/Madrid", "es"),
    "FR": Custom("EUR", "Europe/Paris", "fr"),
    "GB": Custom("GBP", "Europe/London", "en"),
    "IT": Custom("EUR", "Europe/Rome", "it"),
    "US": Custom("USD", "America/New_York", "en"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCompany:
    """A creditor as its first person names it; the rest is as usual in its country."""

    name: str
    country: str
    vat_number: str = ""


@transaction.atomic(durable=True)
def found_company(*, company: NewCompany, person: NewPerson, code: str, at: datetime) -> Membership:
    """
    Make the first company and its first administrator, once.

    :param code: what the server printed when it started: only who runs the machine knows it
    :raises SettingsRefused: if there is a company, the code is another one, or an entry is missing
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if is_founded():
        raise SettingsRefused(_("There is a company here already: sign in."))
    if not is_founding_code(code):
        raise CodeRefused(_("This is not the code that the server printed."))
    name, custom = company.name.strip(), CUSTOMS.get(company.country)
    if not name:
        raise SettingsRefused(_("The company needs a name."))
    if custom is None:
        raise SettingsRefused(_("Choose the country of the company."))
    entity = Entity.objects.create(
        code=slugify(name)[:20].strip("-") or "company",
        name=name[:120],
        legal_name=name[:200],
        country=company.country,
        currency=custom.currency,
        timezone=custom.timezone,
        language=custom.language,
        vat_number=company.vat_number.strip()[:20],
        email=person.email.strip().lower(),
    )
    member = Membership.objects.create(
        entity=entity,
        user=new_user(person, person.email.strip().lower()),
        role=Role.ADMIN,
        department=Department.ACCOUNTING,
        level=1,
    )
    told = Act("entity.founded", "entity", entity.pk, {"name": entity.name})
    audit.log(entity_id=entity.pk, actor=actor_of(member), at=at, acts=[told])
    return member
