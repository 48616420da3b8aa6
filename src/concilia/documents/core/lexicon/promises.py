# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""How people say that they pay, ask whether they may, or that they cannot; on folded text."""

from __future__ import annotations

import re
from typing import Final

# Somebody pays, or money is on its way; with a day to come in the same sentence it is a promise.
PAYING: Final = re.compile(
    r"\b(?:will (?:be )?(?:pay|paid|transfer\w*|settled?|sent|send|wire[d]?|clear(?:ed)?|come|go|leave|follow|arrive|reach)|(?:i'?ll|we'?ll) (?:pay|settle|transfer|send|wire|clear|do|make)|"
    r"(?:i'?m|i am|we'?re|we are|am|are) (?:paying|transferring|sending|settling|wiring|going to pay)|pays|paying|shall (?:pay|settle|transfer)|"
    r"(?:can|could) let you have|(?:goes?|going|went) out|you'?ll (?:have|get|receive)|you will (?:have|get|receive)|expect (?:it|payment|the money)|"
    r"payment (?:follows|is (?:scheduled|planned|due to go|set)|run|will|on|by|goes|date|promised)|scheduled|pay run|on its way|promis\w+|money (?:comes|is coming|will)|"
    r"is being paid|gets paid|to be paid (?:on|by)|"
    r"haben sie (?:das |ihr )?geld|(?:ist|sind) (?:das |ihr )?geld|im (?:zahl)?lauf (?:vom|am)|wird .{0,20}eingezahlt|zahlen?|zahlt|uberweise?n?|uberweist|bezahle?n?|begleichen?|(?:geht|gehen|ging|gehn)\b[^.]{0,60}\b(?:raus|ab|weg|hinaus)|(?:wird|werden)\b[^.]{0,60}\b(?:bezahlt|gezahlt|uberwiesen|"
    r"beglichen|angewiesen|ausgeglichen|zahlen|uberweisen|begleichen|kommen)|zahlung (?:erfolgt|folgt|kommt|geht|am|zum|bis|ist)|geld (?:kommt|geht|ist)|bekommen sie|erhalten sie|"
    r"(?:kommt|kommen) (?:am|bis|nachste|morgen|heute|montag|freitag)|zahllauf|sage (?:die )?zahlung|verspr\w+|zugesagt|sagt\b[^.]{0,30}\bzu|weise\w*\b[^.]{0,30}\ban|"
    r"(?:goes?|go|going|put|is|are|be) (?:out |off )?(?:in|into|with|on) [^.]{0,24}\b(?:run|batch)|(?:e|sono|va|vanno|messa|messe|inserit\w+) (?:nella|in|nel|alla) (?:\w+ )?(?:distinta|giro)|"
    r"con valuta|(?:est|sont|passe\w*) dans (?:le|la) (?:lot|campagne|train)[^.]{0,20}|(?:va|van|entra|entran|esta|estan) en (?:la|el) (?:remesa|ciclo)|(?:ist|sind|geht|gehen|lauft) (?:im|in den|mit dem) (?:\w+ )?(?:zahl\w*|lauf)|"
    r"(?:we|i) (?:pay|transfer|settle|wire|send|remit)|(?:we|i) can (?:only )?(?:pay|transfer|settle|wire|send|remit)|(?:konnen|kann)\b[^.]{0,60}\b(?:zahlen|uberweisen|bezahlen|begleichen)|rate von|"
    r"(?:posso|possiamo) (?:pagar\w*|bonificar\w*|saldar\w*)|(?:peux|pouvons) (?:vous )?(?:payer|regler|virer|verser|solder)|(?:puedo|podemos) (?:pagar\w*|transferir\w*|abonar\w*|ingresar\w*)|"
    r"va nel giro|vanno nel giro|posso (?:darvi|versare|fare)|possiamo (?:darvi|versare)|pago|paga|paghiamo|paghero|pagheremo|saldo|salda|saldiamo|saldero|salderemo|bonifico (?:parte|partira|in partenza|entro|il|previsto|oggi|domani)|(?:faccio|facciamo|faro|faremo|fa) (?:il |un |partire )?(?:il |un )?bonifico|"
    r"(?:verra|sara|verranno|saranno|viene) (?:pagat|bonificat|saldat|liquidat|effettuat|dispost)\w*|provved(?:o|iamo|ero|eremo)|vers(?:o|iamo|ero|eremo)|(?:parte|partira|arriva|arrivera|arriveranno|partono)\b|"
    r"disponiamo|disporremo|dispongo|promett\w+|bonific(?:o|hiamo|hero|heremo)|mando|mandiamo|pagamento (?:previsto|programmato|in|entro|il|sara|avverra)|"
    r"pai[et]r(?:ai|ons|a)|paye(?:rai|rons|ra)?|paie|payons|regl(?:e|erai|erons|era|ons)|vire(?:rai|rons|ra)?|virons|virement (?:part|partira|sera|est|prevu|le|fait|effectue|programme)|(?:sera|seront|est|sont) (?:paye|regle|vire|solde|verse)\w*|"
    r"(?:verse(?:rai|rons)?|versons)|part(?:ira|iront|ent)?\b|(?:serez|serait|etes) payee?s?|paiement (?:prevu|est|sera|partira|le|interviendra|programme)|(?:fais|faisons|ferai|ferons|effectu\w+) (?:le |un )?(?:virement|paiement|reglement)|reglement (?:prevu|le|sera|partira|interviendra)|"
    r"paiement\b|virement\b|promet\w*|vous (?:aurez|recevrez)|arrivera|solderai|solderons|"
    r"transfier\w+|se (?:hace|pagan|abonan|transfiere)|queda (?:pagad|abonad)\w*|pagare(?:mos)?|pagamos|pagara|abon(?:o|are|aremos|amos)|transfer(?:ire|iremos|imos)|(?:hago|haremos|hacemos|hare) (?:yo |nosotros )?(?:la |una |el )?(?:transferencia|pago|ingreso)|transferencia (?:sale|saldra|el|para|prevista|se)|"
    r"(?:sera|seran|quedara) (?:pagad|abonad|transferid|liquidad)\w*|ingres(?:o|are|aremos|amos)|sale|saldra|salen|pago (?:previsto|el|se|sera|saldra|programado|sale)|se (?:pagara|abonara|paga|hara)|prometo|prometemos|"
    r"liquid(?:o|are|aremos|amos)|mando|llegara|tendra(?:n)?|te hago|os hago|les hago)\b"
)
# Who asks may, or thinks of paying so; nothing is promised.
ASKED: Final = re.compile(
    r"\?\s*$|\b(?:could (?:i|we|you)|can you|may (?:i|we)|would it|is it possible|darf ich|durfen wir|konnte(?:n)? (?:ich|wir|sie)|^\W*(?:konnen wir|kann ich|possiamo|posso|podemos|puedo|can we|can i)\b[^.]*\?|konnen sie|ware es|"
    r"potrei|potremmo|potete|e possibile|sarebbe possibile|puis-je|pouvons-nous|pourrais-je|pourrions|pouvez-vous|est-il possible|serait-il|"
    r"podria(?:mos)?|pueden|es posible|seria posible|please|bitte um|bitten|prego|vorrei|vorremmo|chiedo|chiediamo|je voudrais|demand(?:e|ons)|quisiera|pido|pedimos|solicit\w+)\b"
)
REFUSED: Final = re.compile(
    r"\b(?:no (?:further )?payments?|not|cannot|can't|won't|never|no way|unable|refuse\w*|nicht|kein\w*|nie|niemals|non|mai|nessun\w*|ne\b[^.]{0,25}\b(?:pas|plus)|n'[a-z]+ (?:pas|rien)|jamais|no (?:puedo|podemos|pag\w+|voy|vamos)|nunca|ningun\w*)\b"
)
# Money that has left already, said of today.
PAID_TODAY: Final = re.compile(
    r"\b(?:was|were|has been|have been|have|we've|i've) (?:\w+ )?(?:sent|paid|transferred|wired|settled)|\b(?:we|i) (?:sent|paid|transferred|wired|settled)|"
    r"(?:wurden?|haben?|ist|sind)\b[^.]{0,40}\b(?:uberwiesen|bezahlt|gezahlt|angewiesen|beglichen)\b(?! werden)|\b(?:e stat|sono stat|abbiamo|ho) ?\w*\s(?:pagat|bonificat|versat|saldat|dispost|fatto)|"
    r"\b(?:a ete|ont ete|avons|ai) (?:regle|paye|vire|verse|effectue)|\b(?:ha sido|han sido|hemos|he) (?:pagad|abonad|transferid|hecho|realizad|ingresad)"
)
# A day that is none of paying: when it is due, when somebody is back, when one meets.
NO_PAYDAY: Final = re.compile(
    r"\b(?:due|overdue|holidays?|vacation|leave|back|return\w*|meeting|appointment|court|hearing|check\w*|verif\w+|call\w*|phone|deliver\w*|answer|reply|closed|until|since|dated|"
    r"fallig\w*|urlaub|zuruck|termin|treffen|gericht|pruf\w+|melde\w*|liefer\w*|antwort\w*|geschlossen|seit|datiert|"
    r"scad\w+|ferie|rientr\w+|torn\w+|incontr\w+|riunione|udienza|consegn\w+|rispo\w+|riscontro|chius\w+|dal|datat\w+|sentiamo|"
    r"echeance|echu\w*|conges|vacances|retour|rentr\w*|rendez-vous|audience|livr\w+|repon\w+|ferme\w*|depuis|datee?|rappel\w*|"
    r"venc\w+|vacaciones|vuel\w+|reunion|juicio|entreg\w+|respuesta|contest\w+|cerrad\w+|desde|fecha\w*|llam\w+)\b"
)
# A part of what is owed, before a number that bears no currency.
INSTALMENT: Final = re.compile(
    r"\b(?:acconto|anticipo|rata|instal?lment|deposit|anzahlung|rate|teilzahlung|acompte|a cuenta|plazo|part payment)\s(?:di |of |von |de |d'|il )?(\d{2,6})\b(?![./:-]\d)(?!\.\s?(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|dez))"
)
# Before an amount of which only a part is paid.
OUT_OF: Final = re.compile(
    r"\b(?:of|out of|von|dei|degli|delle|su|sui|sur|des|de|von den|auf|di|de los|sobre)(?: the| our| den| die| les| los)?\s?(?:eur|gbp|usd|chf|[€£$])?\s?$"
)
# Nothing is paid at all, whatever day is named.
NEVER: Final = re.compile(
    r"\bno (?:further )?payments? (?:can|will|may)\b|\bne (?:pouvons|peux|pourrons|paierons|paierai) (?:plus|pas|rien)\b(?![^.]{0,60}\bavant)|"
    r"\bnessun pagamento (?:puo|potra|sara)\b|\bningun pago (?:puede|podra|sera)\b|\bkeine zahlung(?:en)? (?:mehr|moglich|konnen|darf|durfen)\b"
)
