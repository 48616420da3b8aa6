from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, Line
from concilia.ledger.ports import (
    AmountsDiffer,
    DocumentType,
    PostingLine,
    PostingRequest,
    PostingResult,
    PostingStatus,
    Totals,
    external_ref,
    idempotency_key,
    posting_lines,
    require_same_amounts,
)

KEY = idempotency_key(tenant="t", company="aurora", resolution="7", action="credit", version=1)
CREDIT = Entry(
    kind=EntryKind.CREDIT_NOTE,
    currency="EUR",
    lines=(
        Line(role=AccountRole.PRICE_ALLOWANCE, debit_minor=10000, vat_bp=2200),
        Line(role=AccountRole.VAT_OUT, debit_minor=2200, vat_bp=2200),
        Line(role=AccountRole.AR_DEDUCTION, credit_minor=12200, item_id=1, customer_id=2),
    ),
)


def a_request(**changes) -> PostingRequest:
    fields = {
        "posting_id": "0199-1",
        "idempotency_key": KEY,
        "external_ref": external_ref(KEY),
        "company": "aurora",
        "document_type": DocumentType.CREDIT_NOTE,
        "document_date": date(2026, 11, 19),
        "posting_date": date(2026, 11, 20),
        "currency": "EUR",
        "partner": "1001",
        "references": ("2026/118",),
        "lines": posting_lines(CREDIT, partner="1001", ref_item="2026/118"),
    }
    return PostingRequest(**fields | changes)


class TestIdempotencyKey:
    def test_changes_with_each_of_its_parts(self):
        base = {"tenant": "t", "company": "c", "resolution": "r", "action": "a", "version": 1}
        other = [base | {name: 2 if name == "version" else "x"} for name in base]
        keys = {idempotency_key(**values) for values in [base, *other]}
        assert len(keys) == 6

    def test_parts_cannot_run_into_each_other(self):
        with pytest.raises(ValueError, match="holds no"):
            idempotency_key(tenant="a|b", company="c", resolution="r", action="a", version=1)

    def test_is_the_digest_of_the_contract(self):
        assert hashlib.sha256(b"t|aurora|7|credit|1").hexdigest() == KEY


class TestExternalRef:
    def test_is_short_and_says_itself_on_the_phone(self):
        ref = external_ref(KEY)
        assert len(ref) == 18
        assert set(ref[2:]) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    @given(left=st.integers(0, 2**256 - 1), right=st.integers(0, 2**256 - 1))
    def test_differs_where_the_key_differs(self, left, right):
        keys = [f"{number:064x}" for number in (left, right)]
        same = external_ref(keys[0]) == external_ref(keys[1])
        assert same == (keys[0][:20] == keys[1][:20])


class TestPostingRequest:
    def test_survives_the_journey_through_json(self):
        request = a_request(value_date=date(2026, 11, 21), attachments=("proof.pdf",))
        assert PostingRequest.from_json(json.loads(json.dumps(request.as_json()))) == request

    def test_states_net_and_vat_of_the_document(self):
        assert a_request().totals == Totals(currency="EUR", net_minor=10000, vat_minor=2200)

    def test_a_journal_states_what_it_moves(self):
        request = a_request(
            document_type=DocumentType.JOURNAL,
            lines=(
                PostingLine(role=AccountRole.SMALL_DIFF, debit_minor=50),
                PostingLine(role=AccountRole.AR, credit_minor=50),
            ),
        )
        assert request.totals == Totals(currency="EUR", net_minor=50, vat_minor=0)

    def test_balances(self):
        with pytest.raises(ValueError, match="balance"):
            a_request(lines=(PostingLine(role=AccountRole.AR, debit_minor=1),))


class TestPostingLines:
    def test_name_the_partner_and_the_document_on_the_receivable_only(self):
        lines = posting_lines(CREDIT, partner="1001", ref_item="2026/118")
        assert [(line.partner, line.ref_item) for line in lines] == [
            (None, None),
            (None, None),
            ("1001", "2026/118"),
        ]


class TestRequireSameAmounts:
    def result(self, net_minor: int, vat_minor: int) -> PostingResult:
        return PostingResult(
            external_ref="CN1",
            status=PostingStatus.POSTED,
            erp_number="NC-1",
            totals=Totals(currency="EUR", net_minor=net_minor, vat_minor=vat_minor),
        )

    def test_lets_the_same_amounts_pass(self):
        result = self.result(10000, 2200)
        assert require_same_amounts(a_request(), result) is result

    def test_a_cent_too_many_waits_for_a_person(self):
        with pytest.raises(AmountsDiffer, match="2201") as refused:
            require_same_amounts(a_request(), self.result(10000, 2201))
        assert (refused.value.permanent, refused.value.lost) == (True, True)
