"""What customers write, subject line first, then the message. Braces are filled in later."""

from __future__ import annotations

CLAIMS = {
    "dorval-preuve": """facture {inv}, preuve de livraison
Bonjour,

Nous ne retrouvons pas le bon de livraison émargé correspondant à votre facture {inv} du
{inv_date} ({total} EUR, {ddt}). Sans preuve de livraison signée, la facture reste bloquée en
litige chez nous.

Merci de nous la faire parvenir rapidement.

Hélène Garnier
Comptabilité fournisseurs""",
    "marceau-avarie": """Avarie transport livraison {ddt} - note de débit {dn}
Madame, Monsieur,

À réception de la livraison {ddt} le {delivered}, nous avons constaté {q1} colis de {product1}
écrasés et souillés (palette effondrée). Réserves portées sur le récépissé du transporteur,
photos ci-jointes.

Vous trouverez ci-joint notre note de débit {dn} d'un montant de {amount} EUR à valoir sur votre
facture {inv}. La marchandise est tenue à disposition 8 jours puis détruite.

Cordialement,
Camille Thévenot""",
    "marceau-penalite": """Pénalités logistiques {dn}
Bonjour,

Conformément à notre convention logistique, le taux de service constaté sur la commande {po} est
inférieur à 98,5 %. Livraison {ddt} reçue le {delivered} au lieu de la date convenue. Nous vous
facturons une pénalité de {amount} EUR (pièce {dn}), qui sera déduite du règlement de la facture
{inv}.

Service Supply Chain
Épicerie Marceau SAS""",
    "dorval-ecart": """Écart de prix facture {inv}
Bonjour,

Votre facture {inv} reprend {product1} à {u1} EUR le colis alors que le tarif en vigueur est de
{c1} EUR. Soit un écart tarif de {d1} EUR par colis. Merci d'établir un avoir de {amount} EUR
(notre note {dn} jointe).

Bien à vous,
Hélène Garnier""",
    "brissac-manquant": """manquants {ddt}
bonjour
il manquait {q1} colis de {product1} sur la livraison de la facture {inv}, je les deduis de mon
paiement soit {amount} euros
cordialement
Comptoir Brissac""",
    "vauclerc-promo": """Demande d'avoir {dn} : promotion non appliquée
Bonjour,

L'opération "Tables d'Italie" (-{r1} sur {product1} et {product2}) n'a pas été appliquée sur
votre facture {inv}. Merci de bien vouloir nous adresser un avoir de {amount} EUR. Vous
trouverez notre demande {dn} en pièce jointe.

Halles de Vauclerc - Comptabilité marchandises""",
    "castelnaud-retour": """Retour marchandise
Bonjour, suite à votre accord de retour, le chauffeur a repris {q1} colis de {product1} (facture
{inv}). Pouvez-vous m'envoyer l'avoir ? Cela fait {amount} EUR sauf erreur. Merci beaucoup,
bonne journée à toute l'équipe !""",
    "ormesson-rfa": """RFA {dn}
Bonjour,

Veuillez trouver ci-joint le décompte de la remise de fin d'année sur le chiffre d'affaires
réalisé avec vos services. Montant dû : {amount} EUR.
Référence à rappeler : {dn}. Sans réponse sous 15 jours nous procéderons par compensation sur
vos factures, la plus récente étant la {inv}.

Centrale d'achats Ormesson SA""",
    "kerouan-double": """Double facturation {inv} / {twin}
Bonjour,
j'ai reçu deux factures pour une seule livraison ({ddt}) : {inv} et {twin}, même montant {total}
EUR. Il doit y avoir un doublon de votre côté. Un avoir pour la seconde suffira.
Belle journée depuis Rennes""",
    "henonville-qualite": """Pâtes fraîches cassantes - réclamation qualité
Bonjour,
{q1} colis de {product1} inutilisables : les pâtes se brisent à la cuisson, photo jointe.
Facture {inv}. Nous avons dû annuler un buffet de 120 couverts. Nous demandons le remboursement
de {amount} EUR.
Traiteur Hénonville""",
    "dorval-sud-cache": """Manquant caché {ddt}
Bonjour,
Au déballage, 5 colis de {product1} étaient incomplets (manquant non apparent à la livraison).
Nous avons déduit {amount} EUR du règlement de la facture {inv}.
Dorval Méditerranée, entrepôt de Marseille""",
    "lavandou-facture": """relance facture {inv}
Bonsoir, vous me relancez pour la facture {inv} mais je ne l'ai jamais reçue... vous avez la
bonne adresse mail ? on a changé en septembre. merci de la renvoyer

Envoyé de mon téléphone""",
    "ormesson-coop": """Facture de coopération commerciale {dn}
Madame, Monsieur,

Nous vous prions de trouver ci-joint notre facture {dn} relative à la coopération commerciale
(parution du prospectus national, page 12) pour {amount} EUR HT, autoliquidation. Justificatif
de parution joint.

Règlement par compensation à échéance.

Centrale d'achats Ormesson SA""",
    "castelnaud-casse/again": """casse facture {inv}
Bonjour, comme indiqué sur mon virement j'ai retenu 3 colis de {product1} arrivés cassés,
livraison {ddt}. C'était noté sur le bon. Un avoir svp. Merci !""",
    "vauclerc-echeance": """Échéance facture {inv}
Bonjour,
Vous nous relancez pour la facture {inv} échue au {due}. Nos conditions de règlement sont de 45
jours fin de mois et non 30 jours. Merci de corriger la date d'échéance, le paiement suivra.
Halles de Vauclerc""",
}

