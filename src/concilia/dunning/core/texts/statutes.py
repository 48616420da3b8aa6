"""
What the law of six countries wants said in a formal notice (domain.md §3.10), in five languages.

To companies and to consumers; the names of laws stay in their own language. They are wordings of the
field and no legal advice: a company has its own checked before it uses them.
"""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.correspondence.core.figures import Language
from concilia.dunning.core.texts.facts import TextIncomplete
from concilia.dunning.core.texts.keys import Form

_EN, _IT, _FR, _ES, _DE = Language.EN, Language.IT, Language.FR, Language.ES, Language.DE
COUNTRIES: Final = ("IT", "FR", "ES", "DE", "GB", "US")
_SAME: Final = {"UK": "GB"}

# Country → language → (to a company, to a consumer).
_STATUTES: Final[Mapping[str, Mapping[Language, tuple[str, str]]]] = {
    "IT": {
        _EN: (
            "This letter is a formal notice under art. 1219 of the Italian Civil Code (costituzione in mora) and interrupts the limitation period under art. 2943. Interest on late payment runs under D.Lgs. 231/2002 from the day after each due date, without any notice.",
            "This letter is a formal notice under art. 1219 of the Italian Civil Code (costituzione in mora) and interrupts the limitation period under art. 2943. From its receipt, interest runs at the legal rate of art. 1284; we do not charge recovery costs with it.",
        ),
        _IT: (
            "La presente vale come formale costituzione in mora ai sensi dell’art. 1219 del codice civile e interrompe la prescrizione ai sensi dell’art. 2943. Gli interessi di mora decorrono ai sensi del D.Lgs. 231/2002 dal giorno successivo a ogni scadenza, senza necessità di costituzione in mora.",
            "La presente vale come formale costituzione in mora ai sensi dell’art. 1219 del codice civile e interrompe la prescrizione ai sensi dell’art. 2943. Dal suo ricevimento decorrono gli interessi al tasso legale dell’art. 1284; con questa lettera non addebitiamo spese di recupero.",
        ),
        _FR: (
            "La présente vaut mise en demeure au sens de l’art. 1219 du code civil italien (costituzione in mora) et interrompt la prescription selon l’art. 2943. Les intérêts de retard courent selon le D.Lgs. 231/2002 dès le lendemain de chaque échéance, sans mise en demeure.",
            "La présente vaut mise en demeure au sens de l’art. 1219 du code civil italien (costituzione in mora) et interrompt la prescription selon l’art. 2943. À compter de sa réception, les intérêts courent au taux légal de l’art. 1284 ; aucuns frais de recouvrement ne vous sont demandés ici.",
        ),
        _ES: (
            "Esta carta vale como requerimiento formal según el art. 1219 del Código Civil italiano (costituzione in mora) e interrumpe la prescripción según el art. 2943. Los intereses de demora corren según el D.Lgs. 231/2002 desde el día siguiente a cada vencimiento, sin necesidad de requerimiento.",
            "Esta carta vale como requerimiento formal según el art. 1219 del Código Civil italiano (costituzione in mora) e interrumpe la prescripción según el art. 2943. Desde su recepción corren los intereses al tipo legal del art. 1284; con ella no cobramos gastos de gestión.",
        ),
        _DE: (
            "Dieses Schreiben ist eine förmliche Zahlungsaufforderung nach Art. 1219 des italienischen Zivilgesetzbuchs (costituzione in mora) und unterbricht die Verjährung nach Art. 2943. Verzugszinsen laufen nach dem D.Lgs. 231/2002 ab dem Tag nach jeder Fälligkeit, ohne dass es einer Aufforderung bedarf.",
            "Dieses Schreiben ist eine förmliche Zahlungsaufforderung nach Art. 1219 des italienischen Zivilgesetzbuchs (costituzione in mora) und unterbricht die Verjährung nach Art. 2943. Ab Zugang laufen Zinsen zum gesetzlichen Satz des Art. 1284; Kosten der Beitreibung berechnen wir damit nicht.",
        ),
    },
    "FR": {
        _EN: (
            "This letter is a formal notice to pay (mise en demeure) under art. 1344 of the French Civil Code. Under art. L441-10 of the Code de commerce, late-payment interest runs from the day after the date on the invoice, and a fixed compensation for recovery costs is due, without any reminder.",
            "This letter is a formal notice to pay (mise en demeure) under art. 1344 of the French Civil Code. From its receipt, interest runs at the legal rate (art. 1231-6). No recovery costs are asked of you (art. L111-8 of the Code des procédures civiles d’exécution). You may turn to the consumer mediator free of charge (art. L612-1 of the Code de la consommation).",
        ),
        _IT: (
            "La presente vale come intimazione di pagamento (mise en demeure) ai sensi dell’art. 1344 del codice civile francese. Ai sensi dell’art. L441-10 del Code de commerce gli interessi di ritardo decorrono dal giorno successivo alla data indicata in fattura ed è dovuta un’indennità forfettaria per le spese di recupero, senza sollecito.",
            "La presente vale come intimazione di pagamento (mise en demeure) ai sensi dell’art. 1344 del codice civile francese. Dal suo ricevimento decorrono gli interessi al tasso legale (art. 1231-6). Non le viene chiesta alcuna spesa di recupero (art. L111-8 del Code des procédures civiles d’exécution). Può rivolgersi gratuitamente al mediatore dei consumatori (art. L612-1 del Code de la consommation).",
        ),
        _FR: (
            "La présente vaut mise en demeure de payer au sens de l’article 1344 du code civil. Conformément à l’article L441-10 du code de commerce, les intérêts de retard courent dès le lendemain de la date de règlement figurant sur la facture, et une indemnité forfaitaire pour frais de recouvrement est due, sans qu’un rappel soit nécessaire.",
            "La présente vaut mise en demeure de payer au sens de l’article 1344 du code civil. À compter de sa réception, les intérêts courent au taux légal (article 1231-6). Aucuns frais de recouvrement ne vous sont demandés (article L111-8 du code des procédures civiles d’exécution). Vous pouvez saisir gratuitement le médiateur de la consommation (article L612-1 du code de la consommation).",
        ),
        _ES: (
            "Esta carta vale como requerimiento de pago (mise en demeure) según el art. 1344 del Código Civil francés. Según el art. L441-10 del Code de commerce, los intereses de demora corren desde el día siguiente a la fecha indicada en la factura y se debe una indemnización fija por costes de cobro, sin necesidad de recordatorio.",
            "Esta carta vale como requerimiento de pago (mise en demeure) según el art. 1344 del Código Civil francés. Desde su recepción corren los intereses al tipo legal (art. 1231-6). No se le piden gastos de cobro (art. L111-8 del Code des procédures civiles d’exécution). Puede acudir gratuitamente al mediador de consumo (art. L612-1 del Code de la consommation).",
        ),
        _DE: (
            "Dieses Schreiben ist eine förmliche Zahlungsaufforderung (mise en demeure) nach Art. 1344 des französischen Code civil. Nach Art. L441-10 des Code de commerce laufen Verzugszinsen ab dem Tag nach dem auf der Rechnung genannten Datum, und es wird eine Pauschale für Beitreibungskosten fällig, ohne dass es einer Erinnerung bedarf.",
            "Dieses Schreiben ist eine förmliche Zahlungsaufforderung (mise en demeure) nach Art. 1344 des französischen Code civil. Ab Zugang laufen Zinsen zum gesetzlichen Satz (Art. 1231-6). Kosten der Beitreibung werden von Ihnen nicht verlangt (Art. L111-8 des Code des procédures civiles d’exécution). Sie können sich kostenlos an die Verbraucherschlichtung wenden (Art. L612-1 des Code de la consommation).",
        ),
    },
    "ES": {
        _EN: (
            "This letter is a formal request for payment under art. 1100 of the Spanish Civil Code and interrupts the limitation period (art. 1973). Interest on late payment runs under Ley 3/2004 without notice. With it we invite you to negotiate, as Ley Orgánica 1/2025 (art. 5) asks before any court: answer within thirty days, and we will look for an agreement.",
            "This letter is a formal request for payment under art. 1100 of the Spanish Civil Code and interrupts the limitation period (art. 1973). From its receipt, interest runs at the legal rate (art. 1108). With it we invite you to negotiate, as Ley Orgánica 1/2025 (art. 5) asks before any court: answer within thirty days, and we will look for an agreement. You may also turn to your consumer office free of charge.",
        ),
        _IT: (
            "La presente vale come richiesta formale di pagamento ai sensi dell’art. 1100 del Codice civile spagnolo e interrompe la prescrizione (art. 1973). Gli interessi di mora decorrono ai sensi della Ley 3/2004 senza preavviso. Con essa vi invitiamo a negoziare, come la Ley Orgánica 1/2025 (art. 5) chiede prima di ogni giudizio: rispondete entro trenta giorni e cercheremo un accordo.",
            "La presente vale come richiesta formale di pagamento ai sensi dell’art. 1100 del Codice civile spagnolo e interrompe la prescrizione (art. 1973). Dal suo ricevimento decorrono gli interessi al tasso legale (art. 1108). Con essa la invitiamo a negoziare, come la Ley Orgánica 1/2025 (art. 5) chiede prima di ogni giudizio: risponda entro trenta giorni e cercheremo un accordo. Può anche rivolgersi gratuitamente all’ufficio dei consumatori.",
        ),
        _FR: (
            "La présente vaut demande formelle de paiement au sens de l’art. 1100 du code civil espagnol et interrompt la prescription (art. 1973). Les intérêts de retard courent selon la Ley 3/2004 sans préavis. Nous vous invitons par la même à négocier, comme la Ley Orgánica 1/2025 (art. 5) le demande avant tout procès : répondez sous trente jours et nous chercherons un accord.",
            "La présente vaut demande formelle de paiement au sens de l’art. 1100 du code civil espagnol et interrompt la prescription (art. 1973). À compter de sa réception, les intérêts courent au taux légal (art. 1108). Nous vous invitons par la même à négocier, comme la Ley Orgánica 1/2025 (art. 5) le demande avant tout procès : répondez sous trente jours et nous chercherons un accord. Vous pouvez aussi vous adresser gratuitement au service des consommateurs.",
        ),
        _ES: (
            "Esta carta vale como requerimiento de pago a los efectos del art. 1100 del Código Civil e interrumpe la prescripción (art. 1973). Los intereses de demora corren conforme a la Ley 3/2004 sin necesidad de aviso. Con ella les invitamos a negociar, como la Ley Orgánica 1/2025 (art. 5) pide antes de acudir a los tribunales: respondan en treinta días y buscaremos un acuerdo.",
            "Esta carta vale como requerimiento de pago a los efectos del art. 1100 del Código Civil e interrumpe la prescripción (art. 1973). Desde su recepción corren los intereses al tipo legal (art. 1108). Con ella le invitamos a negociar, como la Ley Orgánica 1/2025 (art. 5) pide antes de acudir a los tribunales: responda en treinta días y buscaremos un acuerdo. También puede acudir gratuitamente a su oficina de consumo.",
        ),
        _DE: (
            "Dieses Schreiben ist eine förmliche Zahlungsaufforderung nach Art. 1100 des spanischen Código Civil und unterbricht die Verjährung (Art. 1973). Verzugszinsen laufen nach der Ley 3/2004 ohne Ankündigung. Zugleich laden wir Sie ein zu verhandeln, wie es die Ley Orgánica 1/2025 (Art. 5) vor jedem Gang zu Gericht verlangt: Antworten Sie binnen dreißig Tagen, und wir suchen eine Einigung.",
            "Dieses Schreiben ist eine förmliche Zahlungsaufforderung nach Art. 1100 des spanischen Código Civil und unterbricht die Verjährung (Art. 1973). Ab Zugang laufen Zinsen zum gesetzlichen Satz (Art. 1108). Zugleich laden wir Sie ein zu verhandeln, wie es die Ley Orgánica 1/2025 (Art. 5) vor jedem Gang zu Gericht verlangt: Antworten Sie binnen dreißig Tagen, und wir suchen eine Einigung. Sie können sich auch kostenlos an die Verbraucherstelle wenden.",
        ),
    },
    "DE": {
        _EN: (
            "This letter is a request for payment with a final date under § 286 of the German Civil Code (BGB). Interest on late payment runs at the rate of § 288(2) BGB; a fixed sum under § 288(5) BGB counts towards the costs of pursuing the claim.",
            "This letter is a request for payment with a final date under § 286 of the German Civil Code (BGB). Interest on late payment runs at the rate of § 288(1) BGB from the day on which you are late. No fixed sum and no costs are asked of you with this letter.",
        ),
        _IT: (
            "La presente è un’intimazione di pagamento con termine ai sensi del § 286 del codice civile tedesco (BGB). Gli interessi di mora decorrono al tasso del § 288, comma 2, BGB; l’importo forfettario del § 288, comma 5, BGB si imputa alle spese di tutela del credito.",
            "La presente è un’intimazione di pagamento con termine ai sensi del § 286 del codice civile tedesco (BGB). Dal giorno del ritardo gli interessi decorrono al tasso del § 288, comma 1, BGB. Con questa lettera non le chiediamo né importi forfettari né spese.",
        ),
        _FR: (
            "La présente est une mise en demeure de payer avec délai au sens du § 286 du code civil allemand (BGB). Les intérêts de retard courent au taux du § 288 al. 2 BGB ; l’indemnité forfaitaire du § 288 al. 5 BGB s’impute sur les frais de recouvrement.",
            "La présente est une mise en demeure de payer avec délai au sens du § 286 du code civil allemand (BGB). À partir du retard, les intérêts courent au taux du § 288 al. 1 BGB. Ni indemnité forfaitaire ni frais ne vous sont demandés ici.",
        ),
        _ES: (
            "Esta carta es un requerimiento de pago con plazo según el § 286 del Código Civil alemán (BGB). Los intereses de demora corren al tipo del § 288, apdo. 2, BGB; la cantidad fija del § 288, apdo. 5, BGB se imputa a los costes de la reclamación.",
            "Esta carta es un requerimiento de pago con plazo según el § 286 del Código Civil alemán (BGB). Desde el día del retraso corren los intereses al tipo del § 288, apdo. 1, BGB. Con esta carta no le pedimos cantidades fijas ni gastos.",
        ),
        _DE: (
            "Dieses Schreiben ist eine Zahlungsaufforderung mit Fristsetzung nach § 286 BGB. Verzugszinsen laufen zum Satz des § 288 Abs. 2 BGB; die Pauschale nach § 288 Abs. 5 BGB wird auf Kosten der Rechtsverfolgung angerechnet.",
            "Dieses Schreiben ist eine Zahlungsaufforderung mit Fristsetzung nach § 286 BGB. Ab Verzug laufen Zinsen zum Satz des § 288 Abs. 1 BGB. Eine Pauschale oder Kosten verlangen wir mit diesem Schreiben nicht.",
        ),
    },
    "GB": {
        _EN: (
            "This is a letter before action under the Practice Direction on Pre-Action Conduct. Statutory interest runs under the Late Payment of Commercial Debts (Interest) Act 1998. If you are a sole trader, the Pre-Action Protocol for Debt Claims applies to you: you have 30 days from the date of this letter to reply, and the Information Sheet, the Reply Form and the Financial Statement are enclosed.",
            "This is a letter of claim under the Pre-Action Protocol for Debt Claims. You have 30 days from the date of this letter to reply; the Information Sheet, the Reply Form and the Financial Statement are enclosed. You may ask for documents, say that you need more time to take advice, or propose how to pay. If you are getting advice, tell us, and we will wait. You may be entitled to breathing space.",
        ),
        _IT: (
            "La presente è una lettera prima dell’azione secondo la Practice Direction on Pre-Action Conduct (Inghilterra e Galles). Gli interessi decorrono secondo il Late Payment of Commercial Debts (Interest) Act 1998. Se siete un imprenditore individuale si applica il Pre-Action Protocol for Debt Claims: avete 30 giorni dalla data di questa lettera per rispondere; sono allegati Information Sheet, Reply Form e Financial Statement.",
            "La presente è una lettera di richiesta secondo il Pre-Action Protocol for Debt Claims (Inghilterra e Galles). Ha 30 giorni dalla data di questa lettera per rispondere; sono allegati Information Sheet, Reply Form e Financial Statement. Può chiedere documenti, dirci che le serve tempo per farsi consigliare o proporre come pagare. Se si sta facendo consigliare ce lo dica, e aspetteremo. Può avere diritto a un periodo di respiro (breathing space).",
        ),
        _FR: (
            "La présente est une lettre préalable à l’action selon la Practice Direction on Pre-Action Conduct (Angleterre et pays de Galles). Les intérêts courent selon le Late Payment of Commercial Debts (Interest) Act 1998. Si vous êtes entrepreneur individuel, le Pre-Action Protocol for Debt Claims s’applique : vous avez 30 jours à compter de la date de cette lettre pour répondre ; l’Information Sheet, le Reply Form et le Financial Statement sont joints.",
            "La présente est une lettre de demande selon le Pre-Action Protocol for Debt Claims (Angleterre et pays de Galles). Vous avez 30 jours à compter de sa date pour répondre ; l’Information Sheet, le Reply Form et le Financial Statement sont joints. Vous pouvez demander des documents, dire qu’il vous faut du temps pour prendre conseil, ou proposer comment payer. Si vous prenez conseil, dites-le-nous et nous attendrons. Vous avez peut-être droit à un répit (breathing space).",
        ),
        _ES: (
            "Esta es una carta previa a la acción según la Practice Direction on Pre-Action Conduct (Inglaterra y Gales). Los intereses corren según la Late Payment of Commercial Debts (Interest) Act 1998. Si es empresario individual, se aplica el Pre-Action Protocol for Debt Claims: tiene 30 días desde la fecha de esta carta para responder; se adjuntan Information Sheet, Reply Form y Financial Statement.",
            "Esta es una carta de reclamación según el Pre-Action Protocol for Debt Claims (Inglaterra y Gales). Tiene 30 días desde su fecha para responder; se adjuntan Information Sheet, Reply Form y Financial Statement. Puede pedir documentos, decirnos que necesita tiempo para asesorarse o proponer cómo pagar. Si se está asesorando, díganoslo y esperaremos. Puede tener derecho a un periodo de respiro (breathing space).",
        ),
        _DE: (
            "Dieses Schreiben ist ein Schreiben vor Klage nach der Practice Direction on Pre-Action Conduct (England und Wales). Zinsen laufen nach dem Late Payment of Commercial Debts (Interest) Act 1998. Sind Sie Einzelunternehmer, gilt für Sie das Pre-Action Protocol for Debt Claims: Sie haben ab dem Datum dieses Schreibens 30 Tage für eine Antwort; Information Sheet, Reply Form und Financial Statement liegen bei.",
            "Dieses Schreiben ist ein Anspruchsschreiben nach dem Pre-Action Protocol for Debt Claims (England und Wales). Sie haben ab seinem Datum 30 Tage für eine Antwort; Information Sheet, Reply Form und Financial Statement liegen bei. Sie können Unterlagen verlangen, uns sagen, dass Sie Zeit für eine Beratung brauchen, oder vorschlagen, wie Sie zahlen. Lassen Sie sich beraten, so sagen Sie es uns, und wir warten. Vielleicht steht Ihnen eine Atempause (breathing space) zu.",
        ),
    },
    "US": {
        _EN: (
            "This is a formal demand for payment. Interest and costs are asked for only as far as the contract or the law of the state allows. Please tell us within 30 days of receiving it if you do not agree with all or part of the amount.",
            "This is a formal demand for payment. If, within 30 days of receiving it, you tell us in writing that you do not agree with all or part of the amount, or ask who the original creditor is, we will stop asking for it until we have sent you the proof. Interest and costs are asked for only as far as the contract or the law of the state allows.",
        ),
        _IT: (
            "La presente è una richiesta formale di pagamento (demand letter). Interessi e spese sono chiesti solo nei limiti del contratto o della legge dello Stato. Se non siete d’accordo con tutto o parte dell’importo, ditecelo entro 30 giorni dal ricevimento.",
            "La presente è una richiesta formale di pagamento (demand letter). Se entro 30 giorni dal ricevimento ci scrive che non è d’accordo con tutto o parte dell’importo, o chiede chi sia il creditore originario, smettiamo di chiederlo finché non le abbiamo inviato la prova. Interessi e spese sono chiesti solo nei limiti del contratto o della legge dello Stato.",
        ),
        _FR: (
            "La présente est une demande formelle de paiement (demand letter). Intérêts et frais ne sont demandés que dans les limites du contrat ou de la loi de l’État. Si vous n’êtes pas d’accord avec tout ou partie du montant, dites-le-nous sous 30 jours après réception.",
            "La présente est une demande formelle de paiement (demand letter). Si, sous 30 jours après réception, vous nous écrivez que vous n’êtes pas d’accord avec tout ou partie du montant, ou demandez qui est le créancier d’origine, nous cessons de le demander jusqu’à l’envoi de la preuve. Intérêts et frais ne sont demandés que dans les limites du contrat ou de la loi de l’État.",
        ),
        _ES: (
            "Esta es una petición formal de pago (demand letter). Los intereses y gastos se piden solo en la medida en que el contrato o la ley del estado lo permiten. Si no están de acuerdo con todo o parte del importe, dígannoslo en 30 días desde su recepción.",
            "Esta es una petición formal de pago (demand letter). Si en 30 días desde su recepción nos escribe que no está de acuerdo con todo o parte del importe, o pregunta quién es el acreedor original, dejamos de pedirlo hasta haberle enviado la prueba. Los intereses y gastos se piden solo en la medida en que el contrato o la ley del estado lo permiten.",
        ),
        _DE: (
            "Dieses Schreiben ist eine förmliche Zahlungsaufforderung (demand letter). Zinsen und Kosten werden nur verlangt, soweit Vertrag oder Recht des Bundesstaates es erlauben. Sind Sie mit dem Betrag ganz oder teilweise nicht einverstanden, sagen Sie es uns binnen 30 Tagen nach Erhalt.",
            "Dieses Schreiben ist eine förmliche Zahlungsaufforderung (demand letter). Schreiben Sie uns binnen 30 Tagen nach Erhalt, dass Sie mit dem Betrag ganz oder teilweise nicht einverstanden sind, oder fragen Sie nach dem ursprünglichen Gläubiger, so bitten wir nicht mehr darum, bis wir Ihnen den Nachweis gesandt haben. Zinsen und Kosten werden nur verlangt, soweit Vertrag oder Recht des Bundesstaates es erlauben.",
        ),
    },
}


def statute_of(country: str, language: Language, form: Form) -> str:
    """
    Return what a formal notice says under the law of a country.

    :raises TextIncomplete: if no country is named, or nobody wrote it for that one
    """
    texts = _STATUTES.get(_SAME.get(country, country))
    if texts is None:
        named = country[:10] or "none is named"
        raise TextIncomplete(f"no formal notice for this country: {named}", field="country")
    return texts[language][0 if form is Form.COMPANY else 1]
