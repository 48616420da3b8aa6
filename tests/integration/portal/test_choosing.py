"""Who answers a form of a process with several outcomes chooses where the case goes."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.world.builders import an_invoice
from tests.world.claims import a_claim
from tests.world.links import form, path_of
from tests.world.own_process import put_in_force

from concilia.cases.models import ActionLink, Case, Step
from concilia.claims.actions import ClaimRefused, answer_step
from concilia.interfaces.worker.notices import send_notices, write_notices

pytestmark = pytest.mark.django_db
PROCESS = """\
process shortage
for NC-01

step ask: form
  title en: Whose fault is it?
  who: person {marco}
  within: 2 working days
  ours -> propose
  of-the-carrier -> blame

step blame: form
  title en: What does the carrier say?
  who: department LOG
  within: 2 working days
  done -> propose

step propose: propose
  who: department LOG
  within: 1 working day
  done -> sign

step sign: approval
  who: matrix
  within: 2 working days
  skip if: signatures = 0
  approved -> post
  returned -> ask, at most 9 times

step post: post
  who: system
  done -> end
"""


@pytest.fixture
def claim(entity, team, customer):
    put_in_force(PROCESS.format(marco=team["marco"].user.email), entity)
    return a_claim(team["giulia"], an_invoice(customer), at=timezone.now())


@pytest.fixture
def step(claim):
    return Step.objects.get(case=claim.case_id, place="ask")


@pytest.fixture
def link(step):
    at = timezone.now()
    write_notices(at=at)
    send_notices(at=at)
    return ActionLink.objects.get(step=step)


def now_at(claim):
    return [name for name, *_ in Case.objects.get(pk=claim.case_id).process_state["open"]]


class TestByLink:
    def test_the_case_goes_the_way_that_is_chosen(self, client, link, claim, step):
        page = client.get(path_of(link)).content.decode()
        client.post(path_of(link), form(link, choice="of-the-carrier", words="He says so"))

        step.refresh_from_db()
        assert "Of the carrier" in page
        assert now_at(claim) == ["blame"]
        assert step.answer == "Of the carrier\nHe says so"

    def test_without_a_choice_nothing_happens(self, client, link, claim):
        refused = client.post(path_of(link), form(link, words="I do not know"))

        assert refused.status_code == 422
        assert "Choose an answer." in refused.content.decode()
        assert now_at(claim) == ["ask"]

    def test_what_is_no_outcome_of_it_is_no_answer(self, client, link, claim):
        assert client.post(path_of(link), form(link, choice="late")).status_code == 422
        assert now_at(claim) == ["ask"]

    def test_put_right_in_words_not_by_another_way(self, client, link, claim, step):
        client.post(path_of(link), form(link, choice="ours", words="Ours"))
        other = client.post(path_of(link), form(link, choice="of-the-carrier", words="No, theirs"))
        client.post(path_of(link), form(link, choice="ours", words="Ours, the night shift"))

        step.refresh_from_db()
        assert "has led on already" in other.content.decode()
        assert (now_at(claim), step.answer) == (["propose"], "Ours\nOurs, the night shift")


class TestAtTheDesk:
    @pytest.fixture
    def desk(self, client, team):
        client.force_login(team["marco"].user)
        return client

    def test_the_answer_asks_for_the_way(self, desk, claim, step):
        address = reverse("desk:claim-step", args=[claim.pk, step.pk])
        page = desk.get(address).content.decode()
        missing = desk.post(address, {"text": "It was the driver"})
        desk.post(address, {"text": "It was the driver", "outcome": "of-the-carrier"})

        assert "How it goes on" in page
        assert missing.status_code == 422
        assert now_at(claim) == ["blame"]

    def test_a_form_that_leads_one_way_asks_for_no_way(self, desk, claim, step):
        desk.post(
            reverse("desk:claim-step", args=[claim.pk, step.pk]),
            {"text": "It was the driver", "outcome": "of-the-carrier"},
        )
        blame = Step.objects.get(case=claim.case_id, place="blame")
        address = reverse("desk:claim-step", args=[claim.pk, blame.pk])

        assert "How it goes on" not in desk.get(address).content.decode()
        desk.post(address, {"text": "He admits it"})
        assert now_at(claim) == ["propose"]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("", "Choose one of: ours, of-the-carrier."), ("late", "Choose one of"), ("theirs", "one of")],
)
def test_a_program_chooses_too(team, claim, step, outcome, words):
    said = {"step_id": step.pk, "text": "Ours", "member": team["marco"], "at": timezone.now()}
    with pytest.raises(ClaimRefused) as refused:
        answer_step(**said, outcome=outcome)

    assert words in str(refused.value)
    answer_step(**said, outcome="ours")
    assert now_at(claim) == ["propose"]
