"""The texts of collections in Italian: `voi` to companies, `lei` to consumers."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.dunning.core.texts.keys import Key

LONG: Final[Mapping[Key, tuple[str, str]]] = {
    Key.COURTESY: (
        "In arrivo: {invoices}",
        """
grazie [della collaborazione|di essere nostro cliente]. Perché nulla arrivi di sorpresa, ecco che cosa è in calendario prossimamente.

{items}

Se è tutto a posto, non serve altro. Se invece qualcosa non va, questo è il momento più semplice per dircelo:

{options}

Grazie e buon lavoro.
""",
    ),
    Key.REMINDER: (
        "Due righe su {invoices}",
        """
grazie [della collaborazione|di essere nostro cliente]. Forse è sfuggito in una settimana piena: non ci risulta ancora un pagamento per quanto segue.

{items}

C’è qualcosa che dovremmo sapere o sistemare?

Altrimenti [scegliete|scelga] ciò che [vi|le] è più comodo:

{options}

Se il pagamento è già partito, non [tenete|tenga] conto di questo messaggio. Grazie.
""",
    ),
    Key.QUESTION: (
        "{invoices}: che cosa possiamo fare?",
        """
[lavoriamo volentieri con voi|ci fa piacere averla come cliente], perciò preferiamo chiedere che supporre. Quanto segue è ancora aperto:

{items}

Che cosa ha trattenuto finora il pagamento? Basta un tocco, e qualsiasi risposta va bene:

{motives}

Se [sapete|sa] già come [volete|vuole] regolare, [scegliete|scelga] qui:

{options}

? {holder} [segue il vostro conto|la segue] e richiama volentieri quando [vi|le] fa comodo.

Grazie della risposta.
""",
    ),
    Key.FIRM: (
        "{invoices}: la situazione",
        """
[teniamo alla collaborazione con voi|teniamo a lei come cliente], e questo comprende la chiarezza. La situazione a oggi è questa:

{items}

? Per informazione: per legge, al {interest_until} sono maturati interessi per {interest}. Con questo messaggio non li chiediamo.

Che cosa [vi|le] servirebbe per regolare entro il {deadline}?

[Ditecelo, oppure scegliete|Ce lo dica, oppure scelga] subito:

{options}

Se entro il {deadline} non avremo notizie, il passo successivo è una lettera formale. Preferiamo di gran lunga trovare prima una soluzione con [voi|lei].

Grazie dell’attenzione.
""",
    ),
    Key.FORMAL_NOTICE: (
        "Costituzione in mora: {invoices}, pagamento entro il {deadline}",
        """
[siete nostri clienti e vi dobbiamo|lei è nostro cliente e le dobbiamo] parole chiare. I seguenti importi sono scaduti e non risultano pagati:

{items}

[Vi|La] invitiamo a pagare {asked} entro il {deadline}.

{statute}

? Per legge, al {interest_until} sono maturati interessi per {interest}.

? La legge prevede inoltre un importo forfettario di {compensation}.

Ecco che cosa [potete|può] fare:

{options}

Se non [siete|è] d’accordo con tutto o con una parte, [diteci|ci dica] perché entro il {deadline}. Ciò che [contestate|contesta] viene prima verificato e nel frattempo non lo chiediamo; il resto rimane da pagare.

? {advice}

? Se entro il {deadline} non ci saranno arrivati né un pagamento né una risposta, intendiamo affidare la pratica a {next_holder}.

Grazie dell’attenzione a questa lettera.
""",
    ),
    Key.LAST_CALL: (
        "{invoices}: fino al {deadline} ce ne occupiamo insieme",
        """
[siete nostri clienti, e preferiamo|lei è nostro cliente, e preferiamo] di gran lunga trovare una soluzione direttamente con [voi|lei]. Quanto segue è ancora aperto:

{items}

Dopo il {deadline} affideremo la pratica a {next_holder}. Fino ad allora basta uno di questi passi per evitarlo:

{options}

? {advice}

