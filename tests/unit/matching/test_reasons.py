from __future__ import annotations

import pytest

from concilia.matching.reasons import find_reason


class TestFindReason:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("- 122,00 manca 1 collo", "NC-01"),
            ("Fehlmenge 2 Karton", "NC-01"),
            ("manquant 3 colis", "NC-01"),
            ("faltan 2 cajas", "NC-01"),
            ("shortage 1 case", "NC-01"),
            ("mancata consegna", "NC-03"),
            ("merce danneggiata", "NC-05"),
            ("Transportschaden", "NC-05"),
            ("écart de prix", "NC-08"),
            ("diferencia de precio", "NC-08"),
            ("retour marchandise", "NC-14"),
            ("reso merce", "NC-14"),
            ("promo non applicata", "CO-01"),
            ("premio fine anno 2025", "CO-05"),
            ("WKZ Q1", "CO-03"),
            ("pénalité taux de service", "NC-12"),
            ("Skonto 2%", "FI-02"),
            ("escompte", "FI-02"),
            ("ritenuta d'acconto", "FI-06"),
            ("split payment", "FI-07"),
            ("acconto", "FI-13"),
            ("Teilzahlung", "FI-13"),
            ("reason NC-08", "NC-08"),
            ("06", "NC-01"),
            ("A8", "CO-01"),
            ("57", "NC-08"),
        ],
    )
    def test_reads_five_languages(self, text, code):
        reason = find_reason(text)

        assert reason is not None
        assert reason.code == code

    @pytest.mark.parametrize("text", ["", "FT 2026/1234 saldo", "Rechnung 12345", "XX-99", "FI-99"])
    def test_says_nothing_where_nothing_is_said(self, text):
        assert find_reason(text) is None

    def test_customers_own_codes_come_first(self):
        reason = find_reason("D24 shortage", {"D24": "NC-08"})

        assert reason is not None
        assert reason.code == "NC-08"
