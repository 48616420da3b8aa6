"""The acts of the desk as calls: papers, questions, outlooks, payments, customers, figures."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.world.bank_day import a_bank_day
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claim_board import a_board
from tests.world.claims import a_claim, a_team
from tests.world.inbox import an_unreadable
from tests.world.jobs import run_jobs
from tests.world.paper_post import by_mail
from tests.world.program import Program, a_file
from tests.world.remittances import a_remittance

from concilia.cash.actions import PersonsSplit, post_split
from concilia.cash.models import Match
from concilia.claims.models import Claim
from concilia.correspondence.models import Message
from concilia.documents.models import Document
from concilia.foundation.models import IdempotentCall
from concilia.identity.models import Membership
from concilia.intake.models import Arrival
from concilia.interfaces.worker.housekeeping import forget_old_calls
from concilia.receivables.models import BankEntry, OpenItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def giulia() -> Membership:
    return a_team(an_entity())["giulia"]


@pytest.fixture
def program(giulia) -> Program:
    return Program(giulia)


@pytest.fixture
def number(giulia) -> str:
    return a_claim(giulia, an_invoice(a_customer(giulia.entity))).case.number


class TestClaims:
    def test_an_outlook_says_what_a_choice_would_do_and_keeps_nothing(self, program, number):
        told = program.post(f"/claims/{number}/outlook", {"choice": "ACCEPT_ALL"}).json()

        assert told["granted"] == program.get(f"/claims/{number}").json()["claimed"]
        assert (told["denied"], told["refusal"]) == ("0.00", "")
        assert told["seats"][0]["name"] == "Marta Conti"
        assert number in told["letter"]["body"] + told["letter"]["subject"]
        assert not Claim.objects.get().decisions.exists()

    def test_the_letter_we_would_write_goes_with_the_decision(self, program, number):
        body = {"choice": "ACCEPT_ALL", "reason": "ok", "draft_letter": True}
        answer = program.post(f"/claims/{number}/decision", body)

        assert answer.status_code == 200, answer.content
        assert number in Claim.objects.get().decisions.get().letter_subject

    def test_a_decision_on_an_old_verdict_is_shown_the_new_one_first(self, program, number):
        version = program.get(f"/claims/{number}").json()["verdict_version"]
        body = {"choice": "ACCEPT_ALL", "reason": "ok", "seen_verdict": version + 1}

        assert program.post(f"/claims/{number}/decision", body).status_code == 422

    def test_papers_notes_and_messages_are_kept_and_listed(self, program, number):
        content = base64.b64encode(b"signed by hand").decode()
        file = {"filename": "pod.txt", "content_base64": content}
        noted = program.post(f"/claims/{number}/notes", {"text": "see file", "files": [file]})
        assert noted.status_code == 200, noted.content
        written = program.post(
            f"/claims/{number}/messages", {"subject": "Your claim", "body": "We look into it."}
        )
        assert written.status_code == 200, written.content

        thread = program.get(f"/claims/{number}/thread").json()["items"]
        assert {each["body"] for each in thread} >= {"see file", "We look into it."}
        (paper,) = program.get(f"/claims/{number}/papers").json()["items"]
        assert (paper["filename"], paper["evidence"]) == ("pod.txt", "COR")
        document = program.get(f"/documents/{paper['document']}")
        assert document.json()["filename"] == "pod.txt"
        assert program.get(f"/documents/{paper['document']}/file").content == b"signed by hand"
        assert Message.objects.filter(body="We look into it.").exists()

    def test_a_proof_of_delivery_states_what_arrived(self, program, number):
        body = {
            "evidence": "POD",
            "filename": "pod.txt",
            "content_base64": base64.b64encode(b"x").decode(),
            "signed": {
                "signed_by": "J. Albers",
                "signed_on": "2026-11-01",
                "received": {"PEN-500": "88"},
            },
        }
        answer = program.post(f"/claims/{number}/evidence", body)

        assert answer.status_code == 200, answer.content
        delivery = Claim.objects.get().invoice.delivery
        shown = program.get(f"/records/delivery/{delivery.number}").json()
        assert {line["sku"]: line["received"] for line in shown["lines"]}["PEN-500"] == "88.000"
        body["signed"]["received"] = {"PEN-500": "many"}
        assert program.post(f"/claims/{number}/evidence", body).status_code == 422

    def test_asks_rests_and_goes_on(self, program, number, giulia):
        asked = program.post(
            f"/claims/{number}/questions",
            {"holder": "us", "text": "Who drove?", "assignee": giulia.user.email},
        )
        assert asked.json()["state"] == "WAITING_INTERNAL"
        assert program.post(f"/claims/{number}/go-on", {}).json()["state"] != "WAITING_INTERNAL"
        rest = {"until": "2099-01-01T08:00:00Z", "reason": "holiday"}
        assert program.post(f"/claims/{number}/snooze", rest).status_code == 422
        rested = program.post(f"/claims/{number}/snooze", rest | {"past_deadline": True})
        assert rested.json()["snoozed_until"].startswith("2099")
        assert program.post(f"/claims/{number}/wake").json()["snoozed_until"] is None
        changed = program.post(f"/claims/{number}/reason", {"reason": "NC-08"})
        assert changed.json()["reason"] == "NC-08"

    def test_a_verdict_judged_again_is_the_same(self, program, number):
        assert program.get(f"/claims/{number}/replay").json()["is_same"] is True

    def test_what_happened_is_listed(self, program, number):
        acts = [each["act"] for each in program.get(f"/claims/{number}/events").json()["items"]]

        assert "claim.opened" in acts

    def test_an_invoice_is_read_by_its_number_with_its_slash(self, program, number):
        invoice = Claim.objects.get().invoice
        shown = program.get(f"/records/invoice/{invoice.number}").json()

        assert "/" in invoice.number
        assert (shown["number"], len(shown["lines"])) == (invoice.number, 2)

    def test_filters_and_todo_and_search(self, program, number, giulia):
        assert program.get("/claims", view="closed").json()["items"] == []
        assert [row["number"] for row in program.get("/claims", q=number).json()["items"]] == [
            number
        ]
        owner = giulia.user.email
        assert len(program.get("/claims", owner=owner, reason="NC-01").json()["items"]) <= 1
        assert program.get("/todo").json()["contested"][0]["claims"] == 1
        kinds = {each["kind"] for each in program.get("/search", q=number).json()}
        assert kinds == {"claim"}

    def test_a_resolver_answers_and_does_not_decide(self, number, giulia):
        marco = Program(Membership.objects.get(user__name="Marco Bellini"))

        assert marco.post(f"/claims/{number}/notes", {"text": "I saw it"}).status_code == 200
        for path, body in (
            ("decision", {"choice": "ACCEPT_ALL", "reason": "x"}),
            ("messages", {"subject": "x", "body": "y"}),
            ("close", {"root_cause": "x"}),
        ):
            assert marco.post(f"/claims/{number}/{path}", body).status_code == 403

    def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(
        self, program, number, giulia, django_assert_max_num_queries
    ):
        paths = ("/claims", "/customers", "/customers/open-items", "/audit", "/todo")
        few = {}
        for path in paths:
            with django_assert_max_num_queries(20) as found:
                program.get(path)
            few[path] = len(found)
        for _ in range(4):
            a_claim(giulia, an_invoice(a_customer(giulia.entity)))
        for path in paths:
            with django_assert_max_num_queries(few[path]):
                assert program.get(path).status_code == 200


class TestBank:
    def test_a_payment_with_what_it_may_settle(self):
        day = a_bank_day()
        program = Program(day.clerk)
        proposed = Match.objects.filter(state="PROPOSED").first()
        entry = proposed.bank_entry_id

        told = program.get(f"/bank/{entry}/candidates").json()
        assert {each["why"] for each in told["items"]}
        statement = program.get("/bank/statements").json()["items"][0]
        assert statement["entries"] >= statement["posted"]
        listed = program.get("/bank", statement=statement["id"]).json()["items"]
        assert entry in {row["id"] for row in listed}
        figures = program.get("/bank/figures").json()
        assert figures["payments"]["whole"] > 0
        assert program.get("/bank/figures/answers").json()["items"]
        assert program.get("/bank/figures/unapplied").json()["items"]

        done = program.post("/bank/confirm", {"entries": [entry]}).json()
        assert done["posted"] == [entry] or done["changed"] == [entry]

    def test_a_posting_is_taken_back_and_matched_again(self):
        day = a_bank_day()
        program = Program(day.clerk)
        entry = Match.objects.filter(state="POSTED").first().bank_entry_id

        back = program.post(f"/bank/{entry}/reverse", {"reason": "wrong customer"})
        assert back.status_code == 200, back.content
        assert program.post(f"/bank/{entry}/match-again").status_code == 200

    def test_what_became_of_payments(self):
        day = a_bank_day()
        program = Program(day.clerk)

        first = program.get("/bank/results", statement=day.statement.pk, limit=3).json()
        rest = program.get(
            "/bank/results", statement=day.statement.pk, cursor=first["next_cursor"]
        ).json()

        rows = first["items"] + rest["items"]
        assert sum(float(row["paid"] or 0) for row in rows) == pytest.approx(38_358.75)
        assert {row["state"] for row in rows} == {"POSTED", "PROPOSED", "OPEN"}

    def test_money_of_nobody_is_set_aside(self):
        day = a_bank_day()
        program = Program(day.clerk)
        entry = Match.objects.filter(state="OPEN").first().bank_entry_id

        done = program.post(f"/bank/{entry}/set-aside", {"label": "Tax refund"}).json()

        assert done["matches"][-1]["rule"] == "NOT"

    def test_what_the_payer_says_later_is_kept_apart_or_taken_over(self):
        day = a_bank_day()
        program = Program(day.clerk)
        entry = day.entry("NESSUNA")
        split = PersonsSplit(customer_id=day.customers["sestri"].pk)
        post_split(bank_entry_id=entry.pk, split=split, member=day.clerk, at=NOON)
        line = (day.invoices["sestri2"], "640.00")
        a_remittance(day.customers["sestri"], "640.00", line)
        run_jobs(at=NOON)
        assert program.get("/bank", state="ADVISED").json()["items"][0]["id"] == entry.pk

        assert program.post(f"/bank/{entry.pk}/keep", {"reason": " "}).status_code == 422
        done = program.post(f"/bank/{entry.pk}/reallocate").json()

        assert [match["state"] for match in done["matches"]][-1] == "POSTED"
        assert program.post(f"/bank/{entry.pk}/reallocate").status_code == 404

    def test_a_split_that_gives_too_much_is_refused_in_words(self):
        day = a_bank_day()
        program = Program(day.clerk)
        entry = Match.objects.filter(state="OPEN").first().bank_entry
        item = OpenItem.objects.filter(customer__isnull=False).exclude(open_minor=0).first()
        line = {"item": item.pk, "applied": "99999999.00"}

        refused = program.post(f"/bank/{entry.pk}/split", {"lines": [line]})
        assert refused.status_code == 422
        assert refused.json()["detail"]
        assert BankEntry.objects.filter(pk=entry.pk).exists()


class TestCustomersAndFigures:
    def test_every_cent_of_a_customer_is_somewhere(self, program, number):
        customer = Claim.objects.get().customer
        told = program.get(f"/customers/{customer.number}").json()
        (balance,) = told["balances"]
        parts = sum(float(balance[name]) for name in ("ask", "disputed", "not_due", "held"))
        assert round(parts, 2) == float(balance["open"])
        assert told["contacts"][0]["name"] == "Jens Albers"
        (item,) = program.get(f"/customers/{customer.number}/items").json()["items"]
        assert item["claims"] == [number]
        for what in ("payments", "messages"):
            assert program.get(f"/customers/{customer.number}/{what}").status_code == 200

    def test_figures_open_into_their_rows(self):
        board = a_board()
        program = Program(next(iter(board.team.values())))
        told = program.get("/figures").json()
        contested = next(each for each in told["figures"] if each["name"] == "contested")
        rows, cursor = [], ""
        while cursor is not None:
            page = program.get("/figures/contested/rows", limit=3, cursor=cursor).json()
            rows += page["items"]
            cursor = page["next_cursor"]

        assert len({row["id"] for row in rows}) == len(rows)
        total = sum(round(float(row["amount"]) * 100) for row in rows)
        assert total == round(float(contested["value"]) * 100)

    def test_a_cursor_of_another_list_is_refused(self, program, number):
        for _ in range(2):
            a_claim(program.token.member, an_invoice(a_customer(program.admin.entity)))
        cursor = program.get("/claims", limit=1).json()["next_cursor"]

        assert cursor
        assert program.get("/customers", cursor=cursor).status_code == 400
        assert program.get("/figures/dso/rows", cursor=cursor).status_code == 400


class TestInbox:
    def test_what_waits_is_put_right_and_taken_back(self, program):
        an_unreadable(program.admin.entity)
        sent = program.send("/inbox", a_file("note.txt", b"hello"), **{"Idempotency-Key": "n1"})
        assert sent.status_code == 201
        arrival = sent.json()["id"]
        assert program.get(f"/inbox/{arrival}/file").content == b"hello"
        aside = program.post(f"/inbox/{arrival}/set-aside", {"outcome": "newsletter"})
        assert aside.json()["state"] == "NOTHING_TO_DO"
        assert program.post(f"/inbox/{arrival}/set-aside", {"outcome": "x"}).status_code == 422
        assert program.post(f"/inbox/{arrival}/read-again").status_code == 200
        assert [row["id"] for row in program.get("/inbox", q="note.txt").json()["items"]] == [
            arrival
        ]

    def test_a_paper_for_an_open_claim_is_proposed_filed_and_taken_back(self, program, number):
        claim = Claim.objects.get(case__number=number)
        delivery = claim.delivery.number
        arrival = by_mail(
            claim.entity, "proof_of_delivery", "mallory@elsewhere.example", delivery=delivery
        ).pk
        told = program.get(f"/inbox/{arrival}").json()
        assert (told["outcome"], told["doubt"]) == ("evidence_proposed", "SENDER")
        proposed = {"claim": number, "sign": "DELIVERY", "number": delivery, "waits": True}
        assert told["proposed_claims"] == [proposed | {"customer": claim.customer.number}]

        filed = program.post(f"/inbox/{arrival}/file-with", {"claim": number})
        assert filed.json() == {"claim": number}
        assert program.get(f"/inbox/{arrival}").json()["outcome"] == "evidence"
        back = program.post(f"/inbox/{arrival}/take-back", {"reason": "another store"})
        assert back.json() == {"claim": number}
        assert program.get(f"/inbox/{arrival}").json()["outcome"] == "taken_back"
        assert program.post(f"/inbox/{arrival}/take-back", {}).status_code == 422

    def test_a_document_opens_with_its_words(self):
        board = a_board()
        program = Program(next(iter(board.team.values())))
        document = Document.objects.filter(entity=board.entity).first()

        assert program.get(f"/documents/{document.pk}").json()["sha256"] == document.blob_id
        words = program.get(f"/documents/{document.pk}/text").json()
        assert words["text"] or words["error"]

    def test_a_file_beyond_the_limit_is_too_large(self, program, settings):
        settings.UPLOAD_BYTES_MAX = 4
        refused = program.send("/inbox", a_file("note.txt", b"hello"))

        assert (refused.status_code, refused.json()["title"]) == (413, "Too large")
        assert not Arrival.objects.exists()

    def test_a_body_beyond_the_limit_is_too_large_with_and_without_a_key(self, program, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
        for headers in ({}, {"Idempotency-Key": "k"}):
            refused = program.post("/claims", {"customer": "x" * 50}, **headers)
            assert refused.status_code == 413, refused.content
        assert not IdempotentCall.objects.exists()

    def test_a_key_is_forgotten_after_seven_days(self, program):
        program.post("/claims", {"customer": "a"}, **{"Idempotency-Key": "k"})
        called = IdempotentCall.objects.get().called_at
        forget_old_calls(at=called + timedelta(days=6))
        assert IdempotentCall.objects.exists()

        forget_old_calls(at=called + timedelta(days=8))
        assert not IdempotentCall.objects.exists()

    def test_a_call_that_was_cut_off_is_told_from_one_at_work(self, program):
        body, key = {"customer": "a"}, {"Idempotency-Key": "k"}
        program.post("/claims", body, **key)
        IdempotentCall.objects.update(status=None)
        at_work = program.post("/claims", body, **key)
        IdempotentCall.objects.update(called_at=timezone.now() - timedelta(minutes=6))
        cut_off = program.post("/claims", body, **key)

        assert (at_work.status_code, "at work" in at_work.json()["detail"]) == (409, True)
        assert (cut_off.status_code, "cut off" in cut_off.json()["detail"]) == (409, True)

    def test_a_key_of_another_token_is_refused(self, program):
        other = Program(a_member(program.admin.entity, "Nora Neri"))
        key = {"Idempotency-Key": "same"}
        program.post("/claims", {"customer": "a"}, **key)

        assert other.post("/claims", {"customer": "a"}, **key).status_code == 422