Se è successo qualcosa che non sappiamo, basta una parola e cercheremo insieme una strada. Grazie.
""",
    ),
    Key.HANDED_OVER: (
        "{invoices}: ora si occupa della pratica {next_holder}",
        """
grazie del tempo in cui abbiamo lavorato con [voi|lei] come nostro cliente. Come annunciato, {next_holder} segue ora per noi quanto segue:

{items}

? Il mandato: {mandate}

Per pagamenti e domande [rivolgetevi|si rivolga] d’ora in poi a {next_holder}, che può anche concordare delle rate e verificare ciò su cui non [siete|è] d’accordo.

? Se qualcosa in questo passaggio non è corretto, [scriveteci|ci scriva] a {reply_to}.

? {advice}

Grazie.
""",
    ),
    Key.THANKS: (
        "Grazie: {amount} ricevuti",
        """
grazie, è un piacere [lavorare con voi|averla come cliente]. Il pagamento di {amount} è arrivato il {day} ed è registrato.

? Con questo è regolato: {invoices}.

Non c’è altro da fare. Se in futuro [preferite|preferisce] che i pagamenti partano da soli, per esempio con addebito diretto, basta rispondere.

Grazie e a presto.
""",
    ),
    Key.PROMISE_NOTED: (
        "Annotato: {amount} entro il {day}",
        """
grazie di [aver trovato con noi una soluzione, come si fa tra partner|aver trovato con noi una soluzione, da nostro cliente]. Abbiamo annotato che [pagherete|pagherà] {amount} entro il {day}.

? Riguarda: {invoices}.

Fino ad allora non [vi|le] scriveremo più di questo. Se succede qualcosa, [ditecelo|ce lo dica] prima di quel giorno e ne troveremo un altro:

{options}

Grazie.
""",
    ),
    Key.PROMISE_DUE_SOON: (
        "Il {day}: {amount}, come d’accordo",
        """
grazie [della collaborazione|di essere nostro cliente]. Come d’accordo, {amount} sono previsti per il {day}.

? Riguarda: {invoices}.

Se è tutto a posto, resta solo il pagamento. Se il giorno non va più bene, [scegliete|scelga] qui:

{options}

Grazie.
""",
    ),
    Key.PROMISE_BROKEN: (
        "Il {day} è passato: che cosa è successo?",
        """
[contiamo sulla collaborazione con voi|ci fa piacere averla come cliente], perciò chiediamo apertamente. Eravamo d’accordo su {amount} entro il {day}, e non abbiamo trovato il pagamento.

Che cosa si è messo in mezzo?

Se nel frattempo è stato pagato, [diteci|ci dica] in che giorno e lo cercheremo. Altrimenti [scegliete|scelga] ciò che ora è possibile:

{options}

? {holder} ne parla volentieri con [voi|lei].

Grazie.
""",
    ),
    Key.PLAN_OFFERED: (
        "Una proposta di pagamento a rate",
        """
grazie [della collaborazione e di averci detto come stanno le cose|di essere nostro cliente e di averci detto come stanno le cose]. Questa è la nostra proposta per pagare {amount} a rate:

{rows}

Vale fino al {until}. [Potete|Può] accettarla o proporre altro:

{options}

Nulla è concordato finché non [dite|dice] di sì. Grazie.
""",
    ),
    Key.PLAN_AGREED: (
        "Il piano a rate è concordato",
        """
grazie [della collaborazione|di essere nostro cliente e di aver trovato con noi questa soluzione]. Il piano su {amount} è concordato:

{rows}

Finché procede come previsto, di questo importo non chiediamo altro. Se una rata diventa difficile, [ditecelo|ce lo dica] prima del suo giorno; un modo c’è quasi sempre:

{options}

Grazie.
""",
    ),
    Key.PLAN_ROW_DUE_SOON: (
        "Il {day}: la prossima rata di {amount}",
        """
grazie [della collaborazione|di essere nostro cliente]. La prossima rata di {amount} scade il {day}.

