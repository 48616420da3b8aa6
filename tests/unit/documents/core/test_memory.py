"""What was learned of earlier documents: for the like only, and never a value of its own."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concilia.documents.core.memory import Lesson, Memory
from concilia.documents.core.scoring import Choice
from concilia.documents.core.told import Told, code_keys, label_before, signature_of
from concilia.documents.queries.reading import read_bytes

LETTER = (
    "scheda verde #\nbuongiorno per la fattura # alleghiamo la scheda verde del reparto "
    "ortofrutta come da procedura trimestrale concordata"
)
OTHER = "listino autunno\nvi giriamo il nuovo orario di apertura della sede valido da gennaio"


def a_mail(body: str, subject: str = "Nota") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "ap@customer.example", subject
    mail["Date"] = "Fri, 20 Nov 2026 10:00:00 +0100"
    mail.set_content(body)
    return mail.as_bytes()


def read(content: bytes, told: Told | None = None) -> dict:
    return read_bytes(content, filename="mail.eml", told=(told or Told()).to_json())["reading"]


def recalled(memory: Memory, said: str, **answers) -> dict[str, str]:
    found = memory.recall({"said": said}, {"kind": "other", "reason": None, **answers})
    return {question: each.choice.label for question, each in found.items()}


class TestLessons:
    def test_one_is_enough_for_the_like_and_says_nothing_of_others(self):
        memory = Memory([Lesson(1, LETTER, {"kind": "claim", "reason": "NC-03"})])

        assert recalled(memory, LETTER) == {"kind": "claim", "reason": "NC-03"}
        assert recalled(memory, LETTER.replace("ortofrutta", "latticini")) == {
            "kind": "claim",
            "reason": "NC-03",
        }
        assert recalled(memory, OTHER) == {}
        assert recalled(memory, "") == {}

    def test_what_was_read_so_already_is_not_changed(self):
        memory = Memory([Lesson(1, LETTER, {"kind": "claim"})])

        assert recalled(memory, LETTER, kind="claim") == {}

    def test_the_newest_of_equals_counts_and_is_less_sure(self):
        old = Lesson(1, LETTER, {"kind": "claim"}, when="2026-11-01")
        new = Lesson(2, LETTER, {"kind": "order"}, when="2026-11-12")

        found = Memory([old, new]).recall({"said": LETTER}, {"kind": "other"})["kind"]

        assert found.choice.label == "order"
        assert found.lesson is new
        assert found.choice.confidence < 0.6

    def test_a_line_of_two_words_is_like_few(self):
        memory = Memory([Lesson(1, "falta la factura", {"kind": "payment_reply"})])

        assert recalled(memory, "falta nuestro pedido en la #") == {}
        assert recalled(memory, "falta la factura") == {"kind": "payment_reply"}

    @given(
        said=st.text("abc #\n", max_size=80),
        lessons=st.lists(st.text("abc #\n", max_size=80), max_size=5),
    )
    @settings(max_examples=100, deadline=None)
    def test_any_words_are_compared_and_stay_within_one(self, said, lessons):
        memory = Memory([Lesson(n, each, {"kind": "claim"}) for n, each in enumerate(lessons)])

        alike = memory.likeness(said)

        assert len(alike) == len(lessons)
        assert all(-1e-5 <= each <= 1 + 1e-5 for each in alike)


BODIES = st.lists(
    st.sampled_from(
        [
            "Mancano 2 colli sulla fattura 4411.",
            "Totale trattenuto: 120,50 EUR",
            "Pratica Lari: 97-K",
            "Ordine 4500012345 del 3.11.2026",
            "Pagheremo 1.250,00 EUR entro venerdì",
            "Cordiali saluti",
            "Vi preghiamo di emettere nota di credito",
        ]
    ),
    min_size=1,
    max_size=5,
)
TOLD = st.builds(
    Told,
    kind=st.sampled_from(
        [None, Choice("claim", 0.9), Choice("remittance_advice", 0.9), Choice("other", 0.7)]
    ),
    reason=st.sampled_from([None, Choice("NC-03", 0.9), Choice("CO-05", 0.7)]),
    motive=st.sampled_from([None, Choice("NR-08", 0.9)]),
    codes=st.sampled_from([{}, {"c:26": "CO-05"}]),
    labels=st.lists(
        st.sampled_from(
            [
                ("references.claim", "pratica lari"),
                ("references.order", "sulla fattura"),
                ("-references.invoice", "sulla fattura"),
                ("claimed_amount", "trattenuto"),
                ("total_amount", "pagheremo"),
            ]
        ),
        max_size=3,
    ),
)


class TestValues:
    @given(lines=BODIES, told=TOLD)
    @settings(max_examples=150, deadline=None)
    def test_whatever_is_told_every_number_and_amount_stands_in_the_document(self, lines, told):
        body = "\n".join(lines)

        reading = read(a_mail(body), told)

        text = f"Nota\n\n{body}\n"
        for name, values in reading["references"].items():
            assert all(value in text for value in values), name
        for name in ("claimed_amount", "total_amount"):
            amount = reading[name]
            spots = [each for each in reading["evidence"] if each["field"] == name]
            assert amount is None or spots or reading["lines"], name
        assert all(
            text[each["start"] : each["end"]] == each["text"] for each in reading["evidence"]
        )

    def test_what_a_machine_marked_stays_a_machines(self):
        mail = a_mail("Sono assente fino al 12.", "Risposta automatica: fuori ufficio")
        assert read(mail)["kind"] == "auto_reply"

        assert read(mail, Told(kind=Choice("claim", 0.97)))["kind"] == "auto_reply"

    def test_an_unsure_answer_is_still_for_a_person(self):
        mail = a_mail("Mancano 2 colli sulla fattura 4411.")

        assert read(mail, Told(reason=Choice("NC-05", 0.62)))["needs_review"]


class TestWords:
    @pytest.mark.parametrize(
        ("text", "value", "label"),
        [
            ("Pratica Lari: 97-K", "97-K", "pratica lari"),
            ("Rif. ns. 12 codice cliente 4411", "4411", "# codice cliente"),
            ("di 4411", "4411", ""),
            ("Totale\n4411", "4411", ""),
        ],
    )
    def test_the_words_before_a_value(self, text, value, label):
        assert label_before(text, text.index(value)) == label

    def test_a_layout_is_known_by_its_header_whatever_the_numbers(self):
        assert signature_of(["Fattura", "Importo 2025"]) == signature_of(
            ["FATTURA", "importo 2026"]
        )
        assert signature_of(["Fattura", "Importo"]) != signature_of(["Importo", "Fattura"])

    def test_a_code_is_known_before_its_words(self):
        assert code_keys("26", "Merce  Rotta") == ["c:26", "t:merce rotta"]
        assert code_keys(None, None) == []

    @given(TOLD)
    def test_what_is_told_survives_the_way_into_the_sandbox(self, told):
        assert Told.from_json(told.to_json()).to_json() == told.to_json()
