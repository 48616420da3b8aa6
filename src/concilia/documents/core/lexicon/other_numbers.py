# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""Things that have numbers and are no papers between us and a customer, in five languages."""

from __future__ import annotations

import re
from typing import Final

# Folded. Goods and their parts, vehicles, photographs, forms of the customs, of the police, of banks.
THINGS: Final = (
    # what goods and their parts are called
    r"parts?(?: no)?|mat|materials?|materiale?|materialnummer|matiere|teil(?:e)?(?:nummer|nr)?|ersatzteil|ricambio|pezzo|piece detachee|recambio|pieza|"
    r"drawing|disegno|zeichnung(?:snummer|s-?nr)?|dessin|dibujo|plano|cod|codice|codici|codes? articles?|codice articolo|sku|ean|gtin|styles?|design|"
    r"serials?|serial numbers?|seriali|serien(?:nummern?|nr)|buchungs-?id|tgb\.?-?nr|apparat|(?:numeros?|n[o\u00b0]?) de serie|numeri di serie|matricol[ae]|sn|chassis|fahrgestell(?:nummer)?|telaio|bastidor|"
    r"referenz?a? articolo|varieties|farbe|colou?r|ral|pantone|couleur|"
    # work, quotations, circulars
    r"forms?|mod|modulo|modul[oi]|vordruck|formular|formulaire|formulario|template|job(?: ?sheet)?s?|work ?sheet|quotations?|quotes?|preventiv[oi]|angebot(?:e|s|snummer|s-?nr)?|devis|presupuestos?|newsletter|"
    r"letter|schreiben|lettera|courrier|carta|circolare|circular|circulaire|rundschreiben|prot|protocollo|protokoll|certificat[eo]?s?|zertifikat|certificado|chapter|"
    r"tenders?|gara|ausschreibung|appel d'offres|licitacion|permit|licen[cs]e|lizenz|licenza|permesso|bewilligung|"
    # vehicles, places, people
    r"badge|trailers?|trucks?|lorry|van|plates?|reg|registration|kennzeichen|targa|targata|rimorchio|semirimorchio|motrice|immatriculation|immatricule|plaque|"
    r"remorque|matricula|remolque|anhanger|lkw|camion|container|conteneur|contenedor|seals?|sigillo|plomb|plombe|precinto|gate|dock|rampe|ramp|baia|quai|muelle|"
    r"flight|vol|flug|volo|vuelo|train|coach|ext|extension|durchwahl|interno|poste tel|dw|nebenstelle|pin|otp|stop|"
    # the state, the police, doctors, courts
    r"mrn|eori|taric|hs ?code|customs(?: ref| declaration)?|dogana|bolla doganale|douanes?|aduana|zoll(?:tarif)?(?:nummer)?|nhs|patient|versichertennummer|"
    r"police(?: ref| report)?|crime(?: ref)?|fraud|denuncia|querela|plainte|proces-verbal|anzeige|strafanzeige|tagebuch-?nr|atestado|carabinieri|questura|guardia civil|"
    r"company(?: registration)?|companies house|registered in [a-z]+|org|handelsregister|hrb|hra|hr|registro mercantil|kvk|siren|siret|c\.?f|cod\.? ?fisc|codice fiscale|"
    r"codice tributo|tributo|ministerial|dpr|d\.p\.r|dlgs|d\.lgs|decreto|directive|direttiva|richtlinie|verordnung|reglement|regolamento|legge|loi|ley|gesetz|"
    r"article|articolo|art|paragraf|paragraph|"
    # banks and payments
    r"trn|cro|uetr|trace|transaction|transazione|transaktion|end-?to-?end|authori[sz]ation|autorizzazione|genehmigung|autorisation|autorizacion|sort code|blz|abi|cab|"
    r"bank ?account|remittance|payment(?: ref)?|cheques?|scheck|assegno|talon|pagare|"
    # what only the other side books
    r"vendor(?: no| number)?|supplier(?: no| number| code)?|fornitore|codice fornitore|fournisseur|code fournisseur|lieferant(?:en)?(?:nummer|nr|-nr)?|"
    r"kreditor(?:en)?(?:nummer|nr|-nr)?|kred\.?-?nr|proveedor|codigo de proveedor|supplier id|"
    r"goods receipts?|goods received(?: note)?|gr|gr doc|grn|entrata merc[ei]|entrate merci|wareneingang(?:snummer|sbeleg|s-?nr)?|we-?nr|we-?beleg|reception|entree marchandises?|entrada de mercancias?|"
    r"vouchers?|buon[oi] pallet|buon[oi]|palettenscheine?|lademittelscheine?|bons? palettes?|bons? d'echange|vales?(?: de palets?)?|"
    # credit notes are ours, and what they settle is settled
    r"credit ?notes?|credit ?memos?|nota? (?:di )?credito|note (?:di )?credito|notas? de (?:credito|abono)|abono|avoirs?|gutschrift(?:en)?(?:s?nummer|snr|s-?nr)?|cn|nc|gs|"
    # pictures and files
    r"img|dsc|dscn|pxl|wa|photos?|fotos?|pictures?|bild(?:er)?|bilddatei|image[ns]?|immagin[ei]|imagen(?:es)?|foto(?:grafia)?|screenshot|scan|dok-?id|"
    # tracking
    r"registro|rcf|dir3|centro|almacen|werk|lagerort|plant|sscc|nve|recepisse|attestation(?: de [a-z]+)?|bon de depot|vale de recogida|recibo|einschreiben|raccomandata|recommande|recorded delivery|certificado|operacion|tracking(?: ?(?:no|number|id))?|parcel|pacco|colis|paket(?:nummer)?|sendungsverfolgung|suivi|seguimiento|paquete|mpan|mprn|meter|zahler|contador|compteur|contatore|lettera di vettura|lettre de voiture|awb"
)
# The same right before a number, at most two small words between.
THING_BEFORE: Final = re.compile(
    rf"(?<![a-z])(?:{THINGS})(?:[ .:#\u00b0\u00ba_(-]{{0,3}}(?:nos?|nrs?|n|num|numbers?|numero|numeri|nummern?|nn|refs?|reference|rif|id|codes?|is|ist|e|est|es|of|von|de|di|del|du|da|from|rev|our|your)\b){{0,2}}[ .:#\u00b0\u00ba_(-]{{0,14}}(?:[a-z]{{1,3}}[ -]){{0,2}}$"
)
# What goes on counting from the number before: `IMG_2231 to IMG_2240`, `7710, 7714 e 7718`.
GOES_ON_COUNTING: Final = re.compile(
    r"\s?(?:,|/|&|\+|-|\u2013|;|to|and|bis|und|a|al|e|ed|et|au|y|hasta|o|or|ou|oder)?\s?"
)