Se è tutto a posto, resta solo il pagamento. Se no, [ditecelo|ce lo dica] adesso:

{options}

Grazie.
""",
    ),
    Key.PLAN_ROW_LATE: (
        "La rata del {day}: tutto bene?",
        """
[lavoriamo volentieri con voi|ci fa piacere averla come cliente], e il piano mostra che ci teniamo entrambi. La rata di {amount} del {day} non è ancora arrivata.

È cambiato qualcosa per [voi|lei]?

[Potete|Può] pagarla ora, spostarla o parlare con noi del piano:

{options}

Se nel frattempo è stata pagata, non [tenete|tenga] conto di questo messaggio. Grazie.
""",
    ),
    Key.PLAN_COMPLETED: (
        "Fatto: il piano è concluso",
        """
grazie di essere [rimasti nostri clienti|ancora nostro cliente] e di aver seguito il piano fino in fondo. L’ultima rata è arrivata il {day}; {amount} sono pagati per intero.

La pratica è chiusa e non resta nulla di aperto. Se [volete|vuole], possiamo concordare ciò che in futuro rende più semplici i pagamenti: un’altra scadenza, un estratto mensile o l’addebito diretto. Basta rispondere.

Grazie e a presto.
""",
    ),
    Key.SETTLEMENT_OFFERED: (
        "Una proposta per chiudere: {offer} entro il {until}",
        """
grazie di [aver parlato apertamente con noi, come si fa tra partner|aver parlato apertamente con noi, da nostro cliente]. Sono aperti {open}, e abbiamo pensato a come chiudere insieme la questione. Questa è la nostra proposta:

- [Pagate|Paga] {offer} entro il {until}.
- Quando saranno arrivati, rinunciamo ai restanti {waived}, e non resta nulla di aperto.
- Se non arrivano per intero entro quel giorno, la proposta cade e resta da pagare l’intero importo, meno quanto versato.

La rinuncia può avere effetti fiscali; [chiedete al vostro|chieda al suo] consulente.

[Potete|Può] accettare o proporre altro:

{options}

Nulla è concordato finché non [dite|dice] di sì per iscritto. Grazie.
""",
    ),
    Key.DISPUTE_RECEIVED: (
        "{claim}: stiamo verificando",
        """
grazie della segnalazione[, come si fa tra chi lavora insieme|, da nostro cliente]. {holder} sta verificando quanto [avete|ha] indicato, {claim}, e risponderà entro il {until}.

Nel frattempo non [vi|le] chiediamo {disputed}.

? Il resto, {asked}, non è toccato e rimane da pagare.

[Potete|Può] aggiungere documenti, seguire la verifica o pagare il resto:

{options}

Grazie.
""",
    ),
    Key.INVOICE_COPY: (
        "Di nuovo: {invoice}",
        """
grazie [della collaborazione|di essere nostro cliente] e di averla chiesta. Ecco la copia di {invoice}: {account_link}

Se non è ciò che [vi|le] serve, o se qualcosa non torna, [ditecelo|ce lo dica] e lo sistemiamo:

{options}

Grazie.
""",
    ),
    Key.CONDOLENCE: (
        "Le nostre condoglianze",
        """
abbiamo saputo della scomparsa di {customer}, che era nostro cliente. Ci dispiace molto e siamo vicini a chi resta.

Ora non c’è nulla da fare. Tutti i messaggi su questo conto sono stati fermati. A nessuno della famiglia si chiede di pagare con mezzi propri.

Quando sarà il momento, ci aiuta sapere chi segue la successione. {holder} è a disposizione personalmente:

? Telefono: {phone}

? E-mail: {reply_to}

Con sincera partecipazione.
""",
    ),
    Key.VULNERABLE: (
        "Siamo qui per [voi|lei]",
        """
[siete nostri clienti, e voi venite|lei è nostro cliente, e la sua persona viene] prima di tutto. Da oggi [vi|la] segue personalmente {holder}; nessun altro [vi|la] contatterà per questo.

