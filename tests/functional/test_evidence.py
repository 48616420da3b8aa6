"""A paper for an open case in a real browser: proposed with its reason, accepted by one key."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.functional.look.test_gallery import in_looks, looks_right
from tests.functional.test_inbox import SHAPES, member, window  # noqa: F401 - fixtures
from tests.world.builders import a_customer, an_invoice
from tests.world.claims import a_claim
from tests.world.inbox import an_arrival
from tests.world.paper_post import by_mail

from concilia.cases.models import CaseDocument


@pytest.fixture
def claim(member):  # noqa: F811
    return a_claim(member, an_invoice(a_customer(member.entity, "Grossmarkt Lindner GmbH")))


@pytest.fixture
def proposed(claim):
    return by_mail(
        claim.entity,
        "proof_of_delivery",
        "lager@elsewhere.example",
        subject="Lieferschein unterschrieben",
        delivery=claim.delivery.number,
    )


@pytest.fixture
def several(member, claim, proposed):  # noqa: F811
    """Two claims about the same delivery."""
    a_claim(member, claim.invoice, "NC-08", (("FRO-350", "3"),))
    return proposed


def test_a_proposal_looks_right_and_shuts_nobody_out(window, several):  # noqa: F811
    for page, width, scheme in in_looks(window, f"/inbox/{several.pk}/", SHAPES):
        looks_right(page, f"evidence-proposed-{width}-{scheme}")


def test_one_key_lays_it_there_and_one_takes_it_back(window, claim, proposed):  # noqa: F811
    page = window(f"/inbox/{proposed.pk}/")
    expect(page.get_by_text(f"Put it beside {claim.case.number}").first).to_be_visible()

    page.keyboard.press("a")

    expect(page.get_by_text("It lies beside")).to_be_visible()
    rows = CaseDocument.objects.filter(case=claim.case_id)
    assert set(rows.values_list("evidence", flat=True)) == {"COR", "POD"}

    page.keyboard.press("u")

    expect(page.get_by_text("It was taken back from its claim.")).to_be_visible()
    assert not rows.exists()


def test_a_message_with_several_claims_names_them(window, member):  # noqa: F811
    customer = a_customer(member.entity, "Grossmarkt Lindner GmbH")
    short, dear = an_invoice(customer), an_invoice(customer)
    further = {
        "reason": "NC-08",
        "reason_confidence": 0.9,
        "references": {"invoice": [dear.number]},
        "claimed_amount": "100.00",
        "currency": "EUR",
    }
    arrival = an_arrival(customer, short, further_claims=[further])
    for page, width, scheme in in_looks(window, f"/inbox/{arrival.pk}/", SHAPES):
        expect(page.get_by_text(dear.number)).to_be_visible()
        looks_right(page, f"several-claims-{width}-{scheme}")


def test_what_lies_beside_a_claim_can_be_taken_back(window, claim):  # noqa: F811
    contact = claim.customer.contacts.get().email
    number = claim.delivery.number
    arrival = by_mail(claim.entity, "proof_of_delivery", contact, delivery=number)
    for page, width, scheme in in_looks(window, f"/inbox/{arrival.pk}/", SHAPES):
        expect(page.get_by_role("button", name="Take it back")).to_be_visible()
        looks_right(page, f"evidence-laid-{width}-{scheme}")
