# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""The words and letters people put before the numbers of their papers, in five languages."""

from __future__ import annotations

import re
from typing import Final

# Label words on folded text. Longer ones stand first where they share a beginning.
LABELS: Final[dict[str, str]] = {
    "claim": (
        r"debit ?(?:note|memo|advice)s?|debit ?memo|nota di debito|note di debito|nota di addebito|"
        r"note di addebito|nota d'addebito|nota debito|nota addebito|notes? de debit|notas? de cargo|"
        r"notas? de debito|nota de adeudo|belastungsanzeigen?|belastung(?:snote)?s?(?:nummer|nr)?|"
        r"belastungsnummer|lastschriftanzeigen?|ns\.? ?nota(?: di addebito)?|claims?|claim ?(?:ref|id)|complaint|"
        r"reclamo|reclami|pratica|contestazione|reclamation|dossier(?: litige)?|litige|reclamacion|"
        r"incidencia|expediente|reklamation(?:snummer|snr|s-nr)?|beanstandung(?:snummer|snr)?|vorgang(?:snummer|snr)?|"
        r"ticket|case|chargeback|nda|ndd|nd|dispute|segnalazione|non conformita|mangelruge|avis de debit|"
        r"deduction|(?:reklamations|preis|ruck|weiter)belastung|abzug(?:snummer|snr)?|cargo|penalizacion|our ref(?:erence)?|ns\.? ?rif\.?|nostro rif(?:erimento)?|"
        r"notre ref(?:erence)?|n/ref\.?|nuestra ref(?:erencia)?|unser zeichen|unsere ref(?:erenz)?|"
        r"damage report|schaden(?:s)?(?:meldung|anzeige|nummer|nr|protokoll)|constat|verbale(?: di (?:danno|reclamo))?|"
        r"rapporto(?: di non conformita)?|parte(?: de (?:danos|incidencias?|averias?))?|mangelanzeige|mangelrugen?|"
        r"fiche (?:litige|incident)|non-?conformance report|ncr|fnc|our charge|reklamations-?nr|query|scorecard|"
        r"quality notification|notifica (?:di )?qualita|qualitatsmeldung|avis (?:de )?qualite|aviso de calidad|qn|qm-?meldung|"
        r"(?:credit )?request(?: (?:no|number|ref))?|form no|(?:nr?\.? )?richiesta|rif(?:erimento)?\.? addebito|addebit[oi](?: conformita)?|demande (?:d'avoir|n[o°])|solicitud(?: de abono)?|"
        r"note de retenue|avis de retenue|(?:nota di )?trattenuta|nota de descuento|einbehalt|gutschriftsanforderung|anforderung(?:snummer|s-?nr)?|rebill|re-?invoice|(?:vendor )?debit|avis de litige|reklamationen|reclamaciones|reclamos|reclamations|belastungs-?nr|penale"
    ),
    "return": (
        r"rma|returns?(?: ?(?:note|authori[sz]ation|slip|order|auth))?|ra|autorizzazione (?:al )?(?:reso|resi)|"
        r"bolla (?:di )?reso|ddt (?:di )?reso|resi|reso|accord de retour|bon de retour|"
        r"(?:your|ihre?|vostra|votre|su|sua|vs\.?) (?:return )?(?:authori[sz]ation|freigabe|autorizzazione|autorisation|autorizacion)|return (?:dockets?|slips?|authori[sz]ation)|retourenschein|rucknahme(?:schein|nummer|nr)|buon[oi] di reso|vales? de devolucion|ruckgabescheine?|"
        r"autorisation de retour|retour|autorizacion de devolucion|albaran de devolucion|devolucion|"
        r"retoure(?:n)?(?:nummer|nr|schein|-nr)?|rucksendung(?:snummer|snr)?|rucksendenummer|ruckgabe(?:nummer|schein)?|"
        r"rucksendegenehmigung|rucklieferschein|vret"
    ),
    "delivery": (
        r"(?:geliefert|delivered|consegnat[aeio]|livree?s?|entregad[ao]s?) (?:mit|with|con|avec|sous|sur)(?= [a-z/.-]{0,4}\d[\w/.-]{3})|"
        r"advice notes?|drop ?sheet|driver'?s sheet|desadv|lieferavis|avis d'expedition|aviso de expedicion|avviso di spedizione|delivery ?(?:notes?|dockets?|tickets?|slips?)|deliveries|delivery|dispatch ?notes?|despatch ?(?:notes?|advice)|"
        r"dn|shipment|consignment(?: note)?|waybill|cmr|ddt|d\.d\.t\.?|documento di trasporto|boll[ae](?: di consegna)?|"
        r"bons? de livraison(?: (?:expediteur|client|fournisseur))?|b\.l\.|bl(?: (?:expediteur|client|fournisseur))?|livraison|bordereau(?: de livraison)?|albaran(?:es)?(?: (?:del? )?(?:cliente|cargador|remitente))?|ddt (?:mittente|cliente|fornitore)|lieferschein (?:des )?(?:absenders?|kunden|versenders?)|alb\.?|nota de entrega|"
        r"entrega|lieferscheine?n?(?:nummer|nr|-nr)?|ls(?:-nr)?|lieferung(?:snummer|snr)?|frachtbrief|pod|"
        r"wiegeschein|wiegekarte|weighbridge ticket|weigh ticket|bon de pesee|bolla (?:di )?pesa(?:ta)?|ticket de bascula|packing ?(?:slip|list)|asn|consegna|spedizione|expedition|sendung(?:snummer|snr)?|"
        r"lettera di vettura|lettre de voiture|carta de porte"
    ),
    "order": (
        r"(?:bestellt|ordered|ordinat[aeio]|commandee?s?|pedid[ao]s?|solicitad[ao]s?) (?:unter|mit|with|under|on|con|sous|sur)(?= [a-z/.-]{0,4}\d[\w/.-]{3})|"
        r"purchase ?orders?|p\.o\.|po|orders?|oda|o\.d\.a\.|ordin[ei](?: (?:di|d') ?acquisto)?|buon[oi] d'ordine|"
        r"odv|ord\.?|commandes?|bons? de commande|cde|cmde|bdc|bc|pedidos?|orden(?:es)? de compra|oc|ped\.?|"
        r"best\.|bestellung(?:en)?(?:snummer|snr|s-nr)?|bestell(?:nummer|nr|-nr| nr|referenz)|best\.?-?nr|auftrag(?:s)?(?:nummer|nr|-nr)?|"
        r"auftrage|order(?:nummer|nr)|commessa|kommission(?:snummer)?"
    ),
    "customer": (
        r"(?:student|patient|tenant|member(?:ship)?|pupil|resident|policyholder)(?:'s)? ?(?:no|number|id|ref(?:erence)?|code)|matricola|(?:numero |n[.\u00b0] ?)?(?:studente|tessera|socio|paziente|inquilino|iscritto)(?= ?(?:n[.\u00b0]?|numero)?[ :]*\d)|"
        r"(?:matrikel|mieter|mitglieds|patienten|versicherten|schuler)-?(?:nummer|nr)|(?:numero |n[\u00b0o] )(?:d'etudiant|etudiant|de locataire|locataire|d'adherent|adherent|de patient|de socio|de alumno|de paciente|de inquilino|expediente de alumno)|"
        r"(?:cliente|client|customer|kunde)[ .:]{1,22}[a-z][^\n()]{3,50}\((?:cod|codice|codigo|code|n|nr|no|kd-?nr|account|acct|compte|konto)|"
        r"(?:(?:my|our|his|her|the) )?(?:customer )?(?:number|no|code|account|reference|ref)\.?(?: (?:no|number|code)\.?)? (?:with|at) (?:you|yours)|(?:your )?(?:account|customer|a/c) (?:no|number|code|ref)\.? for us|"
        r"(?:(?:il )?(?:mio|nostro|suo) )?(?:codice|numero|conto) (?:da|presso(?: di)?) voi|"
        r"(?:(?:mon|notre|son) )?(?:numero|code|n[o°]|compte) chez vous|(?:mi|nuestro|su) (?:numero|codigo|cuenta) (?:con|de) (?:ustedes|vosotros|uds|vds)|"
        r"(?:(?:meine|unsere|seine|ihre) )?(?:nummer|nr|konto) bei (?:ihnen|euch)|cl\.|"
        r"(?:my|mi|mon|meine|mio) (?:number|numero|nummer)(?= (?:is|es|est|ist|e)\b)|"
        r"(?:we are|we're|wir sind|siamo|nous sommes|somos) (?:(?:bei ihnen|da voi|chez vous|with you) )?(?:your|ihre?|il vostro|la vostra|votre|vuestr[oa]|su)|"
        r"klantnummer|cust\.?(?: ?(?:acc(?:ount)?|code|id|ref))?|customer(?: ?(?:account|code|id|ref))?|a/c|acc\.|cli\.?|client(?: ?(?:account|code|id))?|account(?: ?(?:code|id|ref))?|"
        r"codice cliente|cod\.? ?cliente|cod\.? ?cli\.?|cliente|n\.? ?cliente|conto cliente|conto(?= (?:n[r.]?[. ]{0,2})?\d)|code client|(?<!\bpas )(?<!\ben )(?<!\bpour )compte(?: client)?|"
        r"(?:numero|n[o°]?\.?|ref\.?) ?(?:de )?client|codigo (?:de )?cliente|(?<!\ba )(?<!\ben )(?<!\bpor )cuenta(?: de cliente)?|"
        r"(?:numero|n[o°º]?\.?) ?(?:de )?cliente|kunden(?:nummer|nr|-nr|konto)|kd\.?-?nr|kd\.?|palettenkonto|leergutkonto|kundenkonto|debitor(?:en)?(?:nummer|nr|-nr)?|"
        r"acct|supplier account|our account with you|kunde|kundin|abonad[oa]|"
        r"contratt[oi]|contracts?|contrats?|contratos?|vertrag(?:snummer|snr|s-nr|skonto|skontonummer)?|vertrage|"
        r"contract account|conto contrattuale|utenza|codice utente|fornitura|poliza|suministro|membership|member(?: ?(?:no|id))?|"
        r"mitglied(?:snummer|snr)?|abonne(?:e|ment)?|reference client|ref\.? client|codigo de abonado|anschluss(?:nummer|nr)?|"
        r"debitorenkonto|verbrauchsstelle|lieferstelle|point de livraison|pdl|pdr|cups|kundin(?: nr)?|"
        r"compte contrat|socio|numero utente|codice contratto|matricola cliente|titular|supply(?: ?(?:number|no))?|policy(?: ?(?:number|no))?"
    ),
    "promotion": (
        r"(?:promo(?:zione|tion|cion)?|aktion|campagn[ae]|campana|campaign|op(?:eration|erazione|eracion)?\.?|oferta|offerta|offer) [\"'«“„][^\"»”“\n]{3,40}[\"'»”“](?:[ ,(]{1,2}(?:cod(?:ice|igo|e)?|n[r°o]?|ref|rif|id)\.?)?|"
        r"promo(?:tion)?s?(?: ?(?:code|id|agreement|deal|ref))?|deal(?: ?(?:sheet|id|number|ref))?|promozion[ei]|"
        r"op\.(?= ?[a-z]{1,4}[-/]?\d)|"
        r"(?:ficha|scheda|fiche|foglio) promo(?:zional[ei]|cional|tionnelle)?|ficha|aktionsblatt|codice promo|accordo(?: (?:promo(?:zionale)?|quadro|commerciale))?|operation(?: promotionnelle)?|"
        r"op(?:e)?(?:ration)? promo(?:tionnelle)?|accord(?: (?:promotionnel|commercial))?|promocion(?:es)?|"
        r"codigo promo(?:cional)?|(?:accion|azione|action) promo\w*|aktions|acuerdo(?: (?:promocional|comercial))?|campana|aktion(?:s)?(?:nummer|nr|-nr|code)?|"
        r"aktionsvereinbarung|campaign|iniziativa|initiative|iniciativa|campagna|campagne|kampagne|agreement|agreed (?:as|under)|vereinbart (?:als|unter)|concordato come|convenu sous|acordado (?:en|como)|vereinbarung(?:snummer|snr)?|offer (?:ref|code|no)|offerta|oferta|nip"
    ),
    "invoice": (
        r"tax ?invoices?|invoices?|inv\.?|bills?|fattur[ae]|fatt\.?|ft\.?|fat\.?|factures?|fact\.?|fac\.?|facturas?|"
        r"fras?\.?|fc\.?|rechnung(?:en)?(?:s)?(?:nummern?|nr|-nr|nrn)?|rechn\.?(?:-?nr)?|rg\.?(?:-?nr)?|re\.?(?:-?nr)|"
        r"re|faktura|fakturen|factuur(?:nummer|nr)?|fatura|beleg(?:nummer|nr|-nr)?|belege|document(?:o|i|s)?|documents?|dok\.?|documentos?|"
        r"doc\.?|statement item|postes?|posten|partit[ae]|bolletta|recibo"
    ),
}
NUMBER_WORDS: Final = (
    r"(?:(?:n\.os?|number|numbers|num|numero|numeri|numeros|nummern?|nn|n[ro]?s?|no|nos|nrn?|n[°ºo]s?|nrs|ref|reference|"
    r"references|rif|riferimento|referencia|referenz|id|code|codice|codigo|with|con|avec|mit|der|die|den|la|"
    r"il|le|el|du|del|de|your|our|my|vostra|vs|vostre|vostro|ns|nostra|nostro|nostre|notre|nos|votre|vos|"
    r"su|sus|nuestra|nuestro|vuestra|ihre|ihrer|unsere|unserer|unser|is|are|was|were|e|sono|era|erano|ist|war|waren|lautet|lautete|est|etait|es|eran|son|both|the|this|les|los|las|dem|das|following|folgenden?|folgender|suivantes?|siguientes?|seguenti|entitled|accord|agreement|account|konto|conto|compte|cuenta|commerciale|promozionale|quadro|promotionnel|promocional|elettronica|"
    r"d'achat|origine?n?|origen|ursprung|ursprunglich(?:e[nr]?)?|original(?:e|es)?|d'origine|fournisseur|fornitore|contestat[aeio]|interessat[aeio]|concernee?s?|conteste?e?s?|visee?s?|affected|concerned|disputed|contested|afectad[ao]s?|reclamad[ao]s?|betroffene[nr]?|betreffende[nr]?|beanstandete[nr]?|di|acquisto|commande|achat|proveedor|compra|client|cliente|lieferant)\b(?![-/_]\d)\.?"
    r"|\(s\)|[°º#:.)\-–]|\(|/ ?(?:date|dated|datum|data|fecha)\b)"
)
SHORT_WORDS: Final = (
    r"(?:(?:n\.os?|n[ro]?s?|nn|num|numero|number|la|il|el|le|der|die|the|il|l')\b\.?|[°º#.])"
)
PREFIXES: Final[dict[str, str]] = {
    **dict.fromkeys(
        [
            "INV",
            "FT",
            "FATT",
            "FAT",
            "FAC",
            "FACT",
            "FV",
            "FRA",
            "FA",
            "FE",
            "RE",
            "RG",
            "RN",
            "RNG",
            "RECH",
            "SI",
            "AR",
            "VF",
            "FVE",
            "FC",
            "FTE",
            "FR",
            "FES",
        ],
        "invoice",
    ),
    **dict.fromkeys(
        [
            "PO",
            "ORD",
            "OC",
            "BC",
            "CMD",
            "CDE",
            "BST",
            "BEST",
            "PED",
            "ODA",
            "OA",
            "SO",
            "AB",
            "AUF",
            "ORDER",
            "BDC",
            "PUR",
        ],
        "order",
    ),
    **dict.fromkeys(
        ["DDT", "BL", "LS", "ALB", "BV", "DEL", "LF", "DLV", "DSP", "BOL", "SHP", "CMR", "POD"],
        "delivery",
    ),
    **dict.fromkeys(["RMA", "RET", "RES", "DEV", "RTN", "RA"], "return"),
    **dict.fromkeys(["PROMO", "PRM", "PRO", "AKT", "DEAL", "CAMP", "PROM"], "promotion"),
    **dict.fromkeys(
        [
            "CLM",
            "DN",
            "ND",
            "NDD",
            "NDA",
            "REC",
            "RKL",
            "CLAIM",
            "BA",
            "DBN",
            "REK",
            "RCL",
            "LIT",
            "INC",
            "CB",
            "DM",
            "DEB",
            "NAD",
            "BLA",
        ],
        "claim",
    ),
    **dict.fromkeys(["CUST", "KD", "CLI", "CL", "CUS", "KDNR", "C"], "customer"),
}
SETTLED: Final = re.compile(
    r"(?=[a-z])(?:\b(?:(?:is|are|was|were|all|both) (?:fine|ok|okay|correct|in order|right|complete|good)|(?:has|have) been (?:paid|settled)|"
    r"(?:is|are|was|were) (?:already |all )?(?:paid|settled|complete|approved)|we have, it|in the (?:next|coming) (?:pay|payment )?run|va in pagamento|va bene|vanno bene|already paid|no (?:problem|issue)s? with|"
    r"(?:e|sono|va|vanno) (?:a posto|corrett[aeio]|bene|regolar[ei]|complet[aeio])|(?:e|sono) (?:gia )?(?:stat[aeio] )?(?:pagat|saldat)[aeio]|"
    r"(?:abbiamo|ho) gia pagato|(?:est|sont) (?:correcte?s?|conformes?|en ordre|bonnes?|regle?e?s?|payee?s?|soldee?s?|ok|completes?)|"
    r"(?:a|ont) (?:deja )?ete (?:regle|paye|solde)e?s?|(?:es|son|esta|estan|estaba|estaban|era|eran) (?:correct[ao]s?|bien|conformes?|pagad[ao]s?|en orden|complet[ao]s?)|"
    r"(?:we have|we've|i have|i've|haben wir|hab ich|habe ich|abbiamo|ho|nous avons|j'ai|on a|hemos|he) (?:already |schon |bereits |gia |deja |ya )?"
    r"(?:paid|bezahlt|beglichen|uberwiesen|pagat[oaie]|saldat[oaie]|payee?s?|reglee?s?|pagado)\b(?! (?:less|short|only|nur|weniger|meno|moins|menos))|"
    r"ya (?:esta|estan|fue|fueron) pagad[ao]s?|(?:ha|han) sido pagad[ao]s?|(?:ist|sind|war|waren) (?:(?:bereits|schon|alle|beide|so) )?"
    r"(?:in ordnung|korrekt|richtig|ok|okay|bezahlt|beglichen|vollstandig)|stimm(?:t|en)\b(?! (?:nicht|so nicht|ganz und gar nicht))|(?:wurde|wurden) (?:(?:bereits|schon) )?"
    r"(?:bezahlt|beglichen|uberwiesen)|(?:passt|passen)\b|"
    r"\bconformes?(?=\s{0,3}(?:[.;!]|$|\n))|cuadran?\b|quadra(?:no)?\b|(?:geht|gehen) in ordnung|(?:etait|etaient) (?:correcte?s?|conformes?|bonne?s?|en ordre)|(?:era|erano) (?:corrett[aeio]|a posto|giust[aeio])|"
    r"\bhaben wir (?:[a-z]+ |am |\d{1,2}\.(?:\d{1,2}\.|\s)(?:\d{2,4} |\s)?){1,4}(?:bezahlt|beglichen|uberwiesen)|"
    r"\bpaid (?:on )?(?:the )?\d{1,2}[./ ]|\bbezahlt am \d|\b(?:pagat[aeo]|saldat[aeo]) (?:il|in data) \d|\b(?:payee?s?|reglee?s?) le \d|\bpagad[ao]s? el \d|"
    r"tall(?:y|ies)\b|perfect\b|(?:was|were) perfect|(?:is|are) no problem|(?:has been|have been|was|were) (?:already )?(?:credited|refunded)|"
    r"(?:not|isn't|aren't) (?:yet )?due|(?:sono|e) ok\b|in verifica|non (?:e |sono )?(?:ancora )?scadut[aeio]|(?:e|sono) (?:gia )?stat[aeio] (?:accreditat|stornat)[aeio]|"
    r"(?:pas|non) (?:encore )?echue?s?|(?:a|ont) (?:deja )?ete (?:credite|rembourse)e?s?|(?:est|sont) parfaite?s?|(?:no|aun no) (?:ha |han )?vencid[oa]s?|"
    r"(?:se abono|se abonaron|ya abonaron|ha sido abonad[ao]|han sido abonad[ao]s)\b|(?:es|son|estan?) (?:perfect[ao]s?)|"
    r"noch nicht fallig|(?:ist|sind|wurde|wurden) (?:bereits |schon )?gutgeschrieben|(?:ist|sind|war|waren) (?:einwandfrei|perfekt|tadellos)))"
)
# A word in brackets after a number that settles it: `7-3288 (paid 30/10)`.
SETTLED_IN_BRACKETS: Final = re.compile(
    r"\s?\((?:(?:already|schon|bereits|gia|deja|ya|is|was|ist|wurde|e|est|esta)\s)*"
    r"(?:paid|settled|credited|ok|fine|not (?:yet )?due|bezahlt|beglichen|uberwiesen|gutgeschrieben|noch nicht fallig|nicht fallig|pagat[ao]|saldat[ao]|accreditat[ao]|non (?:ancora )?scadut[ao]|"
    r"payee?|reglee?|soldee?|pas (?:encore )?echue?|pagad[ao]|abonad[ao]|no vencid[ao])\b(?! (?:less|short|only|nur|weniger|meno|moins|menos))"
)
# `not 1207`, `nicht die 88`: it is denied that this one is meant.
DENIED: Final = re.compile(
    r"(?<![a-z])(?:not|nicht|non|pas|no)\s(?:(?:the|die|den|der|la|le|il|el|l')\s?)?(?:(?:invoice|rechnung|fattura|facture|factura|order|bestellung|ordine|commande|pedido)\s)?(?:n[.°]?\s?)?$"
)
# After it: what is meant instead.
INSTEAD: Final = re.compile(r"\s?(?:[,:;.–-]|but\b|sondern\b|ma\b|bensi\b|mais\b|sino\b|$)")
OFFSET: Final = re.compile(
    r"set.?off|rechnen|offset|netted|netting|counter.?claim|compens|verrechn|aufgerechn|aufrechn|gegenrechn|a scomputo|in deduzione|"
    r"\bdedui|descont|deducido|abgezogen|deducted|contra'?d|contra(?:ed)? |kept back|keep back|withh[eo]ld|einbehalt|trattenut|tratteniamo|retenue?s?\b|retenid|retenemos"
)
OUR_INVOICE: Final = (
    r"(?:\bour(?: own)?|\bns\.?|\bnostr[aeo]|\bnotre|\bnos|\bnuestr[ao]s?|\bunsere[rnm]?|\bmeine[rn]?)\s+(?:[a-z]+\s+){0,1}"
    r"(?:invoices?|bills?|fattur[ae]|ft\.?|factures?|facturas?|rechnung(?:en)?|claim|debit note|nota (?:di )?addebito|note de debit|belastung(?:sanzeige)?)"
)
OWN: Final = re.compile(rf"{OUR_INVOICE}\W{{0,3}}(?:n[or]?[.°º]*|no\.?|nr\.?|number|numero)?\s*$")
OF_OWN: Final = re.compile(rf"{OUR_INVOICE}[^.;]{{0,50}}$")
# A calculation, charge or statement of the writer's own, at most some words before its number.
OWN_PAPER: Final = re.compile(
    r"(?<![a-z])(?:our|ns\.?|nostr[aeo]|notre|nos|nuestr[ao]s?|unser(?:e[rnms]?)?)\s(?:[a-z]+[ .:-]{1,2}){0,3}?"
    r"(?:own (?:bill|invoice|note)|calculations?|statements?|scorecards?|charges?|deductions?|penalt(?:y|ies)|chargebacks?|reports?|notifications?|memos?|inspection|"
    r"abrechnung|berechnung|aufstellung|auswertung|abzug|bericht|meldung|prufbericht|palettenkonto|kontoauszug|"
    r"conteggio|calcolo|conto pallet|prospetto|addebito|penale|notifica(?: qualita)?|segnalazione|rapporto|verbale|"
    r"decompte|releve|calcul|penalite|retenue|rapport|constat|signalement|liquidacion|calculo|cargo|penalizacion|extracto|informe|aviso)"
    r"(?:\s(?:of|for|di|de|du|del|von|vom|per|pour|para|fur|zum|zur|der|die)?\s?(?:[a-z]+\s?){1,3})?[ ,.:(–-]{0,3}"
    r"(?:(?:n[or]?s?|no|nr|number|num|numero|nummer|ref|rif|reference|referenz|riferimento|referencia)[ .:°º]{0,3}){0,2}$"
)
PAYMENT_REFERENCE: Final = re.compile(
    r"(?:transfer|payment|paid|bonifico|pagament|pagat|virement|paiement|regle|transferencia|pago|pagad|uberweis|zahlung|bezahlt|bank|insur|versicher|assicur|assur|seguro)"
    r"[^;\n]{0,80}(?:our|ns|nostro|notre|nuestra|unser\w*|their|your|loro|leur|su|ihr\w*)\.? ?(?:ref\w*|rif\w*|zeichen)\.?\W{0,4}$"
    r"|(?:\btransfer|\bbonifico|\bvirement|\btransferencia|\buberweisung|\boperacion|\boperazione)[^.;\n]{0,60}\b(?:ref\w*|rif\w*|referencia|operacion|operazione)\.?\W{0,4}(?:n[o.°º]{0,3}\W{0,2})?$"
)
INSURER: Final = re.compile(
    r"(?:(?:insur|versicher|assicur|assur|seguro|aseguradora)[^;\n]{0,80}|"
    r"(?:\bpolice|polizei|polizia|policia|fraud\b|carabinieri|gendarmerie|guardia civil|solicitors?\b|lawyers?\b|anwalt|avvocat|avocat|abogad|auditors?\b|"
    r"wirtschaftsprufer|insolven|administrators?\b|liquidator|verwalter|curatore|concurso|redressement|tribunal|gericht|court\b|inkasso|debt collect)"
    r"(?:[^;.\n]|(?<=ref)\.|(?<=no)\.|(?<=nr)\.|(?<=n)\.|\.(?=\d)){0,100})$"
)
# The sender's own sign, whatever it is of.
OUR_REF: Final = re.compile(
    r"(?<![a-z])(?:our ref(?:erence)?|ns\.? ?rif\.?|nostro rif(?:erimento)?|n/?ref\.?|notre ref(?:erence)?|nos ref(?:erence)?s|nuestra ref(?:erencia)?|n\.?/?ref\.?|unser zeichen|unser az|unsere ref(?:erenz)?)\.?[ .:#(]{0,4}(?:n[ro]?[.°º]?\s?)?$"
)
ORDERED_BEFORE: Final = re.compile(
    r"(?<![a-z])(?:(?:re-?)?ordered|our order|ordinat[oiae]|abbiamo ordinato|nostro ordine|commandes?|avons commande|notre commande|pedimos|pedid[oa]s?|hemos pedido|nuestro pedido|bestellt(?:en)?|unsere bestellung)\b[^.;!?\n]*$"
)
LAWYERS: Final = re.compile(
    r"\b(?:rechtsanw\w+|anwaltskanzlei|kanzlei|insolvenzverwalter\w*|notare?|avvocat[oi]|avv\.|studio legale|curatore fallimentare|solicitors?|attorneys?(?: at law)?|barristers?|law firm|avocate?s?(?: a la cour)?|cabinet d'avocats|mandataire judiciaire|abogad[oa]s?|despacho de abogados|administrador concursal)(?![a-z])"
)
# A carrier's own number, before it.
CONSIGNMENT: Final = re.compile(
    r"(?<![a-z])(?:consignment(?: note)?|shipment|con ?note|waybill|awb|tracking|sendung(?:s?-?(?:nummer|nr))?|frachtbrief|cmr|auftrag|spedizione|lettera di vettura|ldv|expedition|envoi|recepisse|lettre de voiture|expedicion|envio|carta de porte|numero de envio)"
    r"\b[ .:#\t]{0,3}(?:(?:n[ro]?|no|nr|number|numero|nummer|num|id|ref)\b\.?|n[°º])?[ .:#°º\t]{0,3}$"
)
JOINER: Final = re.compile(
    r"\s*(?:,|;|&|\+|/(?=\s)|/(?=\d{5})|\band\b|\be\b|\bed\b|\bet\b|\by\b|\bund\b|\bsowie\b|\bplus\b|\bas well as\b|"
    r"\bo\b|\bou\b|\bor\b|\boder\b|\n\s*[-*\u2022]|(?P<line>\n))\s*"
)
BETWEEN: Final = re.compile(
    r"\s*(?:\(?(?:of|dated|del|dell'|du|de|vom|von|from|fecha|date|datee|in data|issued)?\s?(?:the |el |le |il )?"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\)?|\((?:EUR|€)?\s?[\d.,]+\s?(?:EUR|€)?\)|(?:di|da|de|of|for|per|uber|von|por|a)\s"
    r"(?:EUR|€|euro)\s?[\d.,]+|(?:di|da|de|of|for|per|uber|von|por)\s[\d.,]+\s?(?:EUR|€|euros?))\s*",
    re.IGNORECASE,
)
# In small letters.
PHONE: Final = re.compile(
    r"(?=[a-z+03])(?:(?:tel(?:\.? ?(?:nr|no|nummer))?|rufnummer|phone(?: number)?(?: is)?|ring (?:me )?back(?: on)?|call (?:me )?(?:back )?(?:on|at)|richiamare(?: al)?|chiamare(?: al)?|"
    r"(?:numero di )?telefono(?: \S{1,2})?|r[uü]ckruf(?:nummer)?(?: unter)?|zur[uü]ckrufen(?: unter)?|erreichbar(?: unter)?|(?:r)?appel(?:er|ez)(?: moi)?(?: au)?|"
    r"llam(?:ar|en|ad)(?: al)?|mobile number|fono|fax|mobile?|cell|m\u00f3vil|movil|handy|telefon|t\u00e9l|portable|whatsapp|ph)\s?[.:]*\s?\+?[\d\s()./-]{6,}"
    r"|\+\d{2}[\d\s()./-]{7,}|(?<![\w.,/-])0\d{3,4} \d{6}\b|(?<![\w.,/-])3\d\d \d{6,7}\b|(?<![\w.,/-])0\d{2,4}/\d{5,8}\b)"
)
# The Polish tax number has the name of a French promotion.
TAX_NUMBER: Final = re.compile(r"\bNIP\b[\s:.]{0,20}(?:PL\s?)?\d{3}-?\d{2,3}-?\d\d-?\d{2,3}\b")
# Tax numbers of people and firms, customs declarations, addresses of e-invoices, parcels.
SHAPED_NUMBERS: Final = re.compile(
    r"(?=[A-Z\d(])(?:\bLU ?\d{4} ?\d{4}\b|\bATU ?\d{8}\b|\bBE ?[01]\d{3}[ .]?\d{3}[ .]?\d{3}\b|\bFR ?\d\d ?\d{3} ?\d{3} ?\d{3}\b|\bDE ?\d{3} ?\d{3} ?\d{3}\b|\bIT ?\d{11}\b|\b[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]\b|\bNL ?\d{4} ?\d\d ?\d{3} ?B ?\d\d\b|\bCHE-?\d{3}\.\d{3}\.\d{3}|"
    r"\b\d\d[A-Z]{2}[A-Z0-9]{13}\d\b|\b(?:0[0-2]|99)\d\d:[A-Z]{0,2}\d{5,}|\b1Z[0-9A-Z]{8,16}\b|\((?:[CN]IF:? )?[A-HJNP-SUVW]-?\d{8}\))"
)
# In small letters, as the telephones above.
OTHER_NUMBERS: Final = re.compile(
    r"\b(?:formular|vordruck|formulaire|formulario|modulo|mod\.) ?[a-z]{1,4}-?\d{1,4}\b(?![-/])|\b[a-z]{2,4}(?:-[a-z]{2,4})*-\d{1,4}(?=[ ,\u2013-]{1,3}(?:r[eé]v|revision|vers|version|stand|ausgabe|ed)\b)|"
    r"\b(?:bill|invoice|rechnung|bolletta|fattura|facture|factura) (?:says?|shows?|zeigt|sagt|segna|dice|indique|dit|pone) \d{3,6}\b|"
    r"\b(?:meter|reading|contatore|compteur|contador|z[aä]hler(?:stand)?|lettura|relev[eé]|lectura)\b(?:(?!\b(?:no|nr|number|num)\b)[^\n.;:\d]){0,30}\b(?:is|was|says?|shows?|segna|dice|indique|marca|es|ist|est|zeigt)\b \d{3,6}\b|"
    r"\bnip\b[\s:.]{0,20}(?:pl\s?)?\d{3}-?\d{2,3}-?\d\d-?\d{2,3}\b|"
    r"\bsort code:? ?\d\d-\d\d-\d\d\W{1,3}(?:account|acc|a/c|acct)?\.?(?: (?:no|number)\.?)?\W{0,2}\d{6,8}\b|"
    r"\b(?:account|acc|a/c|acct)\.?(?: (?:no|number)\.?)?:? \d{8}\W{1,3}(?:sort code:? ?)?\d\d-\d\d-\d\d\b|"
    r"\b(?:dni|nie|nif|cif)\.?:? [a-z]?\d{7,8}[a-z]?\b|"
    r"\bd\.? ?(?:p\.? ?r|lgs|m)\.? (?:n[.°] ?)?\d+/\d{2,4}\b|"
    r"\bmandat[eo]?(?:s?referenz|snummer)?[ :.]{1,2}(?:n[.°º]? ?)?[a-z]?[-a-z0-9]*\d[-\w]*|\bprocedura (?:n\. ?)?\d+[/-]\d+|"
    r"\bsinistro (?:n\. ?)?\w+[/\w-]*\d\w*|\bsinistre (?:n[°o]? ?)?\w+[/\w-]*\d\w*|\bsiniestro (?:n\.?[ºo]? ?)?\w+[/\w-]*\d\w*|\bschaden-?n(?:umme)?r\.? ?\w+[/\w-]*\d[-\w]*|"
    r"\b\d{1,3} i[nk] \d+/\d\d\b|\bz[aä]hler(?:nummer|-?nr\.?)? ?\d[\w.]*|"
    r"\bvat(?: (?:id|no|number|reg)\.?)? ?(?:gb|ie|xi)? ?\d{3} \d{4} \d\d\b|"
    r"\b(?:file|crime|police|case file|polizei|police report|aktenzeichen|az|gesch\.?-?z|r\.?g\.?|ruolo|procedimento|dossier judiciaire|"
    r"n[°o]? rg|autos|diligencias)\.?(?: (?:no|nr|number|n|num)\b\.?)?[ :.]{1,3}(?:\d{1,3} [a-z]{1,4} )?\d+[/-]\d{2,6}\b|"
    r"\b(?:p\.? ?iva|partita iva|vat(?: ?(?:id|no|number|reg))?|ust-?id(?:nr)?|tva(?: intra\w*)?|cif|nif|siret|siren|"
    r"rcs|cap|plz|cp|ean|gtin|gln|sku|art(?:icle|icolo|ikel|\u00edculo)?(?:nummer|nr)?|item|lot(?:to|e)?|batch|(?<!our )charge|mhd|serial(?: no| number)?|s/n|seriennummer|matricola (?:del )?contatore|meter(?: no| number)?|zahlernummer|zahler-?nr|"
    r"contatore(?: matricola)?|compteur|contador|imei|modell?[oe]?|"
    r"c\.?f\.?|hrb|bic|swift|rea|cro|trn|steuernummer|steuer-?nr|cig|cup|sdi|iso)\s?[.:#n°]*\s?[a-z]{0,3}\d[\w.]*(?:-\d+)?",
)
UNIT: Final = re.compile(
    r"[ \t\u00a0]?(?:kg|gg|%|€|euro?s?\b|eur\b|days|giorni|jours|d\u00edas|dias|tagen?\b|weeks|settimane|semaines|semanas|"
    r"wochen|cartons?\b|cartoni|colli|colis|kartons?\b|cajas|cases|boxes|pallets?\b|bancali|palett|pcs|pezzi|"
    r"pi\u00e8ces|piezas|st\u00fcck|units?\b|bottles|bottiglie|bouteilles|botellas|flaschen|mesi|months|mois|"
    r"meses|monate|hours|ore\b|heures|horas|stunden|volte|times|fois|veces|paia|pairs?|paires?|pares|paar|mal\b|unidades|unit\u00e0|"
    r"fatture|factures|facturas|rechnungen|invoices|percent|prozent|persone|people)",
    re.IGNORECASE,
)
