"""What customers write, subject line first, then the message. Braces are filled in later."""

from __future__ import annotations

CLAIMS = {
    "valdarno-promo": """Addebito {dn} - promozione autunno non applicata, ft. {inv}
Buongiorno,

come da accordo promozionale autunno firmato con il Vs. ufficio commerciale, sulla fattura {inv}
del {inv_date} (consegna {ddt} al punto vendita di Figline) non risulta applicato lo sconto del
{r1} sui seguenti articoli:

- {product1}: {a1}
- {product2}: {a2}
- {product3}: {a3}

Alleghiamo la ns. nota di addebito {dn} per complessivi {amount} EUR. L'importo verrà trattenuto
dal prossimo pagamento.

Cordiali saluti""",
    "bonfanti-ammanco": """NOTA DI ADDEBITO {dn} - differenza quantità DDT {ddt_n}
Spett.le Molino Aurora,

in sede di controllo bolla entrata merce abbiamo riscontrato {q1} colli mancanti di {product1}
(cod. {sku1}) sulla consegna {ddt} del {delivered}, fattura {inv}.

Vi addebitiamo {amount} EUR IVA compresa come da nota allegata, che andremo a compensare.

Ufficio Fornitori""",
    "bonfanti-prezzo": """Ft {inv}: prezzi diversi dal listino concordato
Buongiorno Giulia,

nella fattura {inv} del {inv_date} i prezzi di due articoli non corrispondono al contratto:
  {sku1}  fatturato {u1}  contratto {c1}
  {sku2}  fatturato {u2}  contratto {c2}
Trova il conteggio nel file Excel. In totale fanno {amount} EUR compresa IVA; attendiamo nota di
credito prima del pagamento.

Grazie e buona giornata""",
    "sestri-doppia": """fattura arrivata due volte
Buongiorno, guardi che mi avete mandato due volte la stessa fattura!! la {inv} e poi la {twin},
stessa merce stessa bolla ({ddt}). Io di forno ne ho uno solo e la farina l'ho ricevuta una
volta. Mi fate la nota di accredito per la seconda per favore, sono {total} euro

Rita""",
    "pontalto-contributo": """Fattura servizi {dn} - contributo volantino
Gentili Signori,

in allegato la nostra fattura {dn} di {amount} EUR (IVA 22% inclusa) per il contributo
promo-pubblicitario relativo al volantino "Settimana della pasta fresca", come da accordo quadro
{year} punto 7. Si allega copia della pagina pubblicata.

Restiamo in attesa di benestare alla compensazione con le Vs. partite aperte.

Distinti saluti
Ufficio Trade Marketing""",
    "rivabella-fattura": """Re: Sollecito di pagamento
Buonasera,
ricevo il vostro sollecito ma questa fattura {inv} io non l'ho proprio ricevuta, né per posta né
nel cassetto fiscale. Potete rimandarmela? Appena la vedo pago, ci conosciamo da anni.

Saluti

> Da: Molino Aurora - Amministrazione
> Oggetto: Sollecito di pagamento
> Gentile cliente, dalle nostre scritture risulta ancora aperta la fattura {inv} di {total} EUR
> con scadenza {due}. La preghiamo di provvedere.""",
    "montescuro-guasti": """merce rotta
Stamattina aprendo i cartoni: {q1} cartoni di {product1} con i vasetti rotti e {q2} di
{product2} schiacciato e tutto appiccicoso. consegna {ddt}. vi mando le foto. fatt. {inv}
cosa faccio butto tutto?

L. Oddone

Inviato da iPhone""",
    "brentaverde-sconto": """sconto volume non riportato in fattura {inv}
Buongiorno,
sulla fattura {inv} manca lo sconto 3% concordato per ordini a bancale su {sku1} e {sku2}.
Ordine nostro {po}. Differenza da accreditare: {amount} EUR.
Attendiamo nota credito.
Uff. Acquisti""",
    "calamarina-ritardo": """PENALE PER RITARDATA CONSEGNA ns. rif. {dn}
Con la presente vi contestiamo il ritardo nella consegna dell'ordine {po}: la merce (vs. {ddt})
era richiesta per una promozione ed è arrivata solo il {delivered}, con tre giorni lavorativi di
ritardo e banchi vuoti per tutto il fine settimana.

Vi addebitiamo a titolo di penale la somma di {amount} EUR, che tratterremo dal saldo della
{inv}. Non è la prima volta e, francamente, la pazienza è finita.

Ingrosso Calamarina S.r.l. - Direzione""",
    "lambrate-trasporto": """Contestazione addebito trasporto - fattura {inv}
Buongiorno,

la fattura {inv} riporta una riga "Contributo trasporto" mai concordata: il nostro contratto di
fornitura prevede resa franco destino. Chiediamo storno di {amount} EUR (IVA inclusa). Il resto
della fattura verrà pagato regolarmente alla scadenza del {due}.

Cordialmente
Contabilità fornitori - Ristorazione Collettiva Lambrate S.p.A.""",
    "castelvero-reso": """reso polenta
Salve, vi ho reso i {q1} cartoni di {product1} come d'accordo col vostro rappresentante, li ha
presi l'autista l'altro ieri. Erano della fattura {inv}. Mi fate la nota di credito? sarebbero
{amount} euro
Grazie""",
    "lungoparma-qualita": """Farina Manitoba: non lievita!
Buongiorno,

è il secondo impasto che buttiamo. La {product1} consegnata con {ddt} ({q1} cartoni, lotto
L2681) non tiene la lievitazione, il panettiere dice W molto più basso del solito. Allego foto.
Chiediamo l'accredito dei {q1} cartoni, {amount} EUR, e di capire cosa è successo prima di
riordinare. Fattura {inv}.

Restiamo a disposizione per un campione.""",
    "garda-maggiorazione": """Fatt. {inv} - "maggiorazione energia"??
Buongiorno, nella vostra fattura {inv} compare una "Maggiorazione energia" di cui nessuno ci ha
mai parlato. Non è prevista dal listino né dall'ordine {po}. Vi preghiamo di stornarla ({amount}
EUR con IVA). Grazie.""",
    "valdarno-pfa": """Premio fine anno: richiesta conguaglio {dn}
Gentile dott.ssa Weiss,

a consuntivo degli acquisti dei punti vendita del Consorzio, come da allegato prospetto di
fatturato, richiediamo il riconoscimento del premio fine anno (PFA) previsto dall'art. 4 del
contratto quadro. Importo richiesto: {amount} EUR, rif. ns. {dn}.

Vogliate emettere nota di credito sul punto vendita di Montevarchi (ultima fattura {inv}).

Patrizia Sacchetti""",
    "greco-pagata": """gia pagata
Questa fattura {inv} lo gia pagata il mese scorso alla posta vi mando la ricevuta. {total} euro.
Non chiamatemi più per favore che lavoro
Greco""",
    "pardi-occulto": """Mancano amaretti nei cartoni (fattura {inv})
Gentilissimi,
solo ora, aprendo i cartoni che tenevamo in magazzino da un mese, ci siamo accorte che in {q1}
colli di {product1} mancava tutto il contenuto: cartoni chiusi ma vuoti! La bolla {ddt}
l'avevamo firmata regolare perché da fuori sembravano a posto. Vi chiediamo {amount} EUR.
Un caro saluto
Le sorelle Pardi""",
    "abruzzo-mancata": """Fattura {inv} - merce MAI ricevuta
Spett.le Molino Aurora,

abbiamo ricevuto la fattura {inv} di {total} EUR per la consegna {ddt} del nostro ordine {po}.
La merce non è mai arrivata a Pescara. Abbiamo verificato con il magazzino e con il corriere:
nessuno ne sa nulla. La fattura non verrà pagata fino a chiarimento. Inviare prova di consegna
firmata oppure nota di credito.

Amministrazione Grossisti Riuniti Abruzzo""",
    "salentino-errato": """Orecchiette: arrivato altro
Buongiorno, al posto delle orecchiette ({q1} cartoni su {ddt}) abbiamo trovato rigatoni. In
fattura {inv} però ci sono le orecchiette. Nella foto si vede l'etichetta. Potete ritirare e
accreditare? Valore {amount}.

Emporio Salentino""",
    "sila-ddt": """richiesta copia DDT firmato
Buongiorno,
per poter registrare la fattura {inv} ci serve la copia del {ddt} firmata, la nostra non si
trova. Teniamo il pagamento in sospeso fino a quel momento. Grazie mille, gentilissimi come
sempre""",
    "mense-iva": """Aliquota IVA errata fattura {inv}
Si segnala che la fattura elettronica {inv} espone un'IVA superiore a quella dovuta: per le
forniture in oggetto il contratto prevede l'aliquota ridotta. Differenza {amount} EUR. Si chiede
nota di variazione ex art. 26 DPR 633/72 entro il mese.

Mense Scolastiche Piemonte Ovest - Ragioneria""",
    "abruzzo-bolla": """Nota addebito {dn} - {q1} colli {sku1} mancanti
Si allega nota di addebito {dn} di {amount} EUR.
Consegna {ddt}, fattura {inv}: {q1} colli di {product1} mancanti, riserva scritta sulla bolla.
Saluti""",
    "abruzzo-bolla/again": """I: Nota addebito {dn} SECONDO INVIO
Seconda richiesta! Non avendo ricevuto riscontro inviamo di nuovo la nota di addebito {dn}
relativa alla fattura {inv} ({amount} EUR).

Ragioneria Grossisti Riuniti""",
}

