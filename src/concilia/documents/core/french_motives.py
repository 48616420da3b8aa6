"""
Motives of the French e-invoicing life cycle (XP Z12-012) and the claim reasons they mean.

The first candidate is the likeliest. What only says that the file or its addressing is wrong is
NC-27, like a rejected invoice (R-2.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from concilia.kernel.reasons import InboundReason


@dataclass(frozen=True, slots=True)
class Motive:
    """A motive's name, and the reasons it may mean."""

    name: str
    reasons: tuple[str, ...]


TABLE: Final = """
JUSTIF_ABS        | NC-27 NC-25       | Justificatif absent ou insuffisant
ROUTAGE_ERR       | NC-26             | Erreur de routage
NON_TRANSMISE     | NC-26             | Destinataire non connecté
AUTRE             | FI-17             | Autre
COORD_BANC_ERR    | NC-27             | Erreur de coordonnées bancaires
TX_TVA_ERR        | NC-20             | Taux de TVA erroné
MONTANTTOTAL_ERR  | NC-10             | Montant total erroné
CALCUL_ERR        | NC-10             | Erreur de calcul de la facture
NON_CONFORME      | NC-27             | Mention légale manquante
DOUBLON           | NC-17             | Facture en doublon
DOUBLE_FACT       | NC-17             | Déjà facturé sur une autre facture
DEST_INC          | NC-18             | Destinataire inconnu
DEST_ERR          | NC-18             | Erreur de destinataire
TRANSAC_INC       | NC-03 NC-35       | Transaction inconnue
EMMET_INC         | NC-35             | Émetteur inconnu
CONTRAT_TERM      | NC-34 NC-19       | Contrat terminé
CMD_ERR           | NC-24             | Numéro de commande incorrect ou manquant
ADR_ERR           | NC-27 NC-18       | Adresse de facturation électronique erronée
SIRET_ERR         | NC-27             | SIRET erroné ou absent
CODE_ROUTAGE_ERR  | NC-27             | Code routage absent ou erroné
REF_CT_ABSENT     | NC-24 NC-27       | Référence contractuelle manquante
REF_ERR           | NC-24             | Référence incorrecte
PU_ERR            | NC-08             | Prix unitaire incorrect
REM_ERR           | NC-09             | Remise erronée
QTE_ERR           | NC-01 NC-04       | Quantité facturée incorrecte
ART_ERR           | NC-07             | Article facturé incorrect
MODPAI_ERR        | NC-28             | Modalités de paiement incorrectes
QUALITE_ERR       | NC-06             | Qualité d'article livré incorrecte
LIVR_INCOMP       | NC-01 NC-03       | Problème de livraison
REJ_SEMAN         | NC-27             | Rejet sémantique
REJ_UNI           | NC-17             | Rejet sur contrôle d'unicité
REJ_COH           | NC-27             | Rejet de cohérence
REJ_ADR           | NC-27             | Rejet d'adressage
REJ_CONT_B2G      | NC-27             | Rejet sur contrôles B2G
REJ_REF_PJ        | NC-27             | Rejet sur référence de pièce jointe
REJ_ASS_PJ        | NC-27             | Rejet sur association de pièce jointe
IRR_VIDE_F        | NC-27             | Fichier vide
IRR_TYPE_F        | NC-27             | Type de fichier irrecevable
IRR_SYNTAX        | NC-27             | Erreur de syntaxe
IRR_TAILLE_PJ     | NC-27             | Taille de pièce jointe
IRR_NOM_PJ        | NC-27             | Nom de pièce jointe
IRR_VID_PJ        | NC-27             | Pièce jointe vide
IRR_EXT_DOC       | NC-27             | Extension de pièce jointe
IRR_TAILLE_F      | NC-27             | Taille de fichier
IRR_ANTIVIRUS     | NC-27             | Contrôle antivirus
"""


def _read() -> dict[str, Motive]:
    found = {}
    for row in TABLE.strip().splitlines():
        code, reasons, name = (cell.strip() for cell in row.split("|"))
        found[code] = Motive(name, tuple(reasons.split()))
    return found


MOTIVES: Final = _read()


def from_french_motive(code: str) -> InboundReason | None:
    """Return what a motive of the life cycle means; None for a code the list has not."""
    motive = MOTIVES.get(code.strip().upper())
    return InboundReason(motive.reasons[0], motive.reasons) if motive is not None else None
