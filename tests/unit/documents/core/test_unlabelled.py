from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.documents.core.references import find_references
from concilia.documents.core.unlabelled import find_unlabelled


def found(text):
    named = find_references(text)
    return {(each.kind, each.value) for each in [*named, *find_unlabelled(text, named)]}


class TestArticles:
    @pytest.mark.parametrize(
        "text",
        [
            "bei der Lieferung fehlten 12 Kartons PEN-500",
            "mancano 3 colli OLI-250 nella consegna di ieri",
            "we got four boxes and 4 boxes of KR-2200 were broken",
            "il manque 2 cartons CHO-770 sur la livraison",
            "faltan 5 cajas ACE-1000 en el envío",
        ],
    )
    def test_what_stands_behind_its_count_is_an_article(self, text):
        assert found(text) == set()


class TestNumbersWithoutAWord:
    @pytest.mark.parametrize(
        ("text", "references"),
        [
            ("1182 and 1190 are the same", {("invoice", "1182"), ("invoice", "1190")}),
            ("7771 says 14 days", {("invoice", "7771")}),
            ("8800221 ist mein altes Kundenkonto", {("customer", "8800221")}),
            ("5512087 era el número del albarán", {("delivery", "5512087")}),
            ("La 3301 è la bolla", {("delivery", "3301")}),
            (
                "PO 8810 was cancelled, you billed with 7719",
                {("order", "8810"), ("invoice", "7719")},
            ),
            ("OTIF-2026-10: on time 88.2 %, our charge 1,204.11", {("claim", "OTIF-2026-10")}),
            (
                "your invoice 8821 lacks our purchase order number. It should read BO-2027-03.",
                {("invoice", "8821"), ("order", "BO-2027-03")},
            ),
            ("the price of 88120 is wrong", {("invoice", "88120")}),
            ("you made out TW 2026 00518 to the wrong firm", {("invoice", "TW 2026 00518")}),
            ("The 5 % for web orders isn't on 26/11/0932", {("invoice", "26/11/0932")}),
            (
                "0900229931  1,200 cs\n0900229947  960 cs",
                {("invoice", "0900229931"), ("invoice", "0900229947")},
            ),
        ],
    )
    def test_are_papers_of_the_likeliest_kind(self, text, references):
        assert found(text) == references

    @pytest.mark.parametrize(
        "text",
        [
            "We ordered 55120 (matt), the goods are 55121 (gloss)",
            "You estimated 9440, the meter shows 8102",
            "recall of lot 0926",
            "Insolvenzverfahren 67 IN 214/26",
            "ring me back on 07700 900118",
            "abgelesen wurden 24.118, es sind 20.118",
            "VAT GB 771 2201 18",
            "The part 6-441-20 is broken, see photos IMG_3312 to IMG_3319",
            "reported to the police, crime ref 51/220714/26",
            "Zeichnung 99231, Kennzeichen K-LM 5512, Seriennr. WK8812093",
            "disegno 9913, targa FK552LM, denuncia n. 771/26",
            "Attestation n° 5520, n° de série HK33-00519 et HK33-00527",
            "pieza 6-441-20, matrícula 5512 KLM, vales 8810, 8814 y 8818",
            "entrata merce 5000881203, Wareneingang 5000881204",
            "Via Roma 8, 10139 Torino",
        ],
    )
    def test_may_be_no_papers(self, text):
        assert found(text) == set()

    @given(st.text(alphabet="0123456789 abcINV-/.,()€\n", max_size=150))
    def test_never_lie_over_each_other(self, text):
        named = find_references(text)
        spans = sorted((each.start, each.end) for each in [*named, *find_unlabelled(text, named)])
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
        assert all(text[start:end].strip() for start, end in spans)