FOLLOW_UPS = {
    "answer": """Re: {subject}
Buongiorno,
ecco quanto richiesto. Per noi la posizione è chiara, attendiamo riscontro sulla {inv}.
Saluti""",
    "accept": """Re: {subject}
Buongiorno,
abbiamo ricontrollato con il magazzino: avete ragione voi, la differenza di {amount} EUR verrà
pagata con la prossima distinta. Ci scusiamo per il disguido.""",
    "appeal": """Re: {subject}
Non siamo d'accordo con la vostra risposta sulla {inv}. Chiediamo che la pratica venga rivista
da un responsabile. Il documento firmato parla chiaro.""",
    "withdraw": """Re: {subject}
Buongiorno, abbiamo trovato l'errore da noi: potete annullare la contestazione sulla {inv}.""",
    "reopen": """Re: {subject}
Buongiorno, la nota di credito per la {inv} è più bassa di quanto ci aspettavamo. Potete
ricontrollare?""",
}

CARRIER = """Reso POD {ddt}
Buongiorno,
in allegato scansione della bolla firmata {ddt} del {delivered}.
{remark}

Trasporti Alpe Nord S.r.l. - Ufficio Bolle"""
CARRIER_LOST = """Rif. {ddt} - esito ricerca
Buongiorno,
con riferimento alla Vs. richiesta: la spedizione {ddt} non risulta consegnata. Il collettame è
stato smarrito presso il nostro hub di Bologna; abbiamo aperto pratica con l'assicurazione.
Nessuna firma disponibile.

Trasporti Alpe Nord S.r.l. - Ufficio Bolle"""