Ora non [dovete|deve] fare nulla. Fino al {until} non chiederemo niente, e non si aggiungono né interessi né spese.

Quando sarà il momento giusto per [voi|lei], guarderemo insieme che cosa è possibile. [Diteci|Ci dica] come [preferite|preferisce] che ci facciamo sentire e chi può parlare per [voi|lei]:

{options}

? {advice}

[Prendetevi|Si prenda] il tempo che serve. Grazie di avercelo detto.
""",
    ),
    Key.DATE_MOVED: (
        "Nuova data per {invoices}: {new_day}",
        """
grazie di [aver trovato con noi una soluzione, come si fa tra partner|aver trovato con noi una soluzione, da nostro cliente]. Come richiesto, la nuova scadenza è il {new_day}: {invoices}.

Si tratta di {amount}. Fino ad allora non [vi|le] scriveremo più di questo.

Se serve altro, [scegliete|scelga] qui:

{options}

Grazie.
""",
    ),
    Key.PAID_TWICE: (
        "{amount} sono [vostri|suoi]",
        """
grazie [della collaborazione|di essere nostro cliente]. Il pagamento del {day} supera di {amount} quanto era aperto: questo importo è [vostro|suo].

[Lo preferite rimborsato o tenuto|Lo preferisce rimborsato o tenuto] per la prossima fattura?

[Diteci|Ci dica] su quale conto inviarlo, oppure [lasciatelo|lo lasci] qui:

- rimborsarlo
- tenerlo per la prossima fattura

? [Potete|Può] dircelo qui: {account_link}

? Oppure [scriveteci|ci scriva] a {reply_to}.

Grazie.
""",
    ),
}
SHORT: Final[Mapping[Key, str]] = {
    Key.COURTESY: "{creditor}: grazie di essere nostro cliente. Ecco che cosa è in calendario: {account_link}",
    Key.REMINDER: "{creditor}: gentile cliente, è sfuggito o qualcosa non va? Ce lo dica o regoli qui: {account_link}",
    Key.QUESTION: "{creditor}: gentile cliente, che cosa possiamo fare? Ce lo dica o scelga un giorno: {account_link}",
    Key.FIRM: "{creditor}: gentile cliente, che cosa serve per regolare il conto? Può scegliere qui: {account_link}",
    Key.LAST_CALL: "{creditor}: gentile cliente, regoliamo insieme entro il {deadline}: {account_link}",
    Key.THANKS: "{creditor}: grazie di essere nostro cliente. Il pagamento è arrivato.",
    Key.PROMISE_NOTED: "{creditor}: grazie della collaborazione. Annotato per il {day}. Se cambia: {account_link}",
    Key.PROMISE_DUE_SOON: "{creditor}: gentile cliente, come d'accordo il {day}. Pagare o cambiare: {account_link}",
    Key.PROMISE_BROKEN: "{creditor}: gentile cliente, che cosa è successo? Scelga ciò che è possibile: {account_link}",
    Key.PLAN_OFFERED: "{creditor}: gentile cliente, qui trova la nostra proposta. Può accettarla o cambiarla: {account_link}",
    Key.PLAN_AGREED: "{creditor}: grazie della collaborazione. Tutto concordato: {account_link}",
    Key.PLAN_ROW_DUE_SOON: "{creditor}: gentile cliente, il piano prevede il {day}. Pagare o spostare: {account_link}",
    Key.PLAN_ROW_LATE: "{creditor}: gentile cliente, tutto bene? Può pagare, spostare o parlare con noi: {account_link}",
    Key.PLAN_COMPLETED: "{creditor}: grazie di essere nostro cliente. Tutto concluso, non resta nulla.",
    Key.DISPUTE_RECEIVED: "{creditor}: grazie della collaborazione. Verifichiamo {claim}, può seguire qui: {account_link}",
    Key.INVOICE_COPY: "{creditor}: grazie di essere nostro cliente. Ecco la sua copia: {account_link}",
    Key.VULNERABLE: "{creditor}: lei è nostro cliente e viene prima. {holder} la segue: {account_link}",
    Key.DATE_MOVED: "{creditor}: grazie della collaborazione. Il nuovo giorno è il {new_day}: {account_link}",
    Key.PAID_TWICE: "{creditor}: grazie di essere nostro cliente. Ha un credito: rimborso o lo teniamo? {account_link}",
}
_OPENING: Final = """
1. Salutare, dire il proprio nome e che si chiama da {creditor}. Accertarsi di parlare con {customer} o con chi può parlare per loro; fino ad allora non dire di che cosa si tratta.

