"""The sentences of explanations in English, Italian, French, Spanish and German, in that order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.matching.learned_sentences import LEARNED

SENTENCES: Final[Mapping[str, tuple[str, str, str, str, str]]] = {
    **LEARNED,
    # What was found.
    "reference": (
        "The payment reference {reference} is that of {documents}.",
        "Il riferimento di pagamento {reference} è quello di {documents}.",
        "La référence de paiement {reference} est celle de {documents}.",
        "La referencia de pago {reference} es la de {documents}.",
        "Die Zahlungsreferenz {reference} gehört zu {documents}.",
    ),
    "asked": (
        "It carries the reference {reference}, under which we asked for {documents}.",
        "Porta il riferimento {reference}, con cui abbiamo chiesto {documents}.",
        "Il porte la référence {reference}, sous laquelle nous avons demandé {documents}.",
        "Lleva la referencia {reference}, con la que pedimos {documents}.",
        "Sie trägt die Referenz {reference}, unter der wir {documents} erbeten haben.",
    ),
    "asked_other": (
        "We asked for {amount} under this reference: see how the difference is meant.",
        "Con questo riferimento abbiamo chiesto {amount}: va visto come si intende la differenza.",
        "Sous cette référence nous avons demandé {amount} : voir ce que veut dire la différence.",
        "Con esta referencia pedimos {amount}: hay que ver qué significa la diferencia.",
        "Unter dieser Referenz haben wir {amount} erbeten: es ist zu sehen, was der Rest bedeutet.",
    ),
    "plan_row": (
        "It pays instalment {row} of plan {plan} over {amount}, due {day}.",
        "Paga la rata {row} del piano {plan} su {amount}, con scadenza {day}.",
        "Il paie l'échéance {row} de l'échéancier {plan} ({amount}), due le {day}.",
        "Paga el plazo {row} del plan {plan} sobre {amount}, con vencimiento {day}.",
        "Sie zahlt Rate {row} des Plans {plan} über {amount}, fällig am {day}.",
    ),
    "plan_rows": (
        "It pays instalments {rows} of plan {plan} over {amount}.",
        "Paga le rate {rows} del piano {plan} su {amount}.",
        "Il paie les échéances {rows} de l'échéancier {plan} ({amount}).",
        "Paga los plazos {rows} del plan {plan} sobre {amount}.",
        "Sie zahlt die Raten {rows} des Plans {plan} über {amount}.",
    ),
    "settlement_row": (
        "It pays the sum of {amount} agreed in settlement {plan}, due {day}.",
        "Paga la somma di {amount} concordata nel saldo e stralcio {plan}, con scadenza {day}.",
        "Il paie la somme de {amount} convenue dans la transaction {plan}, due le {day}.",
        "Paga la suma de {amount} convenida en el acuerdo {plan}, con vencimiento {day}.",
        "Sie zahlt die in Vergleich {plan} vereinbarte Summe von {amount}, fällig am {day}.",
    ),
    "beside_plan": (
        "It also settles {documents}, beside the plan.",
        "Salda anche {documents}, fuori dal piano.",
        "Il solde aussi {documents}, hors échéancier.",
        "También salda {documents}, fuera del plan.",
        "Sie gleicht auch {documents} neben dem Plan aus.",
    ),
    "plan_other": (
        "The next instalment is {amount}: see how the difference is meant.",
        "La prossima rata è di {amount}: va visto come si intende la differenza.",
        "La prochaine échéance est de {amount} : voir ce que veut dire la différence.",
        "El próximo plazo es de {amount}: hay que ver qué significa la diferencia.",
        "Die nächste Rate beträgt {amount}: es ist zu sehen, was der Unterschied bedeutet.",
    ),
    "end_to_end": (
        "The end-to-end reference {reference} is our own, for {documents}.",
        "Il riferimento end-to-end {reference} è nostro, per {documents}.",
        "La référence de bout en bout {reference} est la nôtre, pour {documents}.",
        "La referencia de extremo a extremo {reference} es nuestra, para {documents}.",
        "Die End-to-End-Referenz {reference} ist unsere eigene, für {documents}.",
    ),
    "remittance": (
        "The remittance advice {reference} lists {documents}, and its lines add up to the payment.",
        "L'avviso di pagamento {reference} elenca {documents} e le righe danno l'importo pagato.",
        "L'avis de paiement {reference} cite {documents} et ses lignes font le montant payé.",
        "El aviso de pago {reference} enumera {documents} y sus líneas suman el pago.",
        "Das Zahlungsavis {reference} nennt {documents}; seine Zeilen ergeben den Betrag.",
    ),
    "remittance_differs": (
        "The remittance advice {reference} lists {documents}, but does not add up to the payment.",
        "L'avviso di pagamento {reference} elenca {documents}, ma non dà l'importo pagato.",
        "L'avis de paiement {reference} cite {documents}, mais ne fait pas le montant payé.",
        "El aviso de pago {reference} enumera {documents}, pero no suma el pago.",
        "Das Zahlungsavis {reference} nennt {documents}, ergibt aber nicht den Betrag.",
    ),
    "numbers": (
        "The text names {documents}.",
        "La causale indica {documents}.",
        "Le libellé cite {documents}.",
        "El concepto indica {documents}.",
        "Der Verwendungszweck nennt {documents}.",
    ),
    "damaged_number": (
        (
            "The number in the text is cut or mistyped; only {documents} fits both it "
            "and the amount."
        ),
        (
            "Il numero in causale è tronco o errato; tra le partite aperte solo {documents} "
            "corrisponde al numero e all'importo."
        ),
        (
            "Le numéro du libellé est tronqué ou erroné; parmi les postes ouverts seul {documents} "
            "correspond au numéro et au montant."
        ),
        (
            "El número del concepto está cortado o mal escrito; de lo abierto solo {documents} "
            "coincide con él y con el importe."
        ),
        (
            "Die Nummer im Verwendungszweck ist abgeschnitten oder vertippt; nur {documents} passt "
            "zu ihr und zum Betrag."
        ),
    ),
    "named_and_rest": (
        "The text names {documents}; the rest of the payment is exactly {others}.",
        "La causale indica {documents}; il resto del pagamento è esattamente {others}.",
        "Le libellé cite {documents}; le reste du paiement est exactement {others}.",
        "El concepto indica {documents}; el resto del pago es exactamente {others}.",
        "Der Verwendungszweck nennt {documents}; der Rest der Zahlung ist genau {others}.",
    ),
    "order": (
        "The text names {reference}, the order or delivery of {documents}, and the amount agrees.",
        "La causale indica {reference}, ordine o bolla di {documents}, e l'importo coincide.",
        "Le libellé cite {reference}, commande ou livraison de {documents}; le montant concorde.",
        "El concepto indica {reference}, pedido o albarán de {documents}, y el importe coincide.",
        (
            "Der Text nennt {reference}, Bestellung oder Lieferung von {documents}; der "
            "Betrag stimmt."
        ),
    ),
    "customer_number": (
        "The text names customer {reference}, and the amount is exactly that of {documents}.",
        "La causale indica il cliente {reference} e l'importo è esattamente quello di {documents}.",
        "Le libellé cite le client {reference} et le montant est exactement celui de {documents}.",
        "El concepto indica el cliente {reference} y el importe es justo el de {documents}.",
        "Der Text nennt Kunde {reference}, und der Betrag ist genau der von {documents}.",
    ),
    "period": (
        "The text names a time, and what belongs to it makes this amount: {documents}.",
        "La causale indica un periodo e ciò che vi appartiene dà questo importo: {documents}.",
        "Le libellé cite une période et ce qui en relève fait ce montant: {documents}.",
        "El concepto indica un periodo y lo que le corresponde da este importe: {documents}.",
        "Der Text nennt einen Zeitraum; was dazugehört, ergibt diesen Betrag: {documents}.",
    ),
    "amount": (
        "Of what this payer owes only {documents} has exactly this amount.",
        "Tra le partite di questo pagatore solo {documents} ha proprio questo importo.",
        "Parmi les postes de ce payeur seul {documents} a exactement ce montant.",
        "De lo que debe este pagador solo {documents} tiene justo este importe.",
        "Von den Posten dieses Zahlers hat nur {documents} genau diesen Betrag.",
    ),
    "amount_discount": (
        "Only {documents} less its cash discount has exactly this amount.",
        "Solo {documents} meno lo sconto cassa dà esattamente questo importo.",
        "Seul {documents} moins son escompte donne exactement ce montant.",
        "Solo {documents} menos su descuento por pronto pago da exactamente este importe.",
        "Nur {documents} abzüglich Skonto ergibt genau diesen Betrag.",
    ),
    "combination": (
        "Only one combination of open items makes this amount: {documents}.",
        "Una sola combinazione di partite aperte dà questo importo: {documents}.",
        "Une seule combinaison de postes ouverts fait ce montant: {documents}.",
        "Una sola combinación de partidas abiertas da este importe: {documents}.",
        "Nur eine Kombination offener Posten ergibt diesen Betrag: {documents}.",
    ),
    "one_of_several": (
        "The open items {documents} make this amount.",
        "Le partite aperte {documents} danno questo importo.",
        "Les postes ouverts {documents} font ce montant.",
        "Las partidas abiertas {documents} dan este importe.",
        "Die offenen Posten {documents} ergeben diesen Betrag.",
    ),
    "statement": (
        "The payment is the whole balance up to {date}: {documents}.",
        "Il pagamento è l'intero saldo fino al {date}: {documents}.",
        "Le paiement est le solde entier jusqu'au {date}: {documents}.",
        "El pago es el saldo entero hasta el {date}: {documents}.",
        "Die Zahlung ist der ganze Saldo bis {date}: {documents}.",
    ),
    "oldest": (
        "The oldest items up to {documents} make this amount.",
        "Le partite più vecchie fino a {documents} danno questo importo.",
        "Les postes les plus anciens jusqu'à {documents} font ce montant.",
        "Las partidas más antiguas hasta {documents} dan este importe.",
        "Die ältesten Posten bis {documents} ergeben diesen Betrag.",
    ),
    "nearly": (
        "Only {documents} comes close to this amount.",
        "Solo {documents} si avvicina a questo importo.",
        "Seul {documents} approche de ce montant.",
        "Solo {documents} se acerca a este importe.",
        "Nur {documents} kommt diesem Betrag nahe.",
    ),
    # What differs.
    "discount": (
        "Cash discount of {amount} taken in time.",
        "Sconto cassa di {amount} nei termini.",
        "Escompte de {amount} dans les délais.",
        "Descuento por pronto pago de {amount} en plazo.",
        "Skonto von {amount} fristgerecht gezogen.",
    ),
    "unearned": (
        "Cash discount of {amount} taken after its date: a deduction (FI-02).",
        "Sconto cassa di {amount} fuori termine: deduzione (FI-02).",
        "Escompte de {amount} hors délai: déduction (FI-02).",
        "Descuento por pronto pago de {amount} fuera de plazo: deducción (FI-02).",
        "Skonto von {amount} nach Fristende gezogen: Abzug (FI-02).",
    ),
    "discount_and_more": (
        (
            "Cash discount of {discount} taken in time; {amount} kept for "
            "“{words}”: a deduction ({reason})."
        ),
        (
            "Sconto cassa di {discount} nei termini; trattenuti {amount} per "
            "“{words}”: deduzione ({reason})."
        ),
        (
            "Escompte de {discount} dans les délais; {amount} retenus pour « "
            "{words} »: déduction ({reason})."
        ),
        (
            "Descuento por pronto pago de {discount} en plazo; {amount} retenidos "
            "por «{words}»: deducción ({reason})."
        ),
        (
            "Skonto von {discount} fristgerecht; {amount} einbehalten wegen "
            "„{words}“: Abzug ({reason})."
        ),
    ),
    "several": (
        (
            "Cash discount: {discount} in time, {late} after its date (FI-02); "
            "{amount} kept for “{words}” ({reason})."
        ),
        (
            "Sconto cassa: {discount} nei termini, {late} fuori termine (FI-02); "
            "{amount} trattenuti per “{words}” ({reason})."
        ),
        (
            "Escompte: {discount} dans les délais, {late} hors délai (FI-02); "
            "{amount} retenus pour « {words} » ({reason})."
        ),
        (
            "Pronto pago: {discount} en plazo, {late} fuera de plazo (FI-02); "
            "{amount} retenidos por «{words}» ({reason})."
        ),
        (
            "Skonto: {discount} fristgerecht, {late} nach Fristende (FI-02); "
            "{amount} einbehalten wegen „{words}“ ({reason})."
        ),
    ),
    "netting": (
        "Credits of {amount} were netted.",
        "Compensati accrediti per {amount}.",
        "Avoirs compensés pour {amount}.",
        "Abonos compensados por {amount}.",
        "Gutschriften über {amount} wurden verrechnet.",
    ),
    "charges": (
        "{amount} is missing: bank charges (FI-03).",
        "Mancano {amount}: spese bancarie (FI-03).",
        "Il manque {amount}: frais bancaires (FI-03).",
        "Faltan {amount}: gastos bancarios (FI-03).",
        "Es fehlen {amount}: Bankgebühren (FI-03).",
    ),
    "tax": (
        "{amount} was withheld as tax, by the exact formula ({reason}).",
        "{amount} trattenuti come imposta, secondo la formula esatta ({reason}).",
        "{amount} retenus à titre d'impôt, selon la formule exacte ({reason}).",
        "{amount} retenidos como impuesto, según la fórmula exacta ({reason}).",
        "{amount} wurden als Steuer einbehalten, genau nach Formel ({reason}).",
    ),
    "rounding": (
        "A small difference of {amount} (FI-05).",
        "Piccola differenza di {amount} (FI-05).",
        "Petit écart de {amount} (FI-05).",
        "Pequeña diferencia de {amount} (FI-05).",
        "Kleine Differenz von {amount} (FI-05).",
    ),
    "deduction": (
        "{amount} is missing, for “{words}”: deduction {reason}.",
        "Mancano {amount}, per “{words}”: deduzione {reason}.",
        "Il manque {amount}, pour “{words}”: déduction {reason}.",
        "Faltan {amount}, por “{words}”: deducción {reason}.",
        "Es fehlen {amount}, wegen “{words}”: Abzug {reason}.",
    ),
    "unidentified": (
        "{amount} is missing and no reason is given: deduction FI-16.",
        "Mancano {amount} senza motivo indicato: deduzione FI-16.",
        "Il manque {amount} sans motif indiqué: déduction FI-16.",
        "Faltan {amount} sin motivo indicado: deducción FI-16.",
        "Es fehlen {amount} ohne Angabe von Gründen: Abzug FI-16.",
    ),
    "part": (
        "A part payment; {amount} stays open.",
        "Pagamento parziale; restano aperti {amount}.",
        "Paiement partiel; {amount} restent ouverts.",
        "Pago parcial; quedan abiertos {amount}.",
        "Teilzahlung; {amount} bleiben offen.",
    ),
    "undisputed": (
        "What is disputed, {amount}, was not paid and stays open.",
        "La parte contestata, {amount}, non è stata pagata e resta aperta.",
        "La partie contestée, {amount}, n'a pas été payée et reste ouverte.",
        "La parte disputada, {amount}, no se pagó y queda abierta.",
        "Der strittige Teil, {amount}, wurde nicht gezahlt und bleibt offen.",
    ),
    "over": (
        "{amount} is too much and stays on account.",
        "{amount} in eccesso restano in conto.",
        "{amount} de trop restent à valoir.",
        "{amount} de más quedan a cuenta.",
        "{amount} sind zu viel und bleiben akonto.",
    ),
    # What is in doubt.
    "ambiguous": (
        "There is another solution as good: {others}. A person chooses.",
        "C'è un'altra soluzione altrettanto buona: {others}. Decide una persona.",
        "Il y a une autre solution aussi bonne: {others}. Une personne choisit.",
        "Hay otra solución igual de buena: {others}. Decide una persona.",
        "Es gibt eine ebenso gute Lösung: {others}. Ein Mensch entscheidet.",
    ),
    "unknown_number": (
        "But the text names {numbers}, which is not open here.",
        "Ma la causale indica {numbers}, che qui non è aperta.",
        "Mais le libellé cite {numbers}, qui n'est pas ouvert ici.",
        "Pero el concepto indica {numbers}, que aquí no está abierto.",
        "Aber der Verwendungszweck nennt {numbers}; das ist hier nicht offen.",
    ),
    "other_customer": (
        "But {documents} of another customer is named in the text or has this amount too.",
        "Ma {documents} di un altro cliente è indicato in causale o ha lo stesso importo.",
        "Mais {documents} d'un autre client est cité dans le libellé ou a aussi ce montant.",
        "Pero {documents} de otro cliente figura en el concepto o tiene también este importe.",
        "Aber {documents} eines anderen Kunden steht im Text oder hat auch diesen Betrag.",
    ),
    "payer_unsure": (
        "The payer is not surely known: {name}.",
        "Il pagatore non è certo: {name}.",
        "Le payeur n'est pas certain: {name}.",
        "El pagador no es seguro: {name}.",
        "Der Zahler ist nicht sicher bekannt: {name}.",
    ),
    "other_currency": (
        (
            "The text names {documents}, where {open} are open; {paid} were paid, a rate of "
            "{rate}. A person checks the rate and books the difference (FI-04)."
        ),
        (
            "La causale indica {documents}, con {open} aperti; pagati {paid}, un cambio di {rate}. "
            "Una persona controlla il cambio e registra la differenza (FI-04)."
        ),
        (
            "Le libellé cite {documents}, avec {open} ouverts; {paid} ont été payés, au taux de "
            "{rate}. Une personne vérifie le taux et comptabilise l'écart (FI-04)."
        ),
        (
            "El concepto indica {documents}, con {open} abiertos; se pagaron {paid}, a un cambio "
            "de {rate}. Una persona comprueba el cambio y contabiliza la diferencia (FI-04)."
        ),
        (
            "Der Text nennt {documents}, offen sind {open}; gezahlt wurden {paid}, ein Kurs von "
            "{rate}. Ein Mensch prüft den Kurs und bucht die Differenz (FI-04)."
        ),
    ),
    "other_period": (
        "But the text names another month than that of {documents}.",
        "Ma la causale indica un mese diverso da quello di {documents}.",
        "Mais le libellé cite un autre mois que celui de {documents}.",
        "Pero el concepto indica otro mes que el de {documents}.",
        "Aber der Text nennt einen anderen Monat als den von {documents}.",
    ),
    "by_chance": (
        "With so many open items this may be an accident.",
        "Con tante partite aperte può essere un caso.",
        "Avec tant de postes ouverts ce peut être un hasard.",
        "Con tantas partidas abiertas puede ser casualidad.",
        "Bei so vielen offenen Posten kann das Zufall sein.",
    ),
    "contested": (
        "Some of it is disputed or on hold.",
        "In parte è contestato o sospeso.",
        "Une partie est en litige ou suspendue.",
        "Una parte está en disputa o retenida.",
        "Ein Teil ist strittig oder gesperrt.",
    ),
    "contended": (
        "Another payment names one of these items.",
        "Un altro pagamento indica una di queste partite.",
        "Un autre paiement cite l'un de ces postes.",
        "Otro pago indica una de estas partidas.",
        "Eine andere Zahlung nennt einen dieser Posten.",
    ),
    "other_money": (
        "The text speaks of other money than that of invoices.",
        "La causale parla di denaro diverso da quello delle fatture.",
        "Le libellé parle d'un autre argent que celui des factures.",
        "El concepto habla de otro dinero que el de las facturas.",
        "Der Text spricht von anderem Geld als dem für Rechnungen.",
    ),
    "recurring": (
        "This amount recurs, so the number may be that of an invoice paid before.",
        "Questo importo si ripete: il numero può essere di una fattura già pagata.",
        "Ce montant se répète: le numéro peut être celui d'une facture déjà payée.",
        "Este importe se repite: el número puede ser de una factura ya pagada.",
        "Dieser Betrag kehrt wieder: die Nummer kann die einer bezahlten Rechnung sein.",
    ),
    "exact_elsewhere": (
        "But {documents} has exactly this amount.",
        "Ma {documents} ha esattamente questo importo.",
        "Mais {documents} a exactement ce montant.",
        "Pero {documents} tiene exactamente este importe.",
        "Aber {documents} hat genau diesen Betrag.",
    ),
    "taken": (
        "{documents}, settled by another payment meanwhile, would have made this amount too.",
        "Anche {documents}, intanto saldato da un altro pagamento, dava questo importo.",
        "{documents}, soldé entre-temps par un autre paiement, faisait aussi ce montant.",
        "También {documents}, saldado entretanto por otro pago, daba este importe.",
        "Auch {documents}, inzwischen durch eine andere Zahlung beglichen, ergab diesen Betrag.",
    ),
    "review": (
        "A person confirms it.",
        "Una persona conferma.",
        "Une personne confirme.",
        "Una persona lo confirma.",
        "Ein Mensch bestätigt es.",
    ),
    # Why nothing was found.
    "nobody": (
        "The payer is unknown and the text names nothing that is open.",
        "Il pagatore è sconosciuto e la causale non indica nulla di aperto.",
        "Le payeur est inconnu et le libellé ne cite rien d'ouvert.",
        "El pagador es desconocido y el concepto no indica nada abierto.",
        "Der Zahler ist unbekannt und der Text nennt nichts Offenes.",
    ),
    "no_fit": (
        "Nothing that is open for this payer makes this amount; it stays on account.",
        "Nessuna partita aperta di questo pagatore dà questo importo; resta in conto.",
        "Aucun poste ouvert de ce payeur ne fait ce montant; il reste à valoir.",
        "Nada abierto de este pagador da este importe; queda a cuenta.",
        "Kein offener Posten dieses Zahlers ergibt diesen Betrag; er bleibt akonto.",
    ),
    "gave_up": (
        "There are too many open items to try all combinations.",
        "Le partite aperte sono troppe per provare tutte le combinazioni.",
        "Les postes ouverts sont trop nombreux pour essayer toutes les combinaisons.",
        "Hay demasiadas partidas abiertas para probar todas las combinaciones.",
        "Es sind zu viele offene Posten, um alle Kombinationen zu prüfen.",
    ),
    "duplicate": (
        "{documents} is settled already by payment {payment}: probably paid twice.",
        "{documents} è già saldato dal pagamento {payment}: probabilmente pagato due volte.",
        "{documents} est déjà soldé par le paiement {payment}: sans doute payé deux fois.",
        "{documents} ya está saldado por el pago {payment}: probablemente pagado dos veces.",
        "{documents} ist schon durch Zahlung {payment} beglichen: wohl doppelt gezahlt.",
    ),
    "no_currency": (
        "This payer owes nothing in {currency}; currencies are never mixed.",
        "Questo pagatore non deve nulla in {currency}; le valute non si mescolano.",
        "Ce payeur ne doit rien en {currency}; on ne mêle jamais les devises.",
        "Este pagador no debe nada en {currency}; las monedas no se mezclan.",
        "Dieser Zahler schuldet nichts in {currency}; Währungen werden nie vermischt.",
    ),
    "taken_back": (
        "The bank took this money back; a person reverses the payment it belongs to.",
        "La banca ha ripreso questo denaro; una persona storna il pagamento relativo.",
        "La banque a repris cet argent; une personne annule le paiement concerné.",
        "El banco ha retirado este dinero; una persona anula el pago al que pertenece.",
        "Die Bank hat dieses Geld zurückgeholt; ein Mensch storniert die Zahlung dazu.",
    ),
    "taken_back_of": (
        "The bank took payment {payment} back; a person reverses it.",
        "La banca ha ripreso il pagamento {payment}; una persona lo storna.",
        "La banque a repris le paiement {payment}; une personne l'annule.",
        "El banco ha retirado el pago {payment}; una persona lo anula.",
        "Die Bank hat Zahlung {payment} zurückgeholt; ein Mensch storniert sie.",
    ),
    "unreadable": (
        "The payment could not be read: {problem}",
        "Il pagamento non è leggibile: {problem}",
        "Le paiement n'a pas pu être lu: {problem}",
        "El pago no se pudo leer: {problem}",
        "Die Zahlung war nicht lesbar: {problem}",
    ),
}
