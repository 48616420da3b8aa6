"""A customer's account: who gets in, what they see, what they can do, and what they never see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.world.accounts import an_account_link, check_form, opened_account, the_account
from tests.world.builders import a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team
from tests.world.jobs import run_jobs

from concilia.cases.actions import write_note
from concilia.cases.models import CaseDocument
from concilia.cash.models import PaymentRequest
from concilia.claims.models import Claim
from concilia.dunning.actions.accounts import revoke_account_links
from concilia.dunning.models import AccountVisit, Motive, Plan, Promise
from concilia.dunning.queries.dunnable import dunnable_of
from concilia.intake.models import Arrival
from concilia.receivables.models import BankAccount, OpenItem

DAY = timedelta(days=1)
IBAN = "IT60X0542811101000000123456"


@pytest.fixture
def entity(db):
    found = an_entity()
    BankAccount.objects.create(entity=found, iban=IBAN, currency="EUR", name="Banca del Monviso")
    return found


@pytest.fixture
def team(entity):
    return a_team(entity)


@pytest.fixture
def customer(entity):
    return a_customer(entity, "Bottega Bonfanti", country="IT", language="en")


def owes(customer, euros, days_late=20):
    issued = timezone.localdate() - timedelta(days=30 + days_late)
    lines = [("PEN-500", "1", f"{euros - 100}.00", 0), ("FRO-350", "2", "50.00", 0)]
    return OpenItem.objects.get(invoice=an_invoice(customer, lines, issue_date=issued))


@pytest.fixture
def item(customer):
    return owes(customer, 1220)


def sums(customer):
    [found] = dunnable_of(
        entity=customer.entity, customers=[customer.pk], today=timezone.localdate()
    )
    return found


def text(answer):
    return answer.content.decode()


class TestTheCheck:
    def test_a_forwarded_link_tells_neither_who_nor_whose_nor_how_much(
        self, client, customer, item
    ):
        answer = client.get(an_account_link(customer))
        assert answer.status_code == 200
        for secret in (customer.name, customer.entity.name, item.document_number, "1,220", "1220",
                       customer.number, "Jens", "Albers"):  # fmt: skip
            assert secret not in text(answer)

    @pytest.mark.parametrize("what", ["number", "last", "whole", "amount"])
    def test_one_thing_of_an_invoice_opens_it(self, client, customer, item, what):
        answers = {
            "number": customer.number,
            "last": item.document_number[-4:],
            "whole": item.document_number,
            "amount": "1.220,00 €",
        }
        path = an_account_link(customer)
        answer = client.post(path, check_form(customer, answers[what]))
        assert (answer.status_code, answer["Location"]) == (303, path)
        assert customer.name in text(client.get(path))
        cookie = client.cookies["concilia_account"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (path, True, "Lax")

    def test_wrong_answers_are_counted_in_the_database_and_end_in_a_wait(
        self, client, customer, item
    ):
        path = an_account_link(customer)
        for _n in range(4):
            assert client.post(path, check_form(customer, "9999")).status_code == 422
        assert client.post(path, check_form(customer, "9999")).status_code == 429
        assert client.post(path, check_form(customer, customer.number)).status_code == 429
        assert AccountVisit.objects.filter(passed=False).count() == 5
        later = an_account_link(customer, at=timezone.now() - DAY)
        assert client.post(later, check_form(customer, customer.number)).status_code == 429

    def test_whoever_tries_many_links_waits_too(self, client, entity):
        for _n in range(5):
            other = a_customer(entity)
            for _try in range(4):
                client.post(an_account_link(other), check_form(other, "nothing"))
        other = a_customer(entity)
        answer = client.post(an_account_link(other), check_form(other, other.number))
        assert answer.status_code == 429

    def test_a_scanner_that_sends_the_form_counts_for_nothing(self, client, customer):
        path = an_account_link(customer)
        sent = check_form(customer, "9999") | {"leave_empty": "x"}
        assert client.post(path, sent).status_code == 422
        assert client.post(path, {"answer": customer.number}).status_code == 422
        assert not AccountVisit.objects.exists()

    def test_opening_it_does_nothing(self, client, customer, item):
        client.get(an_account_link(customer))
        client.head(an_account_link(customer))
        assert not AccountVisit.objects.exists()

    def test_expired_revoked_and_forged_links_are_told_kindly(self, client, customer, team):
        old = an_account_link(customer, at=timezone.now() - 70 * DAY)
        assert client.get(old).status_code == 410
        path = an_account_link(customer)
        revoke_account_links(customer_id=customer.pk, by=team["giulia"], at=timezone.now())
        answer = client.get(path)
        assert answer.status_code == 410
        assert "newer link" in text(answer)
        assert client.get(an_account_link(customer)).status_code == 200
        assert client.get(path[:-1] + ("A" if path[-1] != "A" else "B")).status_code == 404

    def test_a_session_is_good_for_its_own_link_alone(self, client, customer, item, entity):
        opened_account(client, customer)
        other = a_customer(entity, "Somebody Else")
        kept = client.cookies["concilia_account"].value
        path = an_account_link(other)
        client.cookies["concilia_account"] = kept
        answer = client.get(path)
        assert "Somebody Else" not in text(answer)
        assert client.get(path + "/wishes").status_code == 303


class TestPages:
    def test_home_says_one_amount_and_where_the_rest_is(self, client, customer, item):
        owes(customer, 640, days_late=-10)
        path = opened_account(client, customer)
        found = text(client.get(path))
        assert "Pay 1,220.00" in found
        assert "not due yet" in found
        assert found.count("btn-primary") == 1

    @pytest.mark.parametrize("language", ["en", "it", "fr", "es", "de"])
    def test_every_page_opens_in_every_language(self, client, customer, item, team, language):
        claim = a_claim(team["giulia"], item.invoice, at=timezone.now())
        path = opened_account(client, customer)
        for place in ("", "/later", "/paid", "/cannot", "/wrong", "/write", "/wishes", "/plan",
                      f"/invoice/{item.pk}", f"/wrong/{item.pk}",
                      f"/case/{claim.case_id}"):  # fmt: skip
            answer = client.get(f"{path}{place}?language={language}", follow=True)
            assert answer.status_code == 200, place
            assert f'<html lang="{language}"' in text(answer)
            assert answer["Cache-Control"].startswith("max-age=0")
            assert answer["Referrer-Policy"] == "no-referrer"

    def test_a_language_once_chosen_stays(self, client, customer, item):
        path = opened_account(client, customer)
        client.get(f"{path}?language=de")
        assert '<html lang="de"' in text(client.get(path))


class TestActs:
    def test_paying_makes_one_reference_for_what_may_be_asked_for(self, client, customer, item):
        path = opened_account(client, customer)
        first = client.post(f"{path}/pay", {"currency": "EUR"})
        again = client.post(f"{path}/pay", {"currency": "EUR"})
        assert first["Location"] == again["Location"]
        made = PaymentRequest.objects.get()
        assert (made.amount_minor, made.currency) == (122_000, "EUR")
        page = text(client.get(first["Location"]))
        assert "<svg" in page
        assert "IT60 X054" in page

    def test_a_promise_is_their_own_word(self, client, customer, item):
        path = opened_account(client, customer)
        day = timezone.localdate() + 7 * DAY
        answer = client.post(
            f"{path}/later", {"currency": "EUR", "day": day.isoformat(), "amount": ""}
        )
        assert answer.status_code == 303
        promise = Promise.objects.get()
        assert (promise.amount_minor, promise.channel, promise.recorded_by) == (
            122_000,
            "portal",
            None,
        )
        assert sums(customer).dunnable == 0
        assert "you promised" in text(client.get(path))

    @pytest.mark.parametrize(
        "sent",
        [{"day": ""}, {"day": "2020-01-01"}, {"day": "far"}, {"amount": "1"}, {"amount": "abc"},
         {"amount": "99999"}, {"day": "99999-99-99"}],
    )  # fmt: skip
    def test_what_cannot_be_promised_is_said_in_a_sentence(self, client, customer, item, sent):
        path = opened_account(client, customer)
        day = (timezone.localdate() + 7 * DAY).isoformat()
        if sent.get("day") == "far":
            sent = {"day": (timezone.localdate() + 100 * DAY).isoformat()}
        answer = client.post(f"{path}/later", {"currency": "EUR", "day": day} | sent)
        assert answer.status_code == 422
        assert 'role="alert"' in text(answer)
        assert not Promise.objects.exists()

    def test_why_not_is_recorded_as_the_customers_word(self, client, customer, item):
        path = opened_account(client, customer)
        assert (
            client.post(f"{path}/cannot", {"why": "short", "words": "a slow month"}).status_code
            == 303
        )
        motive = Motive.objects.get()
        assert (motive.code, motive.source, motive.recorded_by) == ("NR-09", "customer", None)
        assert client.post(f"{path}/cannot", {"why": "paid' --"}).status_code == 422

    def test_already_paid_stops_the_asking_and_keeps_the_proof(self, client, customer, item):
        path = opened_account(client, customer)
        proof = SimpleUploadedFile("order.pdf", b"%PDF-1.4 order", "application/pdf")
        assert (
            client.post(f"{path}/paid", {"words": "on Monday", "files": proof}).status_code == 303
        )
        assert Motive.objects.get().code == "NR-08"
        assert Arrival.objects.get().channel == "portal"
        assert sums(customer).ready == 0

    def test_a_dispute_of_a_part_leaves_the_rest_payable(self, client, customer, item, team):
        path = opened_account(client, customer)
        photo = SimpleUploadedFile("box.jpg", b"\xff\xd8\xff not a picture", "image/jpeg")
        answer = client.post(
            f"{path}/wrong/{item.pk}",
            {"wrong": "missing", "part": "amount", "amount": "122,00",
             "words": "One box is missing", "files": photo},
        )  # fmt: skip
        claim = Claim.objects.get()
        assert answer["Location"] == f"{path}/case/{claim.case_id}"
        assert (claim.claimed_minor, claim.origin, claim.reason) == (12_200, "portal", "NC-02")
        assert (sums(customer).disputed, sums(customer).dunnable) == (12_200, 109_800)
        assert Arrival.objects.get().filename == "box.jpg"
        page = text(client.get(answer["Location"]))
        assert "One box is missing" in page
        home = text(client.get(path))
        assert "Pay 1,098.00" in home
        assert "we do not ask for them" in home

    def test_lines_are_disputed_for_what_they_cost(self, client, customer, item, team):
        path = opened_account(client, customer)
        line = item.invoice.lines.get(n=2)
        sent = {"wrong": "damaged", "part": "lines", "line": [line.pk]}
        assert client.post(f"{path}/wrong/{item.pk}", sent).status_code == 303
        assert Claim.objects.get().claimed_minor == 10_000

    @pytest.mark.parametrize(
        "sent",
        [{"wrong": "nonsense"}, {"part": ""}, {"amount": "99999999"}, {"amount": "0"},
         {"amount": ""}, {"part": "lines"}, {"part": "lines", "line": ["1", "x", "9" * 30]},
         {"words": "x" * 1999, "amount": "-5"}],
    )  # fmt: skip
    def test_what_cannot_be_disputed_is_said_in_a_sentence(
        self, client, customer, item, team, sent
    ):
        path = opened_account(client, customer)
        form = {"wrong": "missing", "part": "amount", "amount": "10"} | sent
        answer = client.post(f"{path}/wrong/{item.pk}", form)
        assert answer.status_code == 422, sent
        assert not Claim.objects.exists()

    def test_files_become_papers_of_the_claim_once_read(self, client, customer, item, team):
        path = opened_account(client, customer)
        paper = SimpleUploadedFile("note.txt", b"One box was missing at delivery.", "text/plain")
        client.post(
            f"{path}/wrong/{item.pk}",
            {"wrong": "missing", "part": "amount", "amount": "10", "files": paper},
        )
        run_jobs()
        claim = Claim.objects.get()  # one, whatever the paper says
        assert CaseDocument.objects.get(case=claim.case_id).document.filename == "note.txt"

    def test_words_go_into_the_thread_or_into_our_inbox(self, client, customer, item, team):
        claim = a_claim(team["giulia"], item.invoice, at=timezone.now())
        path = opened_account(client, customer)
        client.post(f"{path}/case/{claim.case_id}/write", {"words": "Any news?"})
        assert "Any news?" in text(client.get(f"{path}/case/{claim.case_id}"))
        client.post(f"{path}/write", {"words": "Can you call me?"})
        assert Arrival.objects.get().filename.startswith("message-")
        assert client.post(f"{path}/write", {"words": "  "}).status_code == 422

    def test_wishes_are_kept_and_a_copy_can_be_asked_for(self, client, customer, item):
        path = opened_account(client, customer)
        client.post(f"{path}/wishes", {"language": "fr"})
        contact = customer.contacts.get()
        assert contact.language == "fr"
        assert contact.opted_out_at is not None
        client.post(f"{path}/wishes", {"language": "fr", "mail": "1"})
        assert customer.contacts.get().opted_out_at is None
        client.post(f"{path}/wishes", {"copy": "1"})
        assert Arrival.objects.count() == 1

    def test_whoever_leaves_is_asked_again(self, client, customer, item):
        path = opened_account(client, customer)
        client.post(f"{path}/leave")
        assert customer.name not in text(client.get(path))


class TestPlans:
    def test_a_plan_within_policy_is_in_force_at_once_and_its_rows_are_paid_one_by_one(
        self, client, customer
    ):
        owes(customer, 300)
        path = opened_account(client, customer)
        day = timezone.localdate() + 10 * DAY
        sent = {"currency": "EUR", "count": "3", "day": day.isoformat()}
        assert client.post(f"{path}/plan", sent)["Location"] == f"{path}/plan"
        plan = Plan.objects.get()
        assert (plan.state, plan.rows.count()) == ("ACTIVE", 3)
        assert sums(customer).dunnable == 0
        assert "Your plan" in text(client.get(f"{path}/plan"))
        assert "are in your plan" in text(client.get(path))
        client.post(f"{path}/plan/{plan.pk}/pay")
        assert PaymentRequest.objects.get().amount_minor == 10_000

    def test_beyond_policy_a_person_looks_at_it_and_nobody_is_refused(self, client, customer):
        owes(customer, 50_000)
        path = opened_account(client, customer)
        day = timezone.localdate() + 10 * DAY
        client.post(f"{path}/plan", {"currency": "EUR", "count": "6", "day": day.isoformat()})
        assert Plan.objects.get().state == "PROPOSED"
        assert "We look at your plan" in text(client.get(f"{path}/plan"))

    @pytest.mark.parametrize(
        "sent",
        [{"count": "1"}, {"count": "99"}, {"count": "x"}, {"day": ""}, {"day": "2020-01-01"}],
    )
    def test_what_is_no_plan_is_said_in_a_sentence(self, client, customer, item, sent):
        path = opened_account(client, customer)
        day = (timezone.localdate() + 10 * DAY).isoformat()
        answer = client.post(f"{path}/plan", {"currency": "EUR", "count": "3", "day": day} | sent)
        assert answer.status_code == 422
        assert not Plan.objects.exists()

    def test_nobody_accepts_or_pays_somebody_elses_plan(self, client, customer, item):
        other = a_customer(customer.entity, "Geheime Kunde GmbH")
        owes(other, 900)
        theirs = opened_account(client, other)
        day = (timezone.localdate() + 10 * DAY).isoformat()
        client.post(f"{theirs}/plan", {"currency": "EUR", "count": "3", "day": day})
        path = opened_account(client, customer)
        plan = Plan.objects.get()
        for act in ("accept", "pay"):
            assert client.post(f"{path}/plan/{plan.pk}/{act}").status_code == 422
        assert not PaymentRequest.objects.exists()


class TestNeverSeen:
    """What a portal's answer may never hold, whatever is asked of it."""

    def test_neither_staff_nor_notes_nor_anybody_elses_things(self, client, customer, item, team):
        other = a_customer(customer.entity, "Geheime Kunde GmbH")
        theirs = owes(other, 777)
        other_claim = a_claim(team["giulia"], theirs.invoice, at=timezone.now())
        claim = a_claim(team["giulia"], item.invoice, at=timezone.now())
        own = owes(customer, 500)
        write_note(
            case_id=claim.case_id, text="They always lie", member=team["giulia"], at=timezone.now()
        )
        stranger = an_entity("borea", name="Borea")
        foreign = owes(a_customer(stranger, "Fremd AG"), 888)
        path = opened_account(client, customer)
        request = client.post(
            f"{path}/pay", {"currency": "EUR", "item": [theirs.pk, foreign.pk, own.pk]}
        )
        places = ["", "?all", "/later", "/cannot", "/wrong", "/write", "/wishes", "/paid",
                  f"/invoice/{item.pk}", f"/invoice/{theirs.pk}", f"/invoice/{foreign.pk}",
                  f"/wrong/{theirs.pk}", f"/case/{claim.case_id}", f"/case/{other_claim.case_id}",
                  f"/invoice/{theirs.pk}/paper", "/pay/RF18539007547034",
                  "/case/999999999"]  # fmt: skip
        answers = [client.get(path + place, follow=True) for place in places]
        answers.append(client.get(request["Location"]))
        seen = "\n".join(text(answer) for answer in answers)
        secrets = ["They always lie", "Geheime Kunde", "Fremd AG", theirs.document_number,
                   foreign.document_number, "777.00", "888.00",
                   other_claim.case.number]  # fmt: skip
        for member in team.values():
            secrets += [member.user.email, member.user.name]
        assert [secret for secret in secrets if secret in seen] == []
        made = PaymentRequest.objects.get()
        assert [one.item_id for one in made.items.all()] == [own.pk]
        for sent, place in (
            ({"words": "x"}, f"/case/{other_claim.case_id}/write"),
            ({"wrong": "missing", "part": "all"}, f"/wrong/{theirs.pk}"),
        ):
            assert client.post(path + place, sent).status_code in {404, 422}
        assert Claim.objects.count() == 2

    def test_an_undecided_or_untold_decision_is_not_shown(self, client, customer, item, team):
        claim = a_claim(team["giulia"], item.invoice, at=timezone.now())
        Claim.objects.filter(pk=claim.pk).update(state="IN_APPROVAL")
        path = opened_account(client, customer)
        page = text(client.get(f"{path}/case/{claim.case_id}"))
        assert "You get" not in page
        assert "approv" not in page.lower()


def test_an_account_is_found_by_its_token_alone(db):
    entity = an_entity()
    a_member(entity)
    assert the_account(a_customer(entity)).standing == "ready"