2. Ringraziare [della collaborazione|di essere nostro cliente] e chiedere se è un buon momento. Se no, concordarne un altro.
"""
_CLOSING: Final = """
6. Ripetere quanto concordato: che cosa, quanto, entro quale giorno, e che arriverà per iscritto. Ringraziare.

7. Annotare il motivo, quanto concordato e il passo successivo: solo fatti, nessun giudizio, e nulla sulla salute fuori dal campo protetto.
"""
GUIDES: Final[Mapping[Key, str]] = {
    Key.REMINDER: _OPENING
    + """
3. Chiedere, e ascoltare fino in fondo: «[Avete|Ha] ricevuto la nostra fattura, ed è tutto giusto?»

4. Tenere sottomano: {invoices}, {asked}. Offrire di inviare una copia.

? Non richiesti, perché in verifica: {disputed}

5. Offrire: un link per pagare, un giorno comodo, o che qualcuno guardi ciò che non torna.
"""
    + _CLOSING,
    Key.QUESTION: _OPENING
    + """
3. Chiedere, e ascoltare fino in fondo: «Che cosa ha trattenuto finora il pagamento?» Non suggerire la risposta.

4. Tenere sottomano: {invoices}, {asked}. Ripetere il motivo con le loro parole.

? Non richiesti, perché in verifica: {disputed}

5. Offrire ciò che risponde al motivo: un giorno, delle rate, una copia, qualcuno che verifichi.
"""
    + _CLOSING,
    Key.FIRM: _OPENING
    + """
3. Chiedere, e ascoltare fino in fondo: «Che cosa [vi|le] servirebbe per regolare?»

4. Dire i fatti con calma: {invoices}, {asked}, e il giorno in cui speriamo: {deadline}.

? Non richiesti, perché in verifica: {disputed}

5. Offrire almeno due strade: pagare subito, un giorno, delle rate, o verificare ciò che non torna. Dire che cosa succede dopo solo come succederà davvero.
"""
    + _CLOSING,
    Key.LAST_CALL: _OPENING
    + """
3. Chiedere, e ascoltare fino in fondo: «C’è qualcosa che non sappiamo ancora?»

4. Dire i fatti con calma: {invoices}, {asked}; dopo il {deadline} subentra {next_holder}.

? Non richiesti, perché in verifica: {disputed}

5. Dire che cosa lo evita: un pagamento, un giorno, delle rate, una parola su ciò che non torna. Indicare dove c’è consulenza gratuita.
"""
    + _CLOSING,
    Key.PROMISE_BROKEN: _OPENING
    + """
3. Chiedere, e ascoltare fino in fondo: «Eravamo d’accordo per il {day}. Che cosa si è messo in mezzo?»

4. Tenere sottomano: {amount} entro il {day}. Chiedere se nel frattempo è stato pagato, e da quale conto.

5. Offrire: un nuovo giorno realistico, una parte subito, o delle rate.
"""
    + _CLOSING,
    Key.PLAN_ROW_LATE: _OPENING
    + """
3. Chiedere, e ascoltare fino in fondo: «È cambiato qualcosa da quando abbiamo concordato il piano?»

4. Tenere sottomano: la rata di {amount} del {day}.

5. Offrire: pagarla ora, spostarla una volta, o rivedere il piano. Chi è in difficoltà va agli specialisti.
"""
    + _CLOSING,
}
