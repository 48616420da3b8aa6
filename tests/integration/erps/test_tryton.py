"""What a person who connects a Tryton relies on, against a real server."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.world.postings import a_credit_request, a_write_off_request
from tests.world.tryton import TrytonServer
from tests.world.tryton_company import Sale, post_invoice, read
from tests.world.wire import Fate, wire

from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.ports import (
    AmountsDiffer,
    PostingFailed,
    PostingLine,
    PostingRequest,
    PostingStatus,
    Totals,
)
from concilia.plugins.erps.tryton import TrytonErp

TODAY = date.today()  # noqa: DTZ011 - Tryton's own day


@pytest.fixture
def erp(tryton_server: TrytonServer) -> TrytonErp:
    return TrytonErp.configured(tryton_server.settings())


def an_invoice(server: TrytonServer, *sales: Sale) -> str:
    lines = list(sales) or [Sale(quantity=10, unit_price="100.00")]
    return post_invoice(server.client(), customer="1001", on=TODAY, sales=lines)


def held(server: TrytonServer, request: PostingRequest, *fields: str) -> list[dict]:
    domain = [["reference", "=", request.external_ref]]
    return read(server.client(), "account.invoice", domain, "state", "number", *fields)


def invoice_state(server: TrytonServer, number: str) -> tuple[str, Decimal]:
    row = read(
        server.client(), "account.invoice", [["number", "=", number]], "state", "amount_to_pay"
    )
    return row[0]["state"], row[0]["amount_to_pay"]


class TestPost:
    def test_a_credit_note_stands_once_with_its_number_read_back(self, tryton_server, erp):
        request = a_credit_request(invoice=an_invoice(tryton_server))

        result = erp.post(request)

        rows = held(tryton_server, request, "total_amount", "move.period.name")
        assert [(row["state"], row["total_amount"]) for row in rows] == [
            ("posted", Decimal("-122.00"))
        ]
        assert result.erp_number == rows[0]["number"]
        assert result.erp_number.startswith("NC")
        assert (result.status, result.notes) == (PostingStatus.POSTED, ())
        assert result.totals == Totals(currency="EUR", net_minor=10000, vat_minor=2200)
        assert result.erp_period == TODAY.strftime("%Y-%m")

    def test_posting_again_changes_nothing(self, tryton_server, erp):
        request = a_credit_request()
        first = erp.post(request)

        again = TrytonErp.configured(tryton_server.settings()).post(request)

        assert (again.status, again.erp_number) == (PostingStatus.DUPLICATE, first.erp_number)
        assert len(held(tryton_server, request)) == 1

    def test_the_invoice_asks_for_less(self, tryton_server, erp):
        number = an_invoice(tryton_server)
        erp.post(a_credit_request(12200, invoice=number))
        assert invoice_state(tryton_server, number) == ("posted", Decimal("1098.00"))

    def test_the_last_credit_closes_the_invoice(self, tryton_server, erp):
        number = an_invoice(tryton_server)
        erp.post(a_credit_request(61000, invoice=number))
        request = a_credit_request(61000, invoice=number)
        erp.post(request)
        erp.post(request)
        assert invoice_state(tryton_server, number) == ("paid", Decimal(0))

    @pytest.mark.parametrize("gross_minor", [3, 100, 9999, 10001, 12203])
    def test_amounts_are_ours_to_the_cent(self, erp, gross_minor):
        """Tryton rounds the VAT of the net; ours is what is left of the gross."""
        request = a_credit_request(gross_minor)
        assert erp.post(request).totals == request.totals

    def test_each_rate_has_its_line_and_its_tax(self, tryton_server, erp):
        lines = (
            PostingLine(role=AccountRole.PRICE_ALLOWANCE, debit_minor=10000, vat_bp=2200),
            PostingLine(role=AccountRole.SALES_RETURNS, debit_minor=5000, vat_bp=1000),
            PostingLine(role=AccountRole.VAT_OUT, debit_minor=2200, vat_bp=2200),
            PostingLine(role=AccountRole.VAT_OUT, debit_minor=500, vat_bp=1000),
            PostingLine(role=AccountRole.AR, credit_minor=17700, partner="1001"),
        )
        request = replace(a_credit_request(), lines=lines)

        result = erp.post(request)

        taxes = read(
            tryton_server.client(),
            "account.invoice.tax",
            [["invoice", "=", int(result.erp_document)]],
            "base",
            "amount",
        )
        assert sorted((row["base"], row["amount"]) for row in taxes) == [
            (Decimal("-100.00"), Decimal("-22.00")),
            (Decimal("-50.00"), Decimal("-5.00")),
        ]

    def test_a_write_off_is_a_move_on_the_invoice(self, tryton_server, erp):
        number = an_invoice(tryton_server)
        request = a_write_off_request(50, invoice=number)

        result = erp.post(request)

        assert erp.post(request).erp_number == result.erp_number
        assert invoice_state(tryton_server, number) == ("posted", Decimal("1219.50"))
        rows = read(
            tryton_server.client(),
            "account.move",
            [["description", "like", f"{request.external_ref}%"]],
            "number",
            "state",
        )
        assert [(row["number"], row["state"]) for row in rows] == [(result.erp_number, "posted")]
        assert erp.find(request.external_ref).erp_number == result.erp_number

    def test_a_document_that_had_to_wait_takes_the_next_possible_date(self, tryton_server, erp):
        later = erp.post(a_credit_request())
        waited = replace(a_credit_request(), document_date=TODAY - timedelta(days=1))
        result = erp.post(waited)
        rows = held(tryton_server, waited, "invoice_date")
        assert rows[0]["invoice_date"] == TODAY
        assert result.erp_number > later.erp_number or len(result.erp_number) > len(
            later.erp_number
        )

    def test_an_invoice_unknown_to_tryton_is_a_note(self, erp):
        result = erp.post(a_credit_request(invoice="1999/1"))
        assert result.status is PostingStatus.POSTED
        assert "1999/1" in result.notes[0]

    def test_an_invoice_of_another_customer_is_refused(self, tryton_server, erp):
        request = replace(a_credit_request(invoice=an_invoice(tryton_server)), partner="1002")
        with pytest.raises(PostingFailed, match="1002") as failure:
            erp.post(request)
        assert (failure.value.permanent, held(tryton_server, request)) == (True, [])


class TestAmountsThatDiffer:
    def test_nothing_is_booked(self, tryton_server):
        """22 % mapped to the tax of 10 %: no rounding explains that."""
        erp = TrytonErp.configured(tryton_server.settings(taxes={"22": "IVA 10%"}))
        request = a_credit_request()

        with pytest.raises(AmountsDiffer) as failure:
            erp.post(request)

        assert (failure.value.permanent, failure.value.lost) == (True, False)
        assert held(tryton_server, request) == []

    def test_a_booked_document_with_other_amounts_waits_for_a_person(self, tryton_server, erp):
        request = a_credit_request(12200)
        erp.post(request)
        other = replace(a_credit_request(6100), external_ref=request.external_ref)
        with pytest.raises(AmountsDiffer) as failure:
            erp.post(other)
        assert (failure.value.permanent, failure.value.lost) == (True, True)
        assert len(held(tryton_server, request)) == 1


class TestFind:
    def test_says_what_is_booked(self, erp):
        request = a_credit_request()
        posted = erp.post(request)
        found = erp.find(request.external_ref)
        assert (found.status, found.erp_number) == (PostingStatus.POSTED, posted.erp_number)
        assert found.totals == request.totals

    def test_says_nothing_of_what_is_not(self, erp):
        assert erp.find(a_credit_request().external_ref) is None


class TestFailures:
    def test_a_wrong_password_waits_for_a_person(self, tryton_server):
        erp = TrytonErp.configured(tryton_server.settings(password="guessed"))
        with pytest.raises(PostingFailed, match="password") as failure:
            erp.post(a_credit_request())
        assert (failure.value.permanent, failure.value.lost) == (True, False)

    def test_a_server_that_is_down_is_tried_again(self, tryton_server):
        erp = TrytonErp.configured(tryton_server.settings(url="http://127.0.0.1:9"))
        with pytest.raises(PostingFailed, match="cannot be reached") as failure:
            erp.post(a_credit_request())
        assert (failure.value.permanent, failure.value.lost) == (False, False)
        assert not erp.check().reachable

    def test_a_lost_answer_is_known_to_be_lost(self, tryton_server):
        request = a_credit_request()

        def decide(method: str) -> Fate:
            return Fate.LOSE_ANSWER if method.endswith("account.invoice.post") else Fate.DELIVER

        with wire(tryton_server.url, decide) as url:
            erp = TrytonErp.configured(tryton_server.settings(url=url))
            with pytest.raises(PostingFailed) as failure:
                erp.post(request)
            assert (failure.value.permanent, failure.value.lost) == (False, True)
            assert erp.find(request.external_ref).status is PostingStatus.POSTED

    def test_a_session_that_ended_is_renewed(self, tryton_server, erp):
        request = a_credit_request()
        assert erp.find(request.external_ref) is None
        tryton_server.end_sessions()
        assert erp.post(request).status is PostingStatus.POSTED

    def test_a_closed_period_is_said_in_tryton_s_words(self, tryton_server, erp):
        long_ago = date(TODAY.year - 9, 1, 15)
        request = replace(a_credit_request(), document_date=long_ago, posting_date=long_ago)
        with pytest.raises(PostingFailed, match="Tryton refused") as failure:
            erp.post(request)
        assert failure.value.permanent

    def test_a_day_tryton_has_not_reached_is_waited_for(self, tryton_server, erp):
        tomorrow = TODAY + timedelta(days=1)
        request = replace(a_credit_request(), document_date=tomorrow, posting_date=tomorrow)
        with pytest.raises(PostingFailed, match="person to confirm") as failure:
            erp.post(request)
        assert (failure.value.permanent, failure.value.lost) == (False, False)
        assert [row["state"] for row in held(tryton_server, request)] == ["draft"]

    def test_an_account_that_is_not_set_is_named(self, tryton_server):
        erp = TrytonErp.configured(tryton_server.settings(accounts={"AR": "1.2.1"}))
        with pytest.raises(PostingFailed, match="PRICE_ALLOWANCE"):
            erp.post(a_credit_request())


class TestCheck:
    def test_is_content_with_what_fits(self, erp):
        assert erp.check().ready

    def test_names_each_thing_that_is_missing(self, tryton_server):
        settings = tryton_server.settings(
            accounts={"AR": "1.2.1", "PRICE_ALLOWANCE": "no-such-account"},
            taxes={"22": "no such tax"},
        )
        health = TrytonErp.configured(settings).check()
        assert health.reachable
        assert [problem.split("'")[1] for problem in health.problems] == [
            "no-such-account",
            "no such tax",
        ]

    def test_says_that_the_password_is_wrong(self, tryton_server):
        health = TrytonErp.configured(tryton_server.settings(password="guessed")).check()
        assert (health.reachable, health.ready) == (True, False)


class TestReadOpenItems:
    def test_states_invoices_as_tryton_does(self, tryton_server, erp):
        number = an_invoice(tryton_server)
        erp.post(a_credit_request(12200, invoice=number))

        items = {item.document_number: item for item in erp.read_open_items(None)}

        assert (items[number].original_minor, items[number].open_minor) == (122000, 109800)
        assert (items[number].partner, items[number].due_date) == ("1001", TODAY)

    def test_reads_what_changed_since(self, tryton_server, erp):
        number = an_invoice(tryton_server)
        changed_at = {item.document_number: item.changed_at for item in erp.read_open_items(None)}
        since = changed_at[number]
        assert number in {item.document_number for item in erp.read_open_items(since)}
        future = datetime.now(UTC) + timedelta(hours=1)
        assert list(erp.read_open_items(future)) == []
