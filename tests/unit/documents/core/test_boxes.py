from __future__ import annotations

import pytest

from concilia.documents.core.boxes import without_unticked


class TestBoxes:
    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ("Reason [ ] short [ ] damaged [x] faulty [ ] price", "Reason [x] faulty"),
            ("Motif : ☐ manquant  ☐ cassé  ☒ erreur d'article", "Motif : ☒ erreur d'article"),
            ("Motivo\t( ) resi (x) prezzo ( ) ammanchi", "Motivo (x) prezzo"),
            ("Grund: Fehlmenge [ ]  Preis [X]  Bruch [ ]", "Grund: Preis [X]"),
        ],
    )
    def test_only_what_is_ticked_is_said(self, form, said):
        left = without_unticked(form)
        assert left.split() == said.split()
        assert len(left) == len(form)

    @pytest.mark.parametrize(
        "office",
        [
            "Office use only – Return authorised Y / N",
            "Riservato all'ufficio: nota n. 12",
            "Cadre réservé à l'administration",
            "Reservado para la administración",
            "Vom Lieferanten auszufüllen: Retoure",
        ],
    )
    def test_what_others_fill_in_is_left_out(self, office):
        left = without_unticked(f"[x] short [ ] price\n\n{office}\n")
        assert left.split() == ["[x]", "short"]

    def test_a_text_without_boxes_stays_as_it_is(self):
        text = "Two cartons (2) are missing [see photo]."
        assert without_unticked(text) == text