FOLLOW_UPS = {
    "answer": """RE: {subject}
Bonjour,
Voici les éléments demandés pour la facture {inv}.
Cordialement""",
    "accept": """RE: {subject}
Bonjour,
Après vérification auprès de l'entrepôt, nous acceptons votre position. Les {amount} EUR seront
réglés avec le prochain virement.
Cordialement""",
    "appeal": """RE: {subject}
Bonjour,
Nous contestons votre refus concernant la facture {inv} et demandons un nouvel examen par votre
responsable.""",
    "withdraw": """RE: {subject}
Bonjour, notre erreur : merci d'annuler la réclamation sur la facture {inv}.""",
    "reopen": """RE: {subject}
Bonjour, l'avoir reçu pour la facture {inv} ne correspond pas à notre demande.""",
}

CARRIER = """Émargé {ddt}
Bonjour,
Ci-joint le récépissé émargé {ddt} du {delivered}.
{remark}

Transports Léman Express"""
CARRIER_LOST = """Litige {ddt}
Bonjour, la marchandise {ddt} est déclarée perdue sur notre quai. Dossier transmis à
l'assurance. Transports Léman Express"""

REMITTANCE = """Avis de règlement du {date}
Bonjour,
Veuillez trouver ci-joint le détail de notre virement du {date} d'un montant de {total} EUR.
Service trésorerie"""
REMITTANCE_BODY = """Bordereau de règlement {date}
Bonjour, nous avons émis ce jour un virement de {total} EUR correspondant à :

{lines}

Cordialement"""

REPLIES = {
    "promise": """RE: Relance facture {inv}
Bonjour, le virement de {total} EUR pour la facture {inv} partira le {promise}. Désolée pour le
retard.""",
    "hardship": """votre relance
Bonjour, notre trésorerie est tendue en ce moment. Serait-il possible de régler la facture {inv}
en deux fois ? Merci d'avance de votre compréhension.""",
    "copy": """Facture {inv}
Bonjour, merci de m'adresser un duplicata de la facture {inv}. Cordialement""",
}

AUTO_REPLY = """Réponse automatique : {subject}
Bonjour, je suis absente jusqu'au {back} inclus. Je prendrai connaissance de votre message à mon
retour."""

NOTES = {
    "LOG": "Bon {ddt} vérifié avec le transporteur, rien d'autre au dossier.",
    "CRD": "Conditions du contrat contrôlées pour {inv}.",
    "ACC": "{inv} comparée au tarif en vigueur à la date de commande.",
    "TRM": "Accord et preuve de parution contrôlés pour {inv}.",
}
ASK = """Bonjour,

Nous avons bien reçu votre réclamation sur la facture {inv}. Pour la traiter rapidement il nous
manque : {need}. Dès réception, réponse sous deux jours ouvrés. La partie contestée ne vous est
pas réclamée entre-temps."""
ANSWER_VALID = """Bonjour,

Après examen, votre réclamation sur la facture {inv} est justifiée à hauteur de {valid} EUR.
L'avoir vous parviendra dans les prochains jours. Toutes nos excuses pour ce désagrément."""
ANSWER_DENIED = """Bonjour,

Nous avons examiné avec soin votre réclamation sur la facture {inv}. Nos documents ne la
confirment pas et nous ne pouvons pas accorder {amount} EUR. Les pièces sont jointes ; nous
regarderons volontiers tout autre élément."""
NEEDS = {"other": "une copie du bon de livraison émargé"}
