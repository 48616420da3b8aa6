"""What counts as right, on readings written by hand."""

from __future__ import annotations

import pytest
from tests.evaluation.scoring import Counts, confusions, figures, judge
from tests.evaluation.source import DOCUMENTS, Document, load

BLOCKS = """=== en-one | claim NC-01 | mail
invoice: RE 4711 = 4711; 5522 ?
amount: 1,048.20 EUR
--
Two cases short on RE 4711 (and 5522?), 1,048.20 EUR.

=== en-two | payment_reply/claim NR-03/NC-28 | mail
promise: 2026-11-30 -
--
Not due before the 30th.

=== en-three | remittance_advice NC-01 | file
invoice: ?
amount: ?
--
--- csv r.csv ;
decimal: ,
columns: document invoiced discount deducted text
~ Invoice | Gross | Discount | Cut | Why
4711 | 1.200,00 | 24,00 | 0,00 |
4712 | 300,00- |  | 12,50 | one short ## NC-01
"""
EMPTY = {"invoice": [], "order": [], "delivery": [], "customer": [], "claim": []}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    folder = tmp_path_factory.mktemp("set")
    (folder / "en").mkdir()
    (folder / "en" / "blocks.txt").write_text(BLOCKS)
    return {document.name: document for document in load(folder)}


def reading(**said: object) -> dict[str, object]:
    nothing = dict.fromkeys(
        ["reason", "non_payment_reason", "promise", "claimed_amount", "currency", "total_amount"]
    )
    usual = {"kind": "claim", "alternatives": [], "language": "en", "lines": []}
    return {**nothing, **usual, "references": EMPTY, "needs_review": False, **said}


class TestReasons:
    def test_first_and_among_three(self, documents):
        others = [{"reason": reason} for reason in ("NC-05", "NC-01", "NC-08")]
        verdict = judge(documents["en-one"], reading(reason="NC-02", alternatives=others))
        late = judge(documents["en-one"], reading(reason="NC-02", alternatives=[*others[::2]] * 2))

        assert (verdict.reason, verdict.reason_among_three) == (False, True)
        assert late.reason_among_three is False
        assert confusions([verdict]) == {("NC-01", "NC-02"): 1}

    def test_where_two_kinds_would_do_the_label_of_the_chosen_one_is_asked_for(self, documents):
        document = documents["en-two"]

        assert judge(document, reading(kind="claim", reason="NC-28")).motive
        assert judge(document, reading(kind="payment_reply", non_payment_reason="NR-03")).motive
        assert not judge(document, reading(kind="claim", reason="NC-08")).motive
        assert not judge(document, reading(kind="other", non_payment_reason=None)).kind


class TestReferences:
    def test_any_spelling_counts_and_optional_ones_may_be_left_out(self, documents):
        def counts(*invoices: str) -> Counts | None:
            references = {**EMPTY, "invoice": list(invoices)}
            return judge(documents["en-one"], reading(references=references)).references

        assert counts("4711") == counts("re4711") == counts("4711", "5522") == Counts(1, 0, 0)
        assert counts("5522", "99") == Counts(0, 1, 1)

    def test_a_question_mark_leaves_them_out(self, documents):
        assert judge(documents["en-three"], reading()).references is None


class TestAmounts:
    def test_the_amount_and_its_currency(self, documents):
        verdict = judge(documents["en-one"], reading(claimed_amount="1048.2", currency="USD"))

        assert (verdict.amount, verdict.currency) == (True, False)

    def test_nothing_is_zero(self, documents):
        assert judge(documents["en-two"], reading(claimed_amount="0.00")).amount

    def test_a_promise_is_its_day_and_its_amount(self, documents):
        def promised(**said: object) -> bool | None:
            return judge(documents["en-two"], reading(promise=said)).promise

        assert promised(date="2026-11-30", amount=None)
        assert not promised(date="2026-11-30", amount="5.00")


class TestLines:
    LINES = (
        {"document": "4711", "invoiced": "1200.00", "discount": "24.00", "reason": None},
        {"document": "4712", "invoiced": "-300.00", "deducted": "12.50", "reason": "NC-01"},
    )

    def test_only_fields_that_are_printed_count(self, documents):
        lines = [{**line, "paid": "7.00"} for line in self.LINES]
        verdict = judge(documents["en-three"], reading(lines=lines))

        assert verdict.whole_lines == Counts(2, 0, 0)
        assert verdict.line_fields == Counts(5, 0, 0)

    def test_a_wrong_field_spoils_its_line(self, documents):
        lines = [self.LINES[0], {**self.LINES[1], "deducted": "12.00"}]
        verdict = judge(documents["en-three"], reading(lines=lines))

        assert verdict.whole_lines == Counts(1, 1, 1)
        assert verdict.line_fields == Counts(4, 1, 1)


class TestWithoutReview:
    def test_right_means_all_of_it(self, documents):
        references = {**EMPTY, "invoice": ["4711"]}
        right = reading(reason="NC-01", claimed_amount="1048.20", references=references)
        verdicts = [
            judge(documents["en-one"], right),
            judge(documents["en-one"], {**right, "references": EMPTY}),
            judge(documents["en-one"], {**right, "kind": "other", "needs_review": True}),
        ]
        table = figures(verdicts)

        assert table["without review"] == (2 / 3, 3)
        assert table["right without review"] == (1 / 2, 2)
        assert table["line fields F1"] == (None, 0)


def test_the_set_is_where_it_says():
    assert any(DOCUMENTS.glob("*/*.txt"))
