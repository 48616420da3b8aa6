# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""What numbers are when they are no papers: quantities, weeks, pages, shops, items, prices."""

from __future__ import annotations

import re
from typing import Final

# Folded words right before a number that say it is not the number of a paper.
COUNTED_BEFORE: Final = re.compile(
    r"(?<![a-z])(?:weeks?|wks?|kw|semaines?|sem|semanas?|settiman[ae]|wochen?|s|pages?|pag|pg|seiten?|paginas?|lines?|lignes?|righ[ae]|"
    r"lineas?|zeilen?|pos|position(?:en)?|posten|stores?|shops?|branch(?:es)?|filialen?|markt|magasins?|tiendas?|"
    r"negozi[o]?|pdv|punti? vendita|pallets?|bancal[ei]|paletten?|palettes?|palets?|years?|jahr(?:e|en)?|ann[eio]+s?|ano|"
    r"lot|lots|lote|lotto|lott[io]|batch|charge|chargen?|models?|modell[oe]?|modele|modelo|size|taille|talla|taglia|grosse|rooms?|"
    r"art|article|artikel|articolo|articulo|items?|sku|code article|skus?|periods?|periode|periodo|q|quarter|clauses?|klausel|"
    r"clausola|par|paragraph|paragrafo|section|iso|din|article no|ordered|received|delivered|shipped|invoiced|billed|"
    r"counted|only|nur|solo|seulement|ricevut[aieo]|ordinat[aieo]|fatturat[aieo]|consegnat[aieo]|recu(?:s|es)?|commandes?|factures?|"
    r"livres?|pedid[ao]s?|recibid[ao]s?|facturad[ao]s?|entregad[ao]s?|bestellt|geliefert|berechnet|erhalten|instead of|"
    r"invece di|anziche|au lieu de|en vez de|statt|owe us|owe you|index|reading|lettura|"
    r"zahlerstand|lectura|meter shows|shows|reads|zeigt|segna|affiche|marca|estimated|stimat[aieo]|geschatzt|estime|estimad[ao]s?|"
    r"amount|total|sum|totale|importo|summe|betrag|montant|somme|importe|suma|value|valore|wert|valeur|valor|cost|costo|kosten|"
    r"cout|coste|price|prezzo|preis|prix|precio|fee|eur|euros?|gbp|usd|chf|pounds?|dollars?|postcode|zip|code postal|"
    r"remittance(?: advice)?|payment(?: advice)?|zahlungsavis|avis(?: de (?:paiement|virement))?|avviso(?: di pagamento)?|"
    r"aviso(?: de pago)?|cheque(?: no)?|scheck|assegno|payment run|zahllauf|settlement|crime(?: number| no)?|file(?: no| number)?|"
    r"aktenzeichen|az|police(?: report)?|policia|denuncia|version|flat|apartment|wohnung|suite|"
    r"€|£|\$)[ \t:]*$|(?<![a-z])(?:pos|art|pag|pg|s|kap|cap|sem|seite|nr\. art|apt|az)\.[ \t]*$"
)
# The same before a number of few digits: longer ones are papers there (`the price of 88120`).
COUNTED_WEAKLY: Final = re.compile(
    r"(?<![a-z])(?:than|als|about|uber|ueber|over|circa|ca|etwa|rund|environ|unos|unas|x|a|at|by|je|per|pro|of|from|en|in|um|di|da|"
    r"de|von|vor|before|since|seit|dal|paying|paid|pay|pago|paghiamo|zahlen|payons|pagamos|depuis|desde|to|bis|hasta|until)[ \t:]*$|(?<![a-z])ca\.[ \t]*$"
)
WEAK_DIGITS_MAX: Final = 4
# `12 Kartons PEN-500`: what is counted stands before the number of the article.
ARTICLE_BEFORE: Final = re.compile(
    r"(?<![a-z0-9])(?:\d{1,6}|an?|one|two|three|un[ao]?|uno|due|tre|une|deux|trois|dos|tres|ein(?:en?|er|em)?|zwei|drei|vier)[ \t\u00a0]?(?:x|×|"
    r"pcs|pces?|pieces?|units?|boxes|box|cases?|cartons?|crates?|trays?|packs?|packets?|bottles?|bags?|sacks?|rolls?|sets?|pallets?|tins?|cans?|"
    r"pezz[io]|pz|unita|cartoni?|scatol[ae]|cass[ae]|casse|colli|collo|confezion[ie]|sacchi|sacco|bottigli[ae]|bancal[ei]|pallet|rotol[io]|"
    r"unites?|caisses?|colis|paquets?|bouteilles?|sacs?|palettes?|rouleaux?|bidons?|fardeaux?|cajas?|uds?|unidad(?:es)?|bultos?|paquetes?|botellas?|"
    r"sacos?|palets?|rollos?|piezas?|kartons?|kisten?|stuck|stk|packungen|packung|gebinde|flaschen?|sack|sacke|paletten?|rollen?|dosen|steigen|eimer)"
    r"[ \t\u00a0]+(?:of[ \t]+|di[ \t]+|de[ \t]+|d'|von[ \t]+|du[ \t]+|del[ \t]+|(?:art(?:ikel|icolo|iculo|icle)?|ref|item|sku)\.?[ \t]+)?$"
)
# Words right after a number that make it a quantity, besides units.
COUNTED_AFTER: Final = re.compile(
    r"[ \t\u00a0]?(?:[x×*]\s?\d|x\b|pcs|pces?|pz\b|ea\b|uds?\b|stk\b|st\b|stuck|pieces?|pezz[io]|unita|unites?|unidades|packs?|packungen|confezioni|"
    r"bottles?|bottiglie|bouteilles?|botellas?|flaschen|boxes|box\b|cases?|cajas?|kisten?|kartons?|cartons?|cartoni|colli|colis|"
    r"crates?|casse|caisses|trays?|steigen|cassett[ea]|cagettes?|bandejas?|sacks?|sacchi|sacs|sacos|sacke|pallets?|palettes?|"
    r"paletten?|palets?|bancali|kegs?|fusti|futs|barriles|fasser|kwh|kw\b|mwh|m3|smc|kg|kgs|g\b|gr\b|t\b|l\b|lt\b|ml\b|cl\b|km|cm|mm|"
    r"stores?|shops?|magasins?|tiendas?|filialen|negozi|punti vendita|markte|items?|articles?|articoli|artikel|articulos|"
    r"referen\w+|lines?|righe|lignes|lineas|positionen|percent|prozent|per ?cent[o]?|pour ?cent|pages?|seiten|pagine|"
    r"employees|mitarbeiter|customers|clienti|kunden|clients|calls|coupons?|gutscheine|buoni|bons|vales|o'?clock|uhr|ore\b|h\b|"
    r"hundred|thousand|mila|mille|mil\b|tausend|cents?|centesimi|centimes|centimos|p\b|eur|euros?|€|£|\$|gbp|usd|chf|pounds?|quid|"
    r"dollars?|days?|giorni|jours|dias|tage|nachte|notti|weeks|settimane|semaines|semanas|wochen|months?|mesi|mois|meses|monate|years?|"
    r"anni|ans|anos|jahre|times|volte|fois|veces|mal\b|%|:\d)"
)
# A number that begins so names no paper although its shape could.
NOT_A_PAPER: Final = re.compile(
    r"(?:\d{1,2}w\d\d|\d{1,2}h\d\d|(?:img|dsc|dscn|pxl|sn|ral|mrn|mpan|nfrc)[-_.]?\d+|covid|iso|en|din|q[1-4]|h[12]|a[345]|v\d|ps\d|mp3|mp4|co2|b2b|b2c|24/7|\d+(?:st|nd|rd|th|er|e|a|o)|\d+\.(?:er|o|a)|\d+x\d+|\d+h\d*)$",
    re.IGNORECASE,
)
