"""A company whose calls and short messages go by a carrier, and a customer with a telephone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.test import Client
from tests.world.builders import a_member
from tests.world.carrier import Carrier, through
from tests.world.collecting import Debtor

from concilia.correspondence.actions import LineDraft, TextDraft, change_line, change_texting
from concilia.customers.models import Contact
from concilia.dunning.actions import place_call
from concilia.dunning.models import Call
from concilia.identity.models import Membership
from concilia.interfaces.worker.calls import make_call
from concilia.receivables.models import BankAccount

MOBILE = "+393331234567"
WRITTEN = "333 1234567"
POST_CODE = "20121"


class Lines:
    """The wholesaler of `Debtor`, reached by telephone through a carrier."""

    def __init__(self, carrier: Carrier, at: datetime, **customer: Any) -> None:
        self.carrier, self.at = carrier, at
        self.debtor = Debtor()
        self.entity, self.customer = self.debtor.entity, self.debtor.customer
        self.clerk = self.debtor.clerk
        self.admin: Membership = a_member(self.entity, "Anna Villa", role="admin")
        for name, value in {"post_code": POST_CODE, **customer}.items():
            setattr(self.customer, name, value)
        self.customer.save()
        self.contact = Contact.objects.get(customer=self.customer)
        self.contact.phone = WRITTEN
        self.contact.save()
        BankAccount.objects.create(
            entity=self.entity, iban="IT60X0542811101000000123456", currency="EUR"
        )
        carrier.posting = through(Client(), settings.BASE_URL)
        values = {name: str(value) for name, value in carrier.values.items()}
        line = LineDraft(way="voice", is_on=True, gateway="twilio", values=values)
        change_line(draft=line, by=self.admin, at=at)
        texts = TextDraft(is_on=True, gateway="twilio", values=values)
        change_texting(draft=texts, by=self.admin, at=at)

    @property
    def keys(self) -> list[str]:
        """What proves who they are."""
        digits = "".join(each for each in self.customer.number if each.isdigit())
        return [digits, POST_CODE]

    def url(self, path: str) -> str:
        """An address of ours, as the carrier knows it."""
        return f"{settings.BASE_URL}/{path}"

    @property
    def calls_in(self) -> str:
        return self.url(f"voice/{self.entity.code}/in")

    @property
    def texts_in(self) -> str:
        return self.url(f"texts/{self.entity.code}")

    def placed(self, at: datetime | None = None) -> Call:
        """A call that a clerk asks for."""
        return place_call(
            customer_id=self.customer.pk,
            contact_id=self.contact.pk,
            by=self.clerk,
            at=at or self.at,
        )

    def called(self, at: datetime | None = None) -> tuple[Call, dict[str, str]]:
        """A call that was made, and as the carrier has it."""
        call = self.placed(at)
        make_call(call_id=call.pk, at=at or self.at)
        call.refresh_from_db()
        return call, self.carrier.calls[-1]