REMITTANCE = """Avviso di pagamento {date}
Buongiorno,
in allegato la distinta dei pagamenti del {date}, valuta {date}, per complessivi {total} EUR.
Ufficio pagamenti"""
REMITTANCE_BODY = """Distinta bonifico del {date}
Spett.le Molino Aurora, Vi comunichiamo di aver disposto in data {date} bonifico di {total} EUR
a saldo delle seguenti fatture:

{lines}

Distinti saluti"""

REPLIES = {
    "promise": """Re: Sollecito fattura {inv}
Buongiorno,
avete ragione, ci è sfuggita. La {inv} ({total} EUR) verrà pagata con bonifico entro il
{promise}. Scusate ancora.""",
    "hardship": """R: sollecito di pagamento
Salve, è un periodo difficile, il negozio lavora la metà. La {inv} la pago ma ho bisogno di
tempo, si può fare in tre rate? Grazie della comprensione""",
    "copy": """Sollecito {inv}
Mi mandate per favore copia della fattura {inv}? il commercialista non la trova. grazie""",
}

AUTO_REPLY = """Risposta automatica: {subject}
Sono fuori ufficio fino al {back}. Per urgenze scrivere all'ufficio contabilità.
La Sua mail non verrà inoltrata."""

NOTES = {
    "LOG": "Ho sentito magazzino e autista per {ddt}: quello che risulta a noi è scritto sulla "
    "bolla, il resto non lo vediamo da nessuna parte.",
    "CRD": "Cercato su tutti i conti per {inv}: nessun movimento con questo importo.",
    "ACC": "Confrontata {inv} con il contratto valido alla data dell'ordine.",
    "TRM": "Accordo promozionale controllato per {inv}: guardate le date prima di decidere.",
}
ASK = """Buongiorno,

abbiamo ricevuto la Vostra contestazione sulla {inv}. Per chiuderla in fretta ci manca ancora:
{need}. Appena lo riceviamo rispondiamo entro due giorni lavorativi. Nel frattempo non Vi
chiediamo la parte contestata."""
ANSWER_VALID = """Buongiorno,

abbiamo verificato la Vostra segnalazione sulla {inv}: è giustificata per {valid} EUR.
Riceverete la nota di credito nei prossimi giorni. Ci scusiamo per il disguido."""
ANSWER_DENIED = """Buongiorno,

abbiamo verificato con cura la Vostra segnalazione sulla {inv}. I nostri documenti non la
confermano e per questo non possiamo riconoscere {amount} EUR. Alleghiamo quanto abbiamo
trovato; se avete altri documenti li guardiamo volentieri."""
NEEDS = {
    "NC-14": "il numero di autorizzazione al reso e la bolla di ritiro",
    "FI-16": "il motivo della differenza di {amount} EUR",
    "other": "una copia del documento firmato",
}
