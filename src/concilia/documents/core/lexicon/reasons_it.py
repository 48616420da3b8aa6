# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""Italian phrases for the 67 claim reasons. The number before the colon is their weight."""

from __future__ import annotations

from typing import Final

REASONS_IT: Final[dict[str, str]] = {
    "CO-01": """
        6: promo* non (applicat*|riconosciut*|riportat*|scontat*|considerat*|inserit*|concess*|presente|risulta); (mancat*|manca|senza|omess*|dimenticat*) .. (promo*|offerta|volantino|sconto promo*); promo in fattura mancante; sconto promo* (non|mancante|assente|errato|dimenticato)
        6: non (avete|è stat*|sono stat*|ci avete|risulta|vedo|hanno|abbiamo) .. (applicat*|riconosciut*|scontat*)? .. (promo*|prezzo promo*|offerta|sconto promo*|prezzo volantino); prezzo pieno .. (invece|anziché|promo*|offerta); prezzo (di)? listino .. (promo*|invece|anziché .. promo*)
        5: (invece|anziché|al posto) .. prezzo (promo*|volantino|offerta|in offerta); fatturat* .. (prezzo pieno|senza promo*|listino); prezzo volantino; durante .. (promo*|offerta); condizioni promo*; sottocosto; taglio prezzo
        4: prezzo promo*; sconto promo*; periodo promo*; in promozione; accordo promo*; offerta .. (non|concordat*)
        2: promo*; volantino; offerta
        7: (in promozione|in offerta|in promo) .. (prezzo)? pieno; prezzo (è)? pieno
    """,
    "CO-02": """
        6: sell ?out; (contributo|sostegno|premio|supporto|rimborso|riconoscimento) .. (sell out|sellout|sull? uscito|venduto alle casse); dati (cassa|scanner|di cassa|scontrin*|di vendita)
        5: pezzi (venduti|usciti|passati) .. (casse|cassa|periodo|promo*); venduto cassa; contributo a pezzo; scan ?back; bill ?back; per ogni pezzo venduto; uscito cassa; passat* .. casse
        3: scanner; sellout; venduto al consumatore
    """,
    "CO-03": """
        6: contributo (pubblicitar*|volantin*|promo pubblicitar*|promopubblicitar*|pubblicità|inserzion*|catalogo); partecipazione (volantin*|pubblicitar*|al volantino|catalogo); pubblicità (cooperativa|in cooperazione|sul volantino|su volantino|volantino); inserimento .. (volantino|catalogo|depliant|rivista)
        5: (pagina|spazio|foto|presenza|uscita) .. (volantino|catalogo|rivista|depliant|giornalin*); campagna (pubblicitar*|radio|tv|stampa|affission*); spot (radio|tv); inserzion*; co ?op; spazi pubblicitar*
        3: pubblicità; pubblicitar*; volantino .. (contributo|costo|fattura|quota)
    """,
    "CO-04": """
        6: contributo (marketing|margine|attività marketing|di marketing|commerciale|trade|al margine); (contributi|fondo|budget|piano|servizi|attività|fattura) (di)? marketing; integrazione (margine|di margine); garanzia (di)? margine; mancato margine; sostegno (al|del) margine
        4: trade marketing; co ?marketing; fee marketing; retail media; marketing; contributi (commercial*|contrattual*|fuori fattura)
        2: contributo; contributi
    """,
    "CO-05": """
        6: premio (fine anno|di fine anno|fatturato|quantità|annual*|fedeltà|raggiungimento|obiettivo|volume|volumi|trimestral*|semestral*|di fatturato|target|crescita|incondizionat*|condizionat*); pfa; premi (fine anno|di fine anno|fatturato|contrattual*|annual*|quantità|su fatturato); bonus (annual*|fine anno|quantità|fatturato|volume|volumi|di fine anno|trimestral*)
        5: (raggiunt*|superat*|raggiungimento) .. (target|scaglion*|obiettivo|fatturato|soglia|volume); rappel; ristorn*; sconto (fine anno|incondizionato fuori fattura|di fine anno|quantità annual*); over ?rider
        3: premio; premi; scaglion*; fine anno
    """,
    "CO-06": """
        6: (contributo|sostegno|supporto|partecipazione) .. (svalutazion*|ribass*|sald*|smaltiment*|fine stagione|svendit*|deprezzament*|stralcio|invenduto); mark ?down*; svendit*; fine serie; (ribasso|ribassi|sconti|saldi) .. (fine stagione|smaltiment*|giacenz*|invenduto)
        4: smaltimento .. (stock|giacenz*|scorte|invenduto|merce|fine); svalutazion*; saldi; rotazione lenta; invenduto .. (ribass*|scont*|svend*); lento movimento; basso rotant*
    """,
    "CO-07": """
        6: (contributo|diritto|diritti|quota|fee|compenso|costo) .. (referenziament*|inseriment*|listing|nuov* (referenz*|prodott*|articol*)|assortiment*|codifica|anagrafica|ingresso); referenziament*; slotting; listing; inserimento (nuov*|in assortimento|referenz*|articol*|prodott*|a scaffale); ingresso in assortimento
        4: nuov* (referenz*|codic*|articol*) .. (contributo|inserit*|quota|assortiment*); codifica (articol*|prodott*|referenz*|nuov*); quota (d)? ?ingresso
    """,
    "CO-08": """
        6: (contributo|spazio|spazi|affitto|noleggio|compenso|costo|fee|esposizione|allestimento) .. (testat* (di)? gondola|testat*|esposit*|scaffal*|isola|isole|display|avancassa|espositiv*|corner|preferenzial*|merchandising|vetrina); testat* (di)? gondola; esposizion* (preferenzial*|aggiuntiv*|extra|secondari*|promozional*|fuori banco|in testata); spazi? espositiv*; fuori banco
        5: merchandis*; facing; espositor*; isola promozional*; doppia esposizione; caricamento scaffal*; rifornimento scaffal*; layout scaffal*; spazio a scaffale
        2: display; scaffal*; esposizion*
    """,
    "CO-09": """
        6: nuova apertura; nuove aperture; apertura (nuov*|punto vendita|del punto|negozio|pdv|filiale|supermercat*|store|.. (contributo|sconto)); (contributo|sconto|sostegno|fee) .. (apertur*|inaugurazion*|ristrutturazion*|primo impianto|riapertur*); primo impianto; inaugurazion*; ordine (di)? (apertura|primo impianto|impianto); riapertur*; nuovo (punto vendita|negozio|pdv|supermercat*|store)
    """,
    "CO-10": """
        6: protezione (prezzo|prezzi|stock|listino|scorte|magazzino); price protection; (calo|ribasso|riduzione|diminuzione|abbassamento|discesa) (del|di|dei)? (prezz*|listin*) .. (giacenz*|stock|scorte|magazzino|rimanenz*); (giacenz*|stock|scorte|rimanenz*) .. (vecchio prezzo|prezzo precedente|calo|ribasso|riduzione|deprezz*|nuovo listino|differenza listino); floor stock; adeguamento (giacenz*|scorte|stock); svalutazione (scorte|giacenz*|magazzino|stock) .. (prezz*|listin*)
    """,
    "CO-11": """
        6: buon* (sconto|spesa|acquisto|regalo); coupon*; gift card*; (carta|carte|tesser*) regalo; voucher*; buoni .. (ritirat*|incassat*|accettat*|presentat*|rimbors*)
    """,
    "CO-12": """
        7: sconto merce; omagg*; merce (in)? (omaggio|gratuita|gratis|sconto); (colli|cartoni|pezzi|bottiglie|confezioni|unità|prodotti|casse|merce) (omaggio|gratis|gratuit*|in omaggio|in sconto merce)
        5: gratuit* .. (non|manc*|mai|fatturat*|addebitat*); prendi .. paghi; ogni # .. (omaggio|gratis|gratuit*); in sconto
        3: gratis; gratuit*
    """,
    "CO-13": """
        6: (contributo|sconto|premio|bonus|compenso|ristorno) (di|per|su)? (la|il)? (logistic*|piattaforma|cedi|magazzino|deposito|centralizzazion*|pallet intero|pallet interi|carico completo|bilico|camion completo|ritiro|franco partenza|consegna (unica|diretta)|distribuzione|transito|trasporto a carico|autotreno|carichi completi|primo strato); sconto (ritiro|logistic*|bilico|pallet|carico|trasporto|piattaforma|motrice); ritiro (con)? (mezzi|nostri|a nostro|propri*|in proprio|franco)
        4: contributo logistic*; franco magazzino .. (sconto|contributo); centralizzazion*; logistic* .. (sconto|contributo|premio)
    """,
    "CO-14": """
        6: (contributo|forfait|percentuale|accordo|abbuono|sconto|forfettari*|forfetari*) .. (resi|rotture|avarie|scaduti|scarti|differenze inventariali|deteriorat*|danni|merce avariata|cali|invendibil*|avariat*); invendibil* .. (contratt*|percentual*|accordo|forf*); rotture (forfettari*|contrattual*|a forfait); calo (naturale|peso) .. (contratt*|forf*); in luogo dei resi; (# |percento) .. (avarie|rotture|scaduti|invendibil*); abbuono (rotture|resi|avarie|cali)
    """,
    "CO-15": """
        6: ship and debit; (allineamento|adeguamento|sostegno|supporto|protezione) .. (concorrenz*|competitor*|competitiv*|prezz* (del)? mercato); prezzo (competitor*|concorrenz*|della concorrenza|del concorrente) ; prezz* special* .. (progett*|cliente finale|cliente|gara|rivendit*); (concorrenz*|competitor*) .. (prezz*|allinea*|sostegno); special price; prezzo a progetto; compensazione prezzo .. (concorr*|rivendit*|client*)
    """,
    "NC-01": """
        6: ammanc*; (manca|mancano|mancavano|mancava|mancanti|mancante|mancati) .. (coll*|carton*|pezz*|bancal*|pedan*|pallet*|bottigli*|confezion*|cass*|unità|scatol*|merce|fust*|sacc*|articol*|pz|ct|kg|conf|latt*|ceste|vaschett*|prodott*|rotol*); (coll*|carton*|pezz*|bancal*|pallet*|bottigli*|confezion*|cass*|merce|scatol*|articol*|prodott*|pz|vaschett*|sacc*) (mancant*|in meno|non (ricevut*|consegnat*|arrivat*|scaricat*|present*|pervenut*)|risult* mancant*)
        6: merce mancante; consegna (parziale|incompleta|inferiore|non completa|in difetto); (ricevut*|arrivat*|consegnat*|contat*|scaricat*|trovat*|avuto) (solo|soltanto|solamente|appena) (#|uno|una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci); (solo|soltanto|solamente) # .. (coll*|carton*|pezz*|su #|invece|consegnat*|ricevut*|arrivat*|pz|bancal*); # (coll*|carton*|pezz*|bottigli*|pz|ct|cass*|scatol*|confezion*|bancal*|pallet*|conf|sacc*)? in meno; (invece di|anziché|al posto di|su|contro) # .. (ricevut*|arrivat*|consegnat*|coll*|carton*|pezz*|fatturat*|bottigl*|ordinat*|in bolla|previst*)
        5: differenz* (di)? (quantità|quantitativ*|collo|colli|consegna|carico|qta|q tà); quantità (errat*|inferior*|minor*|divers*|mancant*|non corrispond*|fatturat*|consegnat*|ricevut*|non corrett*|in difetto); (fatturat*|addebitat*) # .. (ricevut*|consegnat*|arrivat*|ma|anziché|invece|contro) ; consegnat* .. meno; arrivat* .. meno .. ; riserva .. (bolla|ddt|ammanco|mancan*|coll*|manca); (bolla|ddt) .. (firmat*|con riserva|riserva|ammanco|mancan*)
        4: mancano #; manca #; ammanco; non (è|sono)? (arrivat*|consegnat*) tutt*; mancanza (di)? (merce|coll*|pezz*|carton*|prodott*|material*); in difetto; scarico .. (parzial*|manc*); manco; mancanz*; ne (mancano|manca|sono arrivat*)
        3: mancant*; mancano; manca; mancav*; ricevut* meno; non consegnat*
        7: # (colli|cartoni|pezzi|bancali|bottiglie|casse|pz|ct|scatole|confezioni)? .. (scaricat*|ricevut*|arrivat*|contat*|caricat*) (solo)? #; (fatturat*|ordinat*) # .. (scaricat*|ricevut*|arrivat*|consegnat*|contat*)
        6: (coll*|carton*|pezz*|bancal*|bottigl*|confezion*|cass*|scatol*|merce|articol*|prodott*|pedan*) .. (manca|mancano|mancav*|mancant*|in meno|non c erano|non consegnat*)
        7: non c erano tutt*; (contat*|trovat*|arrivat*|scaricat*) # .. (bolla|ddt|fattura|riporta*|invece|anziché|su|contro) .. #; # (invece|anziché) (di|dei|delle)? #; mancav*
    """,
    "NC-02": """
        7: ammanco occulto; ammanchi occult*; mancanza occulta; (aprendo|all apertura|apertura|disimball*|sballando|spacchettando|dopo aver aperto|una volta apert*|aperti i|aperto il) .. (coll*|carton*|bancal*|pallet*|scatol*|imball*|manca*|mancant*|meno|solo|confez*|ammanc*); (sigillat*|integr*|intatt*|chius*|cellofanat*|filmat*) .. (ma|mancan*|manca*|meno|dentro|contenev*|all interno|solo|ammanc*|vuot*)
        6: (all interno|dentro|nei|nel) .. (carton*|coll*|scatol*|pallet|bancal*) .. (solo|meno|manca*|#); (carton*|coll*|scatol*|confezion*) vuot*; (scopert*|rilevat*|accort*|riscontrat*|notat*|emers*|verificat*) .. (successivament*|dopo|in seguito|apertura|inventario|sballag*|stoccag*) .. ; vizio occulto .. quantità; non visibile (allo scarico|alla consegna|al momento)
    """,
    "NC-03": """
        7: mancat* (consegn*|ricezione|recapito|arrivo|spedizione|evasione); (mai|non) (ancora|ci)? (è|e|sono|ci è|ci sono|è stata|è stato|sono stati|sono state|risulta|risultano|abbiamo|ho|avete|ci avete|hanno|stata|stato|stati)? (mai|ancora)? (consegnat*|arrivat*|ricevut*|pervenut*|giunt*|spedit*|recapitat*) .. (merce|ordine|consegna|collo|colli|spedizione|materiale|fornitura|prodotti|nulla|niente|nessun*); (merce|ordine|consegna|spedizione|materiale|fornitura|pacco|prodotti|bancale|colli|pallet) .. (mai|non) (ancora|ci|è|e|sono|stata|stato|risulta|mai|abbiamo)? .. (consegnat*|arrivat*|ricevut*|pervenut*|giunt*|recapitat*|spedit*|vist*)
        6: non (abbiamo|ho) (mai|ancora)? (ricevut*|avuto|vist*) .. (merce|nulla|niente|nessun*|material*|consegna|fornitura|ordine|prodott*|spedizione|pacco); fatturat* (ma|e)? (non|mai) (consegnat*|spedit*|ricevut*|arrivat*|evas*); (nulla|niente|nessuna consegna|nessuna merce) .. (arrivat*|ricevut*|consegnat*|pervenut*); (smarrit*|pers*|persa|perso) .. (corriere|vettore|spedizion*|coll*|merce|trasport*|pacco); mai (consegnat*|arrivat*|ricevut*|pervenut*|spedit*|recapitat*); non (è|e) mai (arrivat*|stat*); dov è .. (merce|ordine|consegna)
        4: attendiamo ancora .. (merce|consegna|ordine); merce mai; non evas*; non spedit*; in attesa .. (merce|consegna) .. fattur*; collo smarrito; nessuna consegna; non consegnat*; non (è|sono)? (stat*)? (consegnat*|recapitat*)
    """,
    "NC-04": """
        7: eccedenz*; (merce|prodott*|coll*|articol*|material*|pezzi|carton*|quantità) (non (ordinat*|richiest*)|in (eccesso|eccedenza|più|esubero)|in esubero); mai ordinat*; non (abbiamo|ho|avevamo|è stat*|sono stat*|stata|era|erano) (mai)? (ordinat*|richiest*); (consegnat*|spedit*|inviat*|arrivat*|ricevut*|mandat*) .. (in più|in eccesso|in eccedenza|doppi*|due volte|di troppo|più del|più di quant*|non ordinat*); (più|maggior*) .. (ordinat*|richiest*)
        6: # (coll*|carton*|pezz*|pz|bancal*|cass*|scatol*|bottigl*|confezion*|pallet*) (in più|di troppo|in eccesso|in eccedenza|non ordinat*); consegna (doppia|duplicata|eccedente); doppia consegna; senza ordine .. (consegn*|sped*|arriv*); non ordinat*; ritir* .. (eccedenz*|merce in più|esubero|non ordinat*|in eccesso)
        3: esubero; in eccesso; di troppo; in più
    """,
    "NC-05": """
        7: dann* (da|di|nel|durante il|causat* dal|dal|in) (trasport*|corriere|vettore|scarico|consegna|movimentazione|transito); danneggiat* (nel|durante|dal|in|alla|all)? (il|la)? (trasport*|consegna|corriere|vettore|arrivo|scarico|transito|tragitto|viaggio); avari* (da)? trasporto; avaria; (merce|coll*|carton*|bancal*|pallet*|bottigli*|confezion*|pedan*|scatol*|imball*|pacc*|cass*|prodott*|latt*|vasett*|sacc*|pezz*|vetri|piastrell*|articol*) .. (danneggiat*|rott*|schiacciat*|bagnat*|ammaccat*|frantumat*|strappat*|lacerat*|spaccat*|sfondat*|ribaltat*|scoppiat*|infrant*|crepat*|distrutt*|rovinat*|aperti|inzuppat*)
        6: (arrivat*|consegnat*|ricevut*|giunt*|trovat*|scaricat*) .. (danneggiat*|rott*|schiacciat*|bagnat*|ammaccat*|frantumat*|strappat*|a pezzi|spaccat*|distrutt*|rovinat*|ribaltat*); (rott*|danneggiat*|schiacciat*|bagnat*|ammaccat*) .. (coll*|carton*|bancal*|bottigli*|pezz*|confezion*|all arrivo|alla consegna|in consegna|durante); danneggiament*; rottur* .. (trasport*|bottigl*|vetro|consegna|merce|collo|bancal*); catena del freddo; temperatura .. (trasport*|camion|arrivo|scarico|consegna|mezzo)
        4: danneggiat*; rottur*; schiacciat*; ammaccat*; bagnat*; bancale (caduto|ribaltato|crollato); dann*; rott*; perdit* .. (liquido|prodotto|confezion*|latt*)
        6: (schiacciat*|frantumat*|ribaltat*|sfondat*|infrant*)
        7: (arrivat*|consegnat*|ricevut*|trovat*) .. (bagnat*|rott*|schiacciat*|danneggiat*|inutilizzabil*|ammaccat*|aperti|a pezzi)
    """,
    "NC-06": """
        7: difett*; (non)? conform* .. (qualità|specific*|capitolato|campion*|non); non conform*; qualità (scadente|scarsa|pessima|inferiore|non|inadeguata|contestata|insufficiente|bassa|difforme); problem* (di|sulla|con la)? qualità; (contestazione|reclamo|non conformità|segnalazione) (di|sulla|per|su)? (la)? qualità; vizi* (del|di|della|sui|nei|nel)? (prodott*|merce|bene|fabbric*|occult*|material*)
        7: (muff*|ammuffit*|avariat* .. (scaden*|prodotto|odore)|marc*|rancid*|inacidit*|guast* .. (odore|sapore)|corp* estrane*|insett*|cattivo odore|odore|sapore|puzza*|gonfi*|contaminat*|larv*|stantio|fermentat*) ; (scadenz*|tmc|shelf life) .. (breve|cort*|ravvicinat*|super*|passat*|troppo|imminente|non|a ridosso|scadut*|residu*); scadut*; (data|termine) (di)? scadenza .. (troppo|breve|cort*|prodott*|passat*|confez*); vita residua
        5: (prodott*|articol*|pezz*|merce|lotto|partita|unità|apparecch*) .. (difettos*|non funziona*|fallat*|inutilizzabil*|non idone*|alterat*|deteriorat*|inservibil*); lotto .. (difett*|problem*|non conform*|contestat*); non (funziona*|idone*|utilizzabil*|vendibil*|accettabil*|commestibil*); fuori (tolleranza|specifica|misura); inutilizzabil*; deteriorat*; scolorit*; cuciture; controllo qualità .. (negativ*|respint*|non|bloccat*|esito)
        3: qualità; lament* .. (client*|consumator*); lotto; fallat*; saldatur*; ruggin*; perde
        6: client* .. (lament*|riport*|protest*|rendono|restitu*); (sa di|puzza di|gusto di|sapore di) ; (si rompe|si rompono|si scuce|si stacca)
    """,
    "NC-07": """
        7: (articol*|prodott*|merce|codic*|referenz*|material*|modell*|formato|formati|gusto|gusti|misur*|taglia|taglie|color*|versione|ricambi*|pezzo|tipo) (errat*|sbagliat*|divers*|non corrett*|non corrispond*|scambiat*|sostituit*|differenti|differente|non (ordinat* ma|quell*|conformi all ordine)); (errat*|sbagliat*) (articol*|prodott*|codic*|referenz*|merce|consegna|spedizione|material*|invio|modell*|formato); sostituit* con
        6: scambio (merce|articol*|prodott*|codic*|referenz*|di); sostituzion* .. (articol*|prodott*|non autorizz*|non concord*|codic*|referenz*); errore (di)? (consegna|preparazione|picking|spedizione|evasione|articolo|codice|prelievo|prodotto); non corrispond* .. (ordine|ordinat*|articol*|codice|quanto|prodott*|ddt); non (è|sono|era|erano) (quello|quelli|quella|quelle|ciò|il|la|quanto) .. (ordinat*|richiest*); divers* da (quanto|quell*|ordin*); merce errata; altro (articol*|prodott*|codice); sbagliat*; ordinat* .. (avete|ci è|ci avete|abbiamo|è arrivat*|sono arrivat*|ricevut*) (mandat*|inviat*|consegnat*|arrivat*|ricevut*|spedit*)
        4: (ricevut*|arrivat*|consegnat*|spedit*|mandat*|inviat*) .. (invece|anziché|al posto); (ordinat*) .. (mandat*|arrivat*|consegnat*|ricevut*|spedit*)
        3: scambiat*; al posto
        7: non (è|sono|era|erano) (quell*) (che)? .. (ordinat*|richiest*|chiest*)
    """,
    "NC-08": """
        7: (differenz*|error*|discordanz*|scostament*|divergenz*|variazion*|incongruenz*|difformità) (di|sul|nel|nei|del|dei|su|in)? (il)? (prezz*|listin*|costo|costi|tariff* prodotto); prezz* (errat*|sbagliat*|divers*|non corrett*|non conform*|non corrispond*|superior*|maggior*|più alt*|non concordat*|applicat*|fatturat*|difform*|discordant*|maggiorat*|troppo alt*|non allineat*|non (è|sono)|scorrett*|vecchi*); (errat*|sbagliat*|maggior*|divers*) prezz*
        6: (invece|anziché|al posto|rispetto|contro|ma) .. (prezzo (concordat*|pattuit*|di listino|corrett*|di contratto|ordine|offerta|confermat*|in ordine)|concordat*|pattuit*|listino|offerta|contratto|preventivo|ordine .. prezz*); prezzo (concordat*|pattuit*|contrattual*|di contratto|da contratto|in ordine|ordine|da ordine|confermat*|di listino|da listino|corrett*|giusto|unitario|offerta|accordat*|d ordine|vecchio|nuovo|netto|di vendita|da preventivo|stabilito) ; fatturat* (a|ad|al|euro|eur) .. (invece|anziché|contro|ma|concordat*|dovev*|mentre|rispetto)
        5: aument* .. (non (concordat*|comunicat*|autorizzat*|accettat*)|prezz*|listin*|preavviso|in anticipo|decorren*); listino (non|vecchio|nuovo|errato|concordat*|in vigore|#); rincaro; addebitat* .. (in più al|prezzo|di più); costa* .. (di più|invece|dov*); al (pezzo|kg|collo|cartone|litro) (invece|anziché|contro|concordat*|mentre)
        3: prezz*; listin*; preventivo; quotazion*; costo unitario; fatturato .. (invece|anziché)
        6: (in fattura|fatturat*|fattura) .. # .. (ma|mentre|invece|anziché) .. (ordine|listino|preventivo|offerta|contratto|accord*); (ordine|listino|preventivo|contratto|accordo) (dice|riporta|prevede|indica)
        7: più car* .. (contratto|accord*|listino|offerta|ordine|pattuit*); prezzo .. non (è|era) (quello|quell*)
    """,
    "NC-09": """
        7: scont* (non (applicat*|riconosciut*|concess*|riportat*|inserit*|presente|calcolat*|corrett*|concordat*|c|è|risulta)|mancant*|errat*|sbagliat*|dimenticat*|omess*|inferior*|concordat*|contrattual*|commercial*|base|cliente|in fattura|pattuit*|di contratto|abituale|canale|d uso|di (#|riga)|previst*|assente|accordat*|riga|extra|#|fuori|spettant*) ; (mancat*|manca|mancano|senza|omess*|dimenticat*|mancanza|privo|assenza) .. (scont*|sc); (mancata|non) .. applica* .. scont*; scont* .. (invece|anziché|non|manca*|errat*|sbagliat*|dovev*|doveva|mentre|al posto)
        3: scont*; percentuale .. scont*
    """,
    "NC-10": """
        7: error* (di|nel|nei|del|dei|in|nella)? (calcol*|somma|conteggi*|total*|addizion*|moltiplicazion*|aritmetic*|sommatoria|somme); (calcol*|conteggi*|somma|total*) (errat*|sbagliat*|non (torna|tornano|corrispond*|corrett*|quadra|coincid*)|non è|scorrett*); (total*|conti|conto|somma|importi|righe|cifre) .. non (torna|tornano|quadra|quadrano|corrispond*|coincid*); # (x|per) # .. (fa|non|sono|è|=); sbagliat* (il|la|i)? (calcol*|somma|total*|moltiplic*|conteggi*); la somma .. (righe|non|è|dà|fa)
        4: ricalcol*; aritmetic*; quadra*; sommando; moltiplic*
    """,
    "NC-11": """
        7: ritard* (di|nella|nelle|della|delle|sulla|in|nell)? (consegn*|spedizion*|arrivo|fornitur*|evasione|recapito); (consegn*|arrivat*|merce|spedizion*|fornitur*|ordine|camion) .. (in ritardo|ritard*|tardiv*|oltre (la|il) (data|termine)|dopo (la data|il termine|#)|fuori tempo|con # giorni); consegna tardiva; tardiva consegna; # (giorni|gg|giorno|settiman*|ore) (di)? ritardo
        5: data (di)? consegna .. (non rispettat*|concordat*|prevista|superat*|slittat*); non (rispettat*|avete rispettato) .. (consegna|termini|data|tempi); (troppo tardi|fuori termine|oltre i termini|oltre il termine|in ritardo); fermo (linea|produzione|macchina|cantiere)
        2: ritard*; tardi
        5: (doveva*|previst*|promess*|attes*) .. (arrivare|consegn*)? .. (arrivat*|consegnat*) (solo|il|dopo|oggi|con)
        6: (arrivat*|consegnat*) .. (dopo|tardi|in ritardo|fuori tempo); (ordinat*|serviv*|attes*) per (pasqua|natale|il|la|l) .. (arrivat*|consegnat*)
    """,
    "NC-12": """
        7: penal* .. (consegn*|ritard*|servizio|livello|otif|logistic*|contrattual*|mancat*|puntualità|inevas*|fornitur*|rottur*|disservizi*|incomplet*); otif; livello (di)? servizio; penal*; mancata puntualità; fill rate; service level; tasso (di)? servizio; mancato livello; indice di servizio
    """,
    "NC-13": """
        7: (etichett*|barcode|codic* a barre|ean|sscc|imballagg*|imballo|pallettizzazion*|palettizzazion*|packaging|bancale|pallet|asn|des?adv|bolla edi|confezionament*) .. (non (conform*|leggibil*|corrett*|a norma|present*|ricevut*|inviat*)|errat*|mancant*|assent*|illeggibil*|sbagliat*|difform*|fuori standard|inviat* in ritardo|troppo alt*|fuori sagoma|rilavorazion*); (mancat*|mancanza|manca|assenza|errat*|errore|mancano) .. (etichett*|asn|barcode|codice a barre|sscc|desadv|avviso di spedizione|prenotazion* (scarico)?); (addebito|penale|sanzione|multa|costo|costi) .. (etichett*|rietichett*|imball*|riconfezion*|non conformità|ripallett*|rilavorazion*|asn|prenotazion*|palettizz*|pallettizz*|packaging|capitolato|manuale|mancata prenotazione|appuntament*)
        5: rietichett*; ripallettizz*; riconfezion*; capitolato logistic*; manuale (del)? fornitor*; non conformità logistic*; senza prenotazione; avviso di spedizione; codice a barre; altezza (pallet|bancale)
        3: etichett*; barcode; codice ean
        6: senza .. (etichett*|sscc|asn|prenotazion*|barcode)
    """,
    "NC-14": """
        7: (reso|resi) (autorizzat*|concordat*|approvat*|merce|come da|vostr*|da voi|n|#|del|effettuat*|ritirat*|accettat*|di cui|già|invenduto concordat*|rientrat*|non (accreditat*|ancora accreditat*)|a mezzo|con|da accordi|tramite); bolla (di)? reso; autorizzazion* (al|di|del)? (reso|resi|rientro); (reso|resi|ritirat*|restituit*|rientrat*|rimandat*) .. (autorizzat*|autorizzazione|autorizzazion*|concordat*|rma|vostro (agente|corriere|autista|ok|benestare)|accord*|bolla|ddt (di)? reso); ddt (di|del)? (reso|resi); rma; (merce|material*|prodott*|coll*|articol*|bancal*) (resa|reso|resi|rese|restituit*|rientrat*|ritirat*|rimandat*|tornat*)
        5: accredit* .. (reso|resi|merce resa|restituzion*|resa); (nota (di)? credito|nc|accredito|storno) .. (per|del|dei|di|su|sul) .. (reso|resi|resa|restituit*); (abbiamo|avete) (reso|restituit*|ritirat*|rimandat*|rispedit*); vostro (autista|corriere|agente) .. ritirat*; rientro merce; restituit*
        3: reso; resi; restituzion*; resa
    """,
    "NC-15": """
        7: (reso|resi|restitu*|ritir*|rimand*|rend*) .. (non autorizzat*|senza autorizzazion*|invenduto|non concordat*|senza accord*|senza preavviso); (senza|manca|priva|privo) .. autorizzazion* .. (reso|resi|rese|rientro|restitu*); (respint*|rifiutat*|rifiut*|respingiamo) .. (merce|consegna|coll*|carico|scarico|bancal*|al ricevimento|allo scarico|in accettazione); (merce|consegna|carico|ordine|coll*) .. (respint*|rifiutat*); (vi|intendiamo|vorremmo|vogliamo|desideriamo|stiamo|abbiamo deciso) .. (rendiamo|rendere|restituire|restituiamo|restituendo|rimandare|rimandiamo|rispedendo|rispediamo|rispedire|rendendo) .. ; non (ci)? (serve|servono|occorr*|vend*) (più)? .. (rend*|restit*|ritir*|rimand*|rispediam*); invenduto .. (rend*|restit*|ritir*|reso|resi)
    """,
    "NC-16": """
        8: richiam* (del|di|dal|dei|prodott*|lott*|merc*|precauzional*|ministerial*|volontari*|sicurezza|sanitari*); ritir* (dal|dal mercato|dal commercio|dagli scaffali|precauzional*|lott*|del lotto|dei lotti|cautelativ*); allerta (alimentar*|sanitari*|sicurezza); (lotto|lotti|prodott*) .. (richiam*|ritirat* dal|ritirat* dagl*|blocco sanitar*); (distruzion*|distrutt*|smaltit*) .. (lotto|lotti|richiam*|ritir*); salmonell*; listeri*; richiamo; allergen*
    """,
    "NC-17": """
        8: (doppi*|duplicat*) (fattur*|addebit*|fatturazion*|emission*|registrazion*|conteggi*); (fattur*|addebit*) (doppi*|duplicat*|due volte|ripetut*|già (emess*|fatturat*|ricevut*|addebitat*)|emess* due volte|emess* in doppio|in doppio|duplic*); (fatturat*|addebitat*|emess*|inviat* la fattur*|conteggiat*|fatturazion*|contabilizzat*|addebito) .. (due volte|2 volte|in doppio|doppi*|già|una seconda volta|nuovamente); già (stat*)? (fatturat*|addebitat*) (con|nella|nelle|dalla|da|in|su|a|il|sulla); stess* (merce|consegna|ddt|ordine|bolla|fornitura|importo|fattur*|righe|document*) .. (due volte|già|doppi*|due fatture|altra fattura|anche|2 volte|fatturat* con|su due); due fatture .. (stess*|medesim*|ident*)
        5: fattur* identic*; medesim* (ddt|merce|consegna|ordine|bolla|fornitura) .. (fattur*|due|già); duplicat*; in doppio; duplicazion*; doppione
        8: già (fatturat*|addebitat*|emess*|ricevut*) .. (fattura|con|nella|numero)
    """,
    "NC-18": """
        8: (intestat*|intestazion*|fatturat*|emess*|indirizzat*|destinat*) .. (errat*|sbagliat*|ad altr*|a altra|non (a noi|nostr*|corrett*)|altra (ditta|società|azienda)|altro (cliente|soggetto)|alla società sbagliata|ragione sociale|consociat*|a soggetto); (ragione sociale|partita iva|p iva|intestazion*|destinatari*|cessionari*|codice fiscale|sede|indirizzo (di fatturazione|fatturazione)|codice destinatario|cliente) (errat*|sbagliat*|non corrett*|divers*|non corrispond*|di altr*|non è|cessat*); non (è|e|sono|siamo|di) .. (nostr*|di nostra competenza|per noi|a noi|la nostra|noi i destinatari|nostri|spettanza|vostri clienti|competenza|intestat*|indirizzat*|destinat*)
        5: altra (società|ditta|azienda|filiale) .. ; (dov* essere|va|andava|vanno) (intestat*|emess*|fatturat*) a; non ci (riguarda|compete|appartiene); fattur* .. non nostr*; rifatturar* .. a; (intestare|intestarla|rimettere|riemettere) .. a .. ; mai (avuto|intrattenuto) .. rapport*; non (abbiamo|ho) .. rapport* (commercial*|con voi); competenza di altr*; non riconosciamo .. (fattura|ordine)
    """,
    "NC-19": """
        8: ordin* .. (annullat*|cancellat*|disdett*|revocat*|stornat* prima|annull* (prima|il|in)); (annullat*|cancellat*|disdett*|revocat*|annull*) .. (ordin*|l ordine|via mail|prima della|per tempo|la fornitura|la consegna|telefonic*|fornitura); (annullament*|cancellazion*|disdetta|revoca) .. (ordin*|fornitur*|consegn*|prima|inviat*); nonostante .. (annullament*|disdetta|cancellazion*)
        4: annullat*; disdett*; annullament*
    """,
    "NC-20": """
        8: iva (errat*|sbagliat*|non (dovuta|corrett*|applicabil*|esposta|imponibil*)|al|a|del|agevolat*|indebit*|esent*|applicat*|addebitat*|in più|calcolat*|anziché|invece|ridott*|ordinaria|#) ; (aliquot*|error* iva|errore sull iva|errore di iva|errat* iva|errata applicazione .. iva|iva esente|senza iva|esenzione iva|esent* iva|imposta errat*|non imponibil*|reverse charge|inversione contabile|dichiarazion* (d)? ?intento|lettera (d)? ?intento|plafond|esportator* abitual*|natura iva|art 8|art 41|intracomunitari*|regime (iva|fiscale|del margine)|codice iva|imponibil* errat*|art 74)
        3: iva; imposta
    """,
    "NC-21": """
        8: (spese|costi|costo|addebit*|importo|contributo spese|trasporto) (di)? (trasport*|spedizion*|consegn*|porto|nolo) .. (non|addebitat*|errat*|franco|a vostro|a carico|incluso|inclus*|compres*|dovut*|superior*|in fattura|gratuit*|concordat*|fatturat*); (addebitat*|fatturat*|addebito) .. (trasport*|spedizion*|spese di (consegna|spedizione)|porto|nolo|corriere); porto (franco|assegnato); franco (destino|fabbrica|arrivo|nostro magazzino|magazzino|domicilio|di porto|stabilimento); resa (franco|dap|ddp|incoterm*|exw|fca|cpt); spese (di)? (trasporto|spedizione|consegna|corriere)
        4: trasporto .. (non dovut*|gratuito|a vostro|incluso|addebit*|in fattura|franco); spedizione gratuita; incoterm*; porto; nolo
        2: trasporto; spedizione
    """,
    "NC-22": """
        8: (pallet*|epal|bancal*|pedan*|bins?|ceste|cass*|vuot*|fust*|imballagg*|roll|interfald*|contenitor*|gabbi*) .. (res*|interscambi*|a rendere|cauzion*|rendere|vuoto|vuoti|vuote|non (reso|resi|rese|restitu*|accreditat*|scambiat*)|buon*|saldo|restituit*|addebitat*|epal|riconsegnat*|interscambio|chep|eur|euro|lpr|scambiat*|in conto|fatturat*); (cauzion*|deposito cauzional*) .. ; interscambio; vuoti (a rendere|resi|non|da|#|restitu*|cauzion*); resi? vuoti; buon* pallet; imballi? a rendere; (addebito|fatturazione|fatturat*|addebitat*) .. (pallet*|pedan*|bancal*|imball*|cass* |cauzion*|bins|epal)
        3: pallet*; pedane; vuoti; cauzion*
    """,
    "NC-23": """
        8: (spese|costi|costo|addebit*|oneri|importi|voci|voce|supplement*|maggiorazion*|contribut*|commissioni|diritti) (non (concordat*|pattuit*|previst*|dovut*|autorizzat*|richiest*|accettat*|giustificat*|contrattual*|comunicat*)|aggiuntiv*|accessori*|extra|supplementar*|indebit*|di (incasso|gestione|imballo|amministra*|bollo|istruttoria|pratica|segreteria|sdoganament*)|incasso|imballo|gestione|energi*|gasolio|carburante|adr|minimo|ambiental*|imprevist*|mai concordat*|mai (pattuit*|autorizzat*)); supplement* (carburante|gasolio|energia|energetic*|minimo|non|urgenza|imballo|mai|ordine|adr|di); sovrapprezz*; (maggiorazion*|caro (energia|gasolio|carburante|materiali)) .. ; (contributo|diritto) (fisso|ambientale|energia|conai|raee|sicurezza|chiamata) .. (non|mai|addebit*); minimo (d)? ?ordine; non (concordat*|pattuit*|previst*) .. (contratto|offerta|preventivo|addebit*|spes*|cost*); spese accessorie; spese (di)? (incasso|imballo|bollo|gestione|amministrative); addebit* .. (non (dovut*|concordat*|previst*|riconosciut*)|mai concordat*)
        3: extra; supplement*; oneri
    """,
    "NC-24": """
        8: (numero|n|nr|num|riferiment*|rif|codice|cig|cup) (di|d|dell|del)? (ordine|oda|po|odv|commessa|buono d ordine|acquisto|purchase order) .. (mancant*|manca|assent*|errat*|sbagliat*|non (indicat*|presente|riportat*|corrett*|valido|esistente|trovat*|citat*|corrispond*|risulta)|obbligatori*|da (indicare|inserire)|inesistent*|necessari*|chius*); (manca|mancano|mancante|senza|privo|priva|mancata indicazione|assenza|omess*|indicare|inserire|errato|riportare|mancanza|specificare) .. (numero|n|nr|riferiment*|rif|num)? (di|d|dell|il|del)? (ordine|oda|po|cig|cup|commessa|nostro ordine); (numero|riferimento) (d)? ?ordine
        5: riferimento ordine; (cig|cup) .. (manc*|errat*|assent*|non|senza); ordine non (indicato|riportato|presente|trovato|a sistema)
        6: (con|riportando|indicando) .. (nostro)? (numero|n) (d)? ?ordine
    """,
    "NC-25": """
        8: (prova|prove|conferma|attestazione|dimostrazione|ricevuta) (di|dell avvenuta|della|d|dell|delle|avvenuta)? (consegn*|avvenuta consegna|ricezione|recapito); pod; (ddt|bolla|bolle|documento di trasporto|lettera di vettura|cmr|borderò) .. (firmat*|controfirmat*|timbrat* e firmat*|con firma|sottoscritt*|quietanzat*); copia .. (ddt|bolla|bolle|cmr|documento di trasporto); (manca|mancano|senza|inviarci|mandateci|inviate|trasmetter*|richied*|serve|occorre|in attesa|fornire|avere|mandare|in mancanza|allegare) (il|la|del|della|di|copia|un|una|i|le)? (il|la|del|della)? (pod|prova (di)? consegna|ddt|bolla|bolle|cmr); firma (del|di|per|sul|sulla)? (ricev*|destinatari*|magazzin*|ddt|bolla|consegn*)
    """,
    "NC-26": """
        8: fattur* .. (non|mai) (è|e|ancora|ci|sono|risulta|abbiamo|ho|la|stata|è mai|ancora)? .. (ricevut*|pervenut*|arrivat*|giunt*|trovat*|trovo|troviamo|present*|registrat*|recapitat*|inviat*|sdi|cassetto|vist*|transitat*|risulta*); (non|mai) (abbiamo|ho|ci|è|risulta|risultano|trovo|troviamo|ancora|riusciamo|vediamo|vedo|mai|hai|avete)? .. (ricevut*|pervenut*|arrivat*|giunt*|trovat*|trovo|troviamo|risulta|avuto|vist*|inviat*|mandat*) .. (fattur*|ft|fatt); fattur* (non (ricevut*|pervenut*|arrivat*|present*|registrat*)|mancant*|mai (arrivat*|ricevut*|pervenut*|vist*|mandat*)|smarrit*)
        7: (inviarci|inviarmi|mandarci|mandarmi|mandateci|mandatemi|inviateci|inviate|inviare|reinviare|rispedire|rinviar*|trasmetter*|girar*|girat*|chied* copia|copia|copie|duplicato|serve|servirebbe|rimandar*|avere|mandare|mandate|mi manda|ci manda|invii|potete|potreste|può|gentilmente|cortesemente|richied*) .. (copia|pdf|duplicato|la fattur*|le fattur*|della fattur*|delle fattur*|fattur*|ft) ; copia (di|della|delle|dell|pdf|conforme|in pdf)? (cortesia|fattur*|la fattur*|le fattur*); cassetto fiscale
        4: fattura mancante; senza fattura; non ricevut*; codice (destinatario|univoco|sdi); pec; sdi
    """,
    "NC-27": """
        8: (dati|dato|indicazion*|codice|elementi|campi|informazion*|riferiment*|requisit*|coordinate|codice fornitore|numero ddt|iban|codice articolo|lotto|data consegna|causale) (obbligator*|mancant*|incomplet*|errat*|fiscal*|di legge|non (present*|indicat*|corrett*|riportat*)|manca*); fattur* (incomplet*|non (conform*|regolar*|valid*|complet*|a norma|leggibil*|corrett* formal*)|irregolar*|illeggibil*|scartat*|scarto|rifiutat* .. (sdi|sistema|formal*)|respint* .. (sdi|sistema|formal*|portale)); scart* .. (sdi|sistema di interscambio|fattur*|portale); (manca|mancano|mancanti|senza|omess*|priva|privo) .. (codice fornitore|iban|riferimento ddt|numero ddt|data (di)? consegna|codice articolo|lotto|paese (di)? origine|partita iva|codice fiscale|dati|bollo|causale|centro (di)? costo|dicitura|matricola|elementi obbligatori|indicazion*|coordinate bancarie)
        3: dati mancanti; formalmente; dicitura; codice fornitore
    """,
    "NC-28": """
        8: (scadenz*|termin* (di)? pagament*|condizion* (di)? pagament*|data (di)? scadenza|pagament*|dilazion*) .. (errat*|sbagliat*|non (corrett*|corrispond*|concordat*|conform*|è|sono)|divers*|concordat*|pattuit*|anticipat*|invece|anziché|difform*|contrattual*|da contratto|a (30|60|90|120)|fm|dffm|(30|60|90|120) (gg|giorni)|rettific*); (errat*|sbagliat*|divers*) (scadenz*|termin*|condizion*|data (di)? scadenza|modalità di pagamento); non (è|e|sono|ancora|risulta|risultano) (ancora|è)? (scadut*|in scadenza|scade); (30|60|90|120|45|75) (gg|giorni|g) (fm|df|data fattura|dffm|fine mese|invece|anziché|e non|non|concordat*|d f|da contratto|netto)
        5: fine mese; condizioni di pagamento; termini di pagamento; scade il; rimessa diretta; non ancora scadut*; correggere la scadenza
        2: scadenz*
    """,
    "NC-29": """
        8: (servizi*|prestazion*|intervent*|lavor*|manutenzion*|pulizi*|installazion*|montaggi*|consulenz*|assistenz*|formazion*|corso|opera|abbonament*|trasloco|vigilanza|posa) .. (non (effettuat*|eseguit*|res*|svolt*|prestat*|fornit*|complet*|conform*|soddisf*|erogat*|terminat*|mai|a regola|è stat*|sono stat*|ultimat*)|mai (effettuat*|eseguit*|svolt*|prestat*|res*|erogat*|avvenut*|fatt*)|mal (eseguit*|fatt*|res*)|incomplet*|parzial*|carent*|scadent*|insoddisf*|disservizi*|inadeguat*|male|a metà|pessim*|interrott*|insufficient*); disserviz*; mancat* (esecuzion*|intervent*|prestazion*|erogazion*|servizi*|svolgiment*|assistenz*|manutenzion*); (tecnic*|operai*|squadr*|installator*|personale|addett*|operator*) .. (non (si|è|sono)|mai|in ritardo|assent*); ore .. non (svolt*|lavorat*|effettuat*|prestat*|fatt*)
        4: serviz*; lavori; non (è|sono) stat* (eseguit*|svolt*|effettuat*|complet*); intervento
        8: (impresa|ditta|tecnic*|squadra|addett*|operator*|personale|giardinier*) .. (venut*|intervenut*|passat*) .. (solo|soltanto|una|due)
    """,
    "NC-30": """
        8: guast*; avari* (tecnic*|macchin*|alla macchina|elettric*|meccanic*|motore|dell|della|del); (macchin*|impiant*|apparecch*|dispositiv*|motor*|pomp*|caldai*|compressor*|frigorifer*|frigo|stampant*|modem|router|linea|forno|congelator*|banco frigo|condizionator*|muletto|bilanci*|centralin*|ascensor*|cella|attrezzatur*|lavastovigli*|climatizzator*|contatore) .. (guast*|rott*|ferm*|non (funziona*|va|parte|si accende|raffredda)|malfunzion*|in avaria|in panne|in blocco|si (blocca|ferma|spegne|è (rott*|ferm*|guast*))|fuori (uso|servizio)|difett*|riparar*|riparat*); malfunzionament*; (in|sotto|ancora in|coperto da|periodo di) garanzia; (riparazion*|riparat*|ripar*) .. (non|garanzia|ancora|stesso|fattur*|costo|due volte|di nuovo|mal|addebit*|pagare|ripresent*); problema tecnic*; assistenza tecnica; fermo macchina; ticket
        4: non funziona*; riparazion*; garanzia; tecnico
        6: (macchina|macchinario|impianto|frigo|forno|cella|caldaia|stampante) .. (guast*|rott*|ferm*)
    """,
    "NC-31": """
        8: (differenz*|calo|ammanc*|scostament*|discordanz*|error*|minor|mancanza) (di|del|sul|nel|in)? pes*; pes* (inferior*|errat*|minor*|divers*|non (corrispond*|corrett*|conform*)|fatturat*|riscontrat*|rilevat*|nett*|lord*|effettiv*|reale|verificat*|alla pesa|in meno|dichiarat*|sgocciolat*|variabile|in bolla|contestat*|pesat*); (kg|kili|chili|quintali|q li|tonnellat*|ton|t) .. (in meno|mancant*|invece|anziché|ricevut*|fatturat*|pesat*|riscontrat*|effettiv*|contro|differenz*|consegnat*); # (kg|chili|quintali|tonnellat*|kili) (in meno|mancant*|di meno|invece|fatturat*|anziché); pesat* .. (kg|meno|solo|risult*); (bilanci*|pesa|pesata|pesatura|tara|scontrino (di)? pesa)
        3: peso; kg; pesata
    """,
    "NC-32": """
        8: conto (deposito|vendita|estimatorio|visione); contratto estimatorio; (merce|prodott*|articol*) .. (in deposito|non (ancora)? (vendut*|prelevat*)) .. ; consignment; (invenduto|non vendut*) .. (fattur*|deposito|conto); inventario .. (deposito|conto)
    """,
    "NC-33": """
        8: (lettur*|contator*|consum*|bollett*|autolettur*|kwh|smc|metri cubi|mc) .. (errat*|sbagliat*|stimat*|presunt*|real*|effettiv*|anomal*|eccessiv*|elevat*|non (corrispond*|corrett*|real*)|troppo alt*|abnorm*|guast*|spropositat*|superior*|diffrent*|invertit*|sostituit*|rilevat*|comunicat*|autolettur*|doppi*|maggior*|raddoppiat*|fatturat*); autolettur*; consum* (stimat*|presunt*|anomal*|eccessiv*|fatturat*|real*|effettiv*|elevat*|abnorm*); (lettura|letture) (stimat*|real*|del contatore|contatore|effettiv*|presunt*|errat*|finale); contator*; (perdita|perdite) (d)? ?(acqua|occult*)
        4: consum*; lettur*; bollett* (luce|gas|acqua|elettric*|troppo|alt*)
        4: kwh; smc; metri cubi
    """,
    "NC-34": """
        8: tariff* (errat*|sbagliat*|divers*|non (concordat*|corrispond*|quella|applicat*|corrett*)|applicat*|contrattual*|concordat*|agevolat*|superior*|promess*|#|cambiat*|pattuit*|più alt*); (condizion* (contrattual*|economic*|del contratto)|contratto|canone|piano (tariffario)?|abbonament*|offerta (luce|gas|fibra|telefonic*)|prezzo (bloccato|fisso) .. (luce|gas|energia|contratto|kwh)) .. (non (rispettat*|applicat*|corrispond*|concordat*|quell*)|divers*|modificat*|cambiat*|variat*|aumentat*|errat*|superior*|unilateral*|maggior*|attivat* diverso); modific* unilateral*; (operatore|consulente|agente|venditore|call center) .. (promess*|dett*|assicurat*|proposto|garantit*|prospettat*) .. ; bonus .. (non (applicat*|riconosciut*|accreditat*)|benvenut*|mancat*); prezzo bloccato; roaming; canone; piano tariffario; traffico dati
        3: tariff*; condizioni contrattual*
        6: prezzo .. kwh .. (contratt*|concordat*|bloccat*|fiss*); kwh .. (contratto|offerta)
    """,
    "NC-35": """
        8: furto (d|di)? ?identità; (mai|non) (ho|abbiamo|è stato|ho mai|abbiamo mai|hanno|aver)? (mai)? (firmat*|sottoscritt*|stipulat*|attivat*|richiest* .. (contratt*|attivazion*|fornitur*|servizi*)|conclus*|concluso|autorizzat* .. (contratt*|attivazion*)|aperto|acceso) .. (contratt*|utenz*|attivazion*|fornitur*|servizi*|abbonament*|linea|account|nulla|niente|polizz*|con voi|conto); contratt* (mai (firmat*|sottoscritt*|stipulat*|richiest*|concluso)|non (richiest*|riconosciut*|firmat*|sottoscritt*|mio|nostro|conosc*)|sconosciut*|fals*|ignot*); (attivazion*|fornitur*) non richiest*; (firma|documenti|dati|identità|nome|generalità) .. (fals*|rubat*|non (è|sono)? (mia|nostra|mie)|apocrif*|utilizzat* (senza|da)|a mia insaputa|usat*|contraffatt*|abusiv*)
        6: a (mia|nostra) insaputa; truff*; frod*; denunci* .. (carabinieri|polizia|querela|truff*|fals*|postale|presentat*|furto); disconosc*; firma falsa; non riconosco .. (contratto|utenza|firma|debito); querela
    """,
    "FI-01": """
        8: sconto (cassa|pronto pagamento|pronta cassa|pagamento anticipato|per pagamento|pronto|incondizionato cassa); (scont* .. (pagamento (entro|anticipato|pronto|a #)|cassa|pronta cassa|entro # (gg|giorni)|entro i termini)); pronto pagamento; (dedott*|trattenut*|detratt*|applicat*|usufruit*|scalat*|al netto) .. (sconto cassa|sconto pronto|sconto (del|il)? # (per pagamento|entro|cassa)); pagamento (entro|anticipat*|a) .. sconto; skonto
    """,
    "FI-02": """
        9: sconto (cassa|pronto pagamento|finanziario|pagamento|pronta cassa)? .. (non (dovuto|spettante|spettav*|maturato|riconosciuto|più)|fuori (termine|tempo|scadenza)|oltre (il|i) (termin*|giorn*|scadenza)|indebit*|in ritardo|scadut* (il|i|termin*)|tardiv*|nonostante|anche se|dopo (la|il|i|#)|cortesia|eccezion*|troppo tardi); (nonostante|anche se|sebbene|benché) .. (ritardo|scadut*|oltre|tardi|termin*|in ritardo) .. (sconto)? ; termin* .. sconto .. (scadut*|superat*|passat*|decors*); oltre .. termin* .. sconto
    """,
    "FI-03": """
        8: (spese|commission*|costi|cost*|oneri|trattenut*|addebit*) (di)? (bancari*|banca|bonifico|bonific*|swift|della banca|dalla banca|estero|conto corrente); (commissioni|spese) (our|sha|ben|trattenut*|banca|estero); (banca|istituto) .. (trattenut*|addebitat*|dedott*|corrispondente|intermediari*|detratt*); spese bonifico; commissioni bonifico
    """,
    "FI-04": """
        8: (differenz*|perdit*|oscillazion*|util*|variazion*|delta|scostament*) (di|su|sul|del|da|in)? (cambi*|valut*|tasso di cambio|conversion*); (tasso|corso) (di|del)? (cambio|conversione); (cambio|conversione) (del giorno|applicat*|bce|divers*|errat*|eur|usd|gbp|chf|in|in euro|#|fissat*|pattuit*); adeguamento (cambio|valuta); cambio valuta
    """,
    "FI-05": """
        8: arrotondament*; arrotondat*; (differenz*|importo|scarto|saldo|residu*) .. (centesim*|cent|pochi|minim*|irrisori*|trascurabil*); (centesim*|cent|pochi euro) .. (differenz*|scart*|arrotond*|manc*|in meno|residu*|abbuon*); piccol* (differenz*|scart*|import*|saldo|residu*); differenz* (minim*|irrisori*|di centesim*|trascurabil*); abbuono (attiv*|passiv*|arrotond*)
        3: centesim*; abbuono
        7: arrotond*
    """,
    "FI-06": """
        9: ritenut* (d|di|alla|a titolo|del|operat*|versat*|applicat*|#|fiscal*|effettuat*|acconto|condomini*); (certificazione unica|cu|certificat* (di|delle|della)? ritenut*|f24) .. (ritenut*|versament*|allegat*)?; ritenut*; (al netto|detratt*|dedott*|trattenut*|decurtat*|meno) .. (ritenut*|r a|ra|withholding); enasarco; sostituto d imposta
    """,
    "FI-07": """
        9: split payment; scissione (dei|del|di)? pagament*; (art* )?17 ter; iva .. (versata|versat* direttamente|versata all erario|erario|trattenuta|a carico dell ente|da noi versata|al netto)
    """,
    "FI-08": """
        8: già (stat*|provveduto|provvedut*|è stat*|sono stat*)? (pagat*|saldat*|bonificat*|versat*|liquidat*|regolat*|al pagamento|a pagare|a saldare|al saldo|effettuat* il (pagamento|bonifico)|evas*|quietanzat*); (è|sono|risulta|risultano|e) (stat*)? (già)? (pagat*|saldat*|bonificat*|versat*|liquidat*|regolat*) (il|in data|con|con bonifico|a mezzo|tramite|da|a|al|via|per|regolar*|#|insieme|in) ; (abbiamo|ho|avevamo|avevo) (già)? (pagat*|saldat*|bonificat*|versat*|liquidat*|regolat*|effettuat* (il|un) (pagamento|bonifico)|fatto (il|un) bonifico|provveduto al (pagamento|saldo)|provveduto a)
        7: (bonifico|pagamento|versamento) (effettuat*|eseguit*|dispost*|già|in data|del|partito|fatto|inviat*|avvenut*|è stato|regolar*|risulta .. eseguit*|addebitat*|inoltrat*|è partito|di cui); (contabile|cro|trn|ricevuta|copia|distinta|attestazione|quietanza) .. (bonifico|pagamento|versamento|banca|allegat*); vi (alleg*|inviam*|gir*) .. (contabile|cro|ricevuta|copia del bonifico); pagat* .. (a mani|all agente|al vostro|al factor*|contanti|assegno|riba); riba .. (pagat*|addebitat*|ritirat*); risulta (già)? (pagat*|saldat*|chius*)
        3: pagat*; saldat*; cro; contabile
    """,
    "FI-09": """
        5: compensa*
        8: (nostr*) (nota|note|fattur*) (di|d)? (addebito|debito|attiv*|a debito)? .. (compens*|scalat*|detratt*|non (ancora|saldat*|pagat*)|aperta|sospes*); (nota|note) (di|d) ?(addebito|debito) .. (compens*|scalat*|detratt*|in detrazione|non (ancora|saldat*)|a compensazione); (nota|note) (di|d) ?credito .. (detratt*|dedott*|scalat*|non ancora|mai|attesa|attendiamo|aperta|aperte|in compensazione|utilizzat*|trattenut*|sospes*|da ricevere|da emettere|promess*|a scomputo|a nostro favore); (nostro|vantiamo|abbiamo|a nostro) .. (credito|controcredito|favore) .. ; (vostro|voi ci) .. (debito|dovete|dovevate) .. ; controcredit*; partite? (aperte|incrociat*|compens*); a (scomputo|deconto|compensazione)
    """,
    "FI-10": """
        8: interess* (di)? (mora|moratori*|ritardo|ritardato|legali|passivi|di ritard*|addebitat*|non|contest*|calcolat*); (spese|costi|more|mora|indennità|penalità|commissioni) (di)? (sollecit*|recupero|mora|ritardo|ritardato pagamento|insoluto|forfettari*|legali|messa in mora) .. ; (storn*|annull*|elimin*|contest*|non (accett*|riconosc*|dovut*)|toglier*|rimborso) .. (interess*|mora|more|spese di (sollecito|recupero)|40 eur*|indennizzo); 40 eur* .. ; risarcimento forfettari*; nota (di)? (addebito)? interess*
    """,
    "FI-11": """
        8: provvigion*; (commission*|compens*|trattenut*|fee|aggio|diritti|quota) .. (agent*|factor*|star del credere|centrale (di)? (pagament*|acquist*)|piattaforma|marketplace|central*|consorzi*|gruppo (di)? acquisto|mandatari*|intermediazion*|del credere|incasso centralizzat*|sede central*|rappresentan*); (star )?del credere; commissioni? (factor*|di factoring|centrale|centralizzazione|marketplace|di intermediazione|di gruppo|d)
    """,
    "FI-12": """
        9: fallit*; falliment*; (concordat*) (preventiv*|in bianco|fallimentar*|minore|in continuità|semplificat*); procedura (concorsual*|fallimentar*|di liquidazione|di composizione|di crisi|di sovraindebitamento); (liquidazion*) (giudizial*|coatt*|volontari*|controllat*|della società|in corso); curator*; (commissario|liquidator*|amministrazione straordinaria|composizione negoziata|sovraindebitament*|stato passivo|insinuazion*|ristrutturazione dei debiti|insolvenz*); messa in liquidazione; in liquidazione
    """,
    "FI-13": """
        8: (acconto|parziale|anticipo|primo bonifico|prima (rata|tranche|parte)) .. (saldo|rest*|rimanen*|seguirà|residu*|seguir*|differenza|fine mese|prossim*|entro); (pagament*|bonific*|versament*) (parzial*|in acconto|in conto|a acconto|in due|di acconto|di una parte); (saldo|resto|residuo|rimanenza|restante|rimanente|differenza) .. (seguirà|a seguire|entro|prossim*|fine mese|mese prossimo|successiv*|pagher*|salder*|settiman*|più avanti|verrà|a fine); a titolo di acconto; in acconto; pagat* (solo)? (una parte|metà|in parte|parzial*)
    """,
    "FI-14": """
        8: anticipazion* (finanziari*|pagament*|.. interess*)?; (interess*|sconto|compenso) .. (pagamento (anticipat*|in anticipo)|anticipat* pagament*|anticipo (di|del|sul) pagament*); (pagat*|pagament*) .. (in anticipo|anticipat*|prima della scadenza|anticipatamente|# giorni prima) .. (interess*|scont*|trattenut*|dedott*|deduz*|detratt*|remuneraz*|compenso); dynamic discounting; reverse factoring; supply chain finance; confirming
    """,
    "FI-15": """
        8: (pagat*|versat*|bonificat*|pagament*|versament*|bonific*|saldat*) .. (in più|due volte|in eccesso|in eccedenza|doppi*|per errore|erroneament*|di troppo|troppo|in esubero|2 volte|per sbaglio|non dovut*|più del dovuto|eccedent*); (doppio|duplice|duplicato) (pagament*|bonific*|versament*); (rimbors*|restitu*|riaccredit*|rendere|storn*|accredit*) .. (doppio|eccedenz*|pagat* in più|pagamento doppio|bonifico doppio|somma versata|importo versato|differenza versat*|versat* in più|saldo a nostro credito|pagato per errore|eccesso); (saldo|credito|importo|somma) a (nostro|mio) (credito|favore); pagamento (doppio|duplicato|eccedente|non dovuto)
        8: due (bonifici|pagamenti) .. (stessa|medesima|stesso); (doppio|secondo) bonifico
        8: (pagat*|bonificat*|versat*) .. (per errore|due volte|di nuovo|una seconda volta|in più)
    """,
    "FI-16": "",
    "FI-17": "",
}
