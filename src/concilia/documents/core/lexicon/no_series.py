"""Words of two and three capitals before numbers that are no series of papers."""

from __future__ import annotations

from typing import Final

WORDS: Final = """
AB AG AM ART AZ BIC BP BTW CAP CEE CIF CP CRO CTR DA DE DER DIE DIN DNI
DT DU EAN EL EN EU EX FAX FE FS GLN HRB HS ID IM IN ISO IT IVA KM
KWH LE LI LOT LU MM NIF NO NR NUM OF ON OUR PAG PC PG PIN PLZ PM POS
PZ QTY RCS REA REF RIF SAP SKU TEL THE TO TR TVA UK UND US USA UST VAT VIA
VON YOU ZA ZI
"""
NO_SERIES: Final = frozenset(WORDS.split())
