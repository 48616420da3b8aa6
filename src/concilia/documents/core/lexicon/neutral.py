# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""Phrases that look like a reason and say nothing: `VAT included` contests no tax."""

from __future__ import annotations

from typing import Final

NEUTRAL: Final[dict[str, str]] = {
    "neutral": """
        20 en: vat (included|inclusive|incl|excluded|excl); (incl|including|inclusive of|plus|excl|excluding|ex|net of|with|without) .. vat; vat (reg|registration|number|no) #; (missing|outstanding|awaiting|waiting for|still no|pending) .. (credit|credit note)
        20 it: iva (inclusa|compresa|incl|esclusa|escl); (più|oltre|con|senza|al netto dell|incl|inclusa) iva; p iva; partita iva; (manca|attend*|aspett*|in attesa) .. (nota (di)? credito|accredito|storno)
        20 fr: tva (incluse|comprise|incl|en sus|non comprise); (hors|avec|plus|incl) tva; (n|numéro) (de)? tva; ttc; ht; (manque|attend*|attente) .. avoir
        20 es: iva (incluido|incl|no incluido|aparte|excluido); (más|con|sin) iva; (n|número) (de)? iva; (falta|pendiente|esper*) .. abono
        20 de: (inkl|inklusive|zzgl|zuzüglich|einschließlich|exkl|ohne|plus|mit) .. (mwst|ust|mehrwertsteuer|umsatzsteuer); (mwst|ust) (inkl|inklusive|enthalten); (fehlt|warten|aussteh*|steht) .. gutschrift; gutschrift .. (fehlt|steht .. aus|aussteh*); ust id*
    """,
}
