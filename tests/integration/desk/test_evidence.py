"""Papers for open cases in the inbox: one key lays them beside a claim, one takes them back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.world.builders import a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim
from tests.world.paper_post import a_file, arrives, by_mail

from concilia.cases.models import CaseDocument

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def giulia():
    return a_member(an_entity())


@pytest.fixture
def claim(giulia):
    return a_claim(giulia, an_invoice(a_customer(giulia.entity, "Grossmarkt Lindner GmbH")))


@pytest.fixture
def clerk(client, giulia):
    client.force_login(giulia.user, backend=BACKEND)
    return client


@pytest.fixture
def proposed(claim):
    """A signed paper of the right delivery from somebody nobody knows."""
    return by_mail(
        claim.entity,
        "proof_of_delivery",
        "mallory@elsewhere.example",
        delivery=claim.delivery.number,
    )


def papers(claim) -> list[str]:
    rows = CaseDocument.objects.filter(case=claim.case_id).order_by("pk")
    return list(rows.values_list("evidence", flat=True))


def test_the_key_of_the_likely_act_puts_it_beside_the_claim(clerk, claim, proposed):
    here = reverse("desk:arrival", args=[proposed.pk])
    text = clerk.get(here).text
    assert "Nobody we know of this customer or carrier sent it." in text
    assert f"it names delivery {claim.delivery.number}. {claim.case.number} was waiting" in text
    button = f'name="act" value="file:{claim.pk}" data-key="a">Put it beside {claim.case.number}'
    assert button in text

    clerk.post(reverse("desk:arrival-act", args=[proposed.pk]), {"act": f"file:{claim.pk}"})

    assert papers(claim) == ["COR", "POD"]
    assert claim.case.steps.get(kind="evidence").state == "DONE"


def test_a_person_takes_it_back_and_the_claim_waits_again(clerk, claim, proposed):
    clerk.post(reverse("desk:arrival-act", args=[proposed.pk]), {"act": f"file:{claim.pk}"})
    here = reverse("desk:arrival", args=[proposed.pk])
    assert "Take it back" in clerk.get(here).text

    clerk.post(reverse("desk:arrival-undo", args=[proposed.pk]))

    assert papers(claim) == []
    assert claim.case.steps.get(kind="evidence").state == "OPEN"
    assert "It was taken back from its claim." in clerk.get(here).text


def test_what_was_recognised_by_itself_can_be_taken_back_too(clerk, claim):
    paper = a_file("proof_of_delivery", delivery=claim.delivery.number)
    arrival = arrives(claim.entity, *paper)
    assert papers(claim) == ["POD"]

    clerk.post(reverse("desk:arrival-undo", args=[arrival.pk]))

    assert papers(claim) == []


def test_the_claim_tells_by_what_it_was_recognised_and_home_says_read_it(clerk, claim):
    arrives(claim.entity, *a_file("proof_of_delivery", delivery=claim.delivery.number))

    page = clerk.get(reverse("desk:claim", args=[claim.pk])).text
    assert f"it names delivery {claim.delivery.number}. {claim.case.number} was waiting" in page
    assert "It is here: somebody must read what it states" in page
    home = clerk.get("/").text
    assert f"it names delivery {claim.delivery.number}" in home
    log = clerk.get("/audit/").text
    assert "recognising evidence" in log


def test_an_auditor_sees_the_proposal_and_no_button(client, claim, proposed):
    auditor = a_member(claim.entity, "Aldo Neri", role="auditor")
    client.force_login(auditor.user, backend=BACKEND)

    text = client.get(reverse("desk:arrival", args=[proposed.pk])).text

    assert claim.case.number in text
    assert 'value="file:' not in text


def test_a_claim_that_answers_may_also_be_opened(clerk, claim):
    other = an_invoice(claim.customer)
    arrival = by_mail(
        claim.entity,
        "debit_note",
        claim.customer.contacts.get().email,
        subject=f"AW: {claim.case.number}",
        invoice=other.number,
    )

    text = clerk.get(reverse("desk:arrival", args=[arrival.pk])).text

    assert "It also speaks of something this claim is not about." in text
    assert f"Put it beside {claim.case.number}" in text
    assert "Confirm and open the claim" in text


@pytest.mark.parametrize("language", ["it", "fr", "es", "de"])
def test_the_reason_is_told_in_the_readers_language(clerk, giulia, claim, proposed, language):
    giulia.user.language = language
    giulia.user.save()

    text = clerk.get(reverse("desk:arrival", args=[proposed.pk])).text

    assert claim.delivery.number in text
    assert "it names delivery" not in text
