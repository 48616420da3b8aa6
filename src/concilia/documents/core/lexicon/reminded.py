# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""What a creditor writes who waits for money, in five languages, on folded text."""

from __future__ import annotations

import re
from typing import Final

REMINDED: Final = re.compile(
    r"remind|overdue|past due|outstanding|unpaid|arrears|not (?:yet )?received your payment|dunning|final notice|"
    r"sollecit|scadut[oaei]|insolut|risulta(?:no)? (?:ancora )?(?:apert|non pagat|impagat)|non abbiamo (?:ancora )?ricevuto il|"
    r"messa in mora|moros|relance|rappel|impaye|echue?s?\b|solde du|mise en demeure|reste[nt]* due?s?|pas recu votre reglement|"
    r"recordatorio|vencid[oa]s?|impag|pendientes? de pago|consta[n]? pendiente|segundo aviso|no hemos recibido su pago|requerimiento|"
    r"mahn|zahlungserinnerung|uberfallig|fallige|noch offen|offene(?:r|n)? (?:posten|betrag|saldo|rechnung)|ruckstand|nicht eingegangen|"
    r"inkasso|letzte erinnerung"
)
