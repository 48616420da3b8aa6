"""The small words around a text, in five languages: greetings, tables, options, reasons to choose."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from concilia.correspondence.core.figures import Language
from concilia.dunning.core.texts.keys import Form, Option
from concilia.dunning.core.texts.wording import spoken_to

# What customers may say by one button, in the words of the page; companies and people differ.
MOTIVES_OF: Final[Mapping[Form, tuple[str, ...]]] = {
    Form.COMPANY: ("NR-02", "NR-01", "NR-11", "NR-08", "NR-06", "NR-03", "NR-09"),
    Form.CONSUMER: ("NR-02", "NR-01", "NR-11", "NR-08", "NR-04", "NR-09", "NR-10"),
}


@dataclass(frozen=True, slots=True)
class Labels:
    """
    One language's small words.

    :param frame: greeting with a name, greeting without, closing; letters greet more formally
    :param columns: number, issued, due, days late, open, asked
    :param line: of one item in plain text; `line_undated` where its day is not known
    """

    frame: tuple[str, str, str]
    letter: str
    columns: tuple[str, str, str, str, str, str]
    line: str
    line_undated: str
    line_disputed: str
    total: str
    total_disputed: str
    many: str
    one_invoice: str
    two_invoices: str
    many_invoices: str
    join: str
    by_phone: str
    by_mail: str
    by_phone_or_mail: str
    all_here: str
    free_advice: str
    either: str
    by_transfer: str
    row: str
    row_paid: str
    row_columns: tuple[str, str, str, str]
    options: Mapping[Option, str]
    motives: Mapping[str, str]


LABELS: Final[Mapping[Language, Labels]] = {
    Language.EN: Labels(
        frame=("Dear {contact},", "Hello,", "Kind regards"),
        letter="Dear Sir or Madam,",
        columns=("Invoice", "Date", "Due", "Days past due", "Open", "To pay"),
        line="{number} of {issued}, due {due}: {asked}",
        line_undated="{number}, due {due}: {asked}",
        line_disputed="a further {disputed} is being clarified and not asked for",
        total="In total: {asked}",
        total_disputed="Being clarified, not asked for now: {disputed}",
        many="{count} invoices. The full statement, line by line: {account_link}",
        one_invoice="invoice {number}",
        two_invoices="invoices {number} and {other}",
        many_invoices="{count} invoices",
        join=" and ",
        by_phone="call us on {phone}",
        by_mail="write to {reply_to}",
        by_phone_or_mail="call us on {phone} or write to {reply_to}",
        all_here="All of this takes a minute here: {account_link}",
        free_advice="Free and independent advice is available here:",
        either=" or ",
        by_transfer="by transfer to {iban}, reference {reference}",
        row="{number}. {due}: {amount}",
        row_paid="paid",
        row_columns=("No.", "Due", "Amount", "Paid"),
        options={
            Option.PAY: "Pay now",
            Option.DATE: "Choose another day",
            Option.PLAN: "Pay in instalments",
            Option.WRONG: "Tell us that something is not right with an invoice",
            Option.ALREADY_PAID: "Tell us that you have already paid",
            Option.TALK: "Talk to us",
        },
        motives={
            "NR-01": "The amount or the details of the invoice are not right",
            "NR-02": "[We|I] have not received the invoice",
            "NR-03": "The due date does not fit our payment run",
            "NR-04": "The payment did not go through",
            "NR-06": "An order number or an approval is missing on our side",
            "NR-08": "[We|I] have already paid",
            "NR-09": "[We|I] need a little more time",
            "NR-10": "I cannot pay at the moment",
            "NR-11": "Something about the goods or the service is not right",
        },
    ),
    Language.IT: Labels(
        frame=("[Buongiorno|Gentile] {contact},", "Buongiorno,", "Cordiali saluti"),
        letter="[Spettabile Cliente|Gentile Cliente],",
        columns=("Fattura", "Data", "Scadenza", "Giorni dalla scadenza", "Aperto", "Da pagare"),
        line="{number} del {issued}, scadenza {due}: {asked}",
        line_undated="{number}, scadenza {due}: {asked}",
        line_disputed="altri {disputed} sono in verifica e non li chiediamo",
        total="In totale: {asked}",
        total_disputed="In verifica, per ora non richiesti: {disputed}",
        many="{count} fatture. L’estratto conto completo, riga per riga: {account_link}",
        one_invoice="fattura {number}",
        two_invoices="fatture {number} e {other}",
        many_invoices="{count} fatture",
        join=" e ",
        by_phone="[chiamateci|ci chiami] al {phone}",
        by_mail="[scriveteci|ci scriva] a {reply_to}",
        by_phone_or_mail="[chiamateci|ci chiami] al {phone} o [scriveteci|ci scriva] a {reply_to}",
        all_here="Tutto questo si fa in un minuto qui: {account_link}",
        free_advice="Consulenza gratuita e indipendente si trova qui:",
        either=" oppure ",
        by_transfer="con bonifico su {iban}, causale {reference}",
        row="{number}. {due}: {amount}",
        row_paid="pagata",
        row_columns=("N.", "Scadenza", "Importo", "Pagato"),
        options={
            Option.PAY: "Pagare subito",
            Option.DATE: "Scegliere un altro giorno",
            Option.PLAN: "Pagare a rate",
            Option.WRONG: "Segnalare che qualcosa in una fattura non torna",
            Option.ALREADY_PAID: "Dirci che il pagamento è già partito",
            Option.TALK: "Parlare con noi",
        },
        motives={
            "NR-01": "L’importo o i dati della fattura non sono corretti",
            "NR-02": "Non [abbiamo|ho] ricevuto la fattura",
            "NR-03": "La scadenza non coincide con i nostri giorni di pagamento",
            "NR-04": "Il pagamento non è andato a buon fine",
            "NR-06": "Ci manca un numero d’ordine o un’approvazione interna",
            "NR-08": "[Abbiamo|Ho] già pagato",
            "NR-09": "[Ci|Mi] serve un po’ più di tempo",
            "NR-10": "In questo momento non riesco a pagare",
            "NR-11": "Qualcosa nella merce o nel servizio non va",
        },
    ),
    Language.FR: Labels(
        frame=("Bonjour {contact},", "Bonjour,", "Cordialement"),
        letter="Madame, Monsieur,",
        columns=("Facture", "Date", "Échéance", "Jours depuis l’échéance", "Ouvert", "À régler"),
        line="{number} du {issued}, échéance le {due} : {asked}",
        line_undated="{number}, échéance le {due} : {asked}",
        line_disputed="{disputed} de plus sont en cours de vérification et ne vous sont pas demandés",
        total="Au total : {asked}",
        total_disputed="En cours de vérification, non demandé pour l’instant : {disputed}",
        many="{count} factures. Le relevé complet, ligne par ligne : {account_link}",
        one_invoice="facture {number}",
        two_invoices="factures {number} et {other}",
        many_invoices="{count} factures",
        join=" et ",
        by_phone="appelez-nous au {phone}",
        by_mail="écrivez-nous à {reply_to}",
        by_phone_or_mail="appelez-nous au {phone} ou écrivez-nous à {reply_to}",
        all_here="Tout cela se fait en une minute ici : {account_link}",
        free_advice="Un conseil gratuit et indépendant vous attend ici :",
        either=" ou ",
        by_transfer="par virement sur {iban}, référence {reference}",
        row="{number}. {due} : {amount}",
        row_paid="payée",
        row_columns=("N°", "Échéance", "Montant", "Payé"),
        options={
            Option.PAY: "Payer maintenant",
            Option.DATE: "Choisir une autre date",
            Option.PLAN: "Payer en plusieurs fois",
            Option.WRONG: "Signaler un point à corriger sur une facture",
            Option.ALREADY_PAID: "Nous dire que le règlement est déjà parti",
            Option.TALK: "Nous parler",
        },
        motives={
            "NR-01": "Le montant ou les données de la facture ne sont pas exacts",
            "NR-02": "[Nous n’avons|Je n’ai] pas reçu la facture",
            "NR-03": "L’échéance ne tombe pas avec nos jours de règlement",
            "NR-04": "Le paiement n’est pas passé",
            "NR-06": "Il nous manque un numéro de commande ou une validation interne",
            "NR-08": "[Nous avons|J’ai] déjà payé",
            "NR-09": "[Il nous|Il me] faut un peu plus de temps",
            "NR-10": "Je ne peux pas payer en ce moment",
            "NR-11": "Quelque chose ne va pas avec la marchandise ou le service",
        },
    ),
    Language.ES: Labels(
        frame=("[Hola|Buenos días], {contact}:", "[Hola|Buenos días]:", "Un cordial saludo"),
        letter="[Estimado cliente|Estimado cliente / Estimada clienta]:",
        columns=(
            "Factura",
            "Fecha",
            "Vencimiento",
            "Días desde el vencimiento",
            "Abierto",
            "A pagar",
        ),
        line="{number} del {issued}, vencimiento {due}: {asked}",
        line_undated="{number}, vencimiento {due}: {asked}",
        line_disputed="otros {disputed} se están aclarando y no los pedimos",
        total="En total: {asked}",
        total_disputed="En aclaración, no se pide por ahora: {disputed}",
        many="{count} facturas. El extracto completo, línea por línea: {account_link}",
        one_invoice="factura {number}",
        two_invoices="facturas {number} y {other}",
        many_invoices="{count} facturas",
        join=" y ",
        by_phone="[llámennos|llámenos] al {phone}",
        by_mail="[escríbannos|escríbanos] a {reply_to}",
        by_phone_or_mail="[llámennos|llámenos] al {phone} o [escríbannos|escríbanos] a {reply_to}",
        all_here="Todo esto se hace en un minuto aquí: {account_link}",
        free_advice="Hay asesoramiento gratuito e independiente aquí:",
        either=" o ",
        by_transfer="por transferencia a {iban}, concepto {reference}",
        row="{number}. {due}: {amount}",
        row_paid="pagada",
        row_columns=("N.º", "Vencimiento", "Importe", "Pagado"),
        options={
            Option.PAY: "Pagar ahora",
            Option.DATE: "Elegir otra fecha",
            Option.PLAN: "Pagar a plazos",
            Option.WRONG: "Avisarnos de que algo de una factura no está bien",
            Option.ALREADY_PAID: "Decirnos que el pago ya está hecho",
            Option.TALK: "Hablar con nosotros",
        },
        motives={
            "NR-01": "El importe o los datos de la factura no son correctos",
            "NR-02": "No [hemos|he] recibido la factura",
            "NR-03": "El vencimiento no encaja con nuestros días de pago",
            "NR-04": "El pago no se ha podido completar",
            "NR-06": "Nos falta un número de pedido o una aprobación interna",
            "NR-08": "Ya [hemos|he] pagado",
            "NR-09": "[Necesitamos|Necesito] un poco más de tiempo",
            "NR-10": "Ahora mismo no puedo pagar",
            "NR-11": "Algo de la mercancía o del servicio no está bien",
        },
    ),
    Language.DE: Labels(
        frame=("Guten Tag {contact},", "Guten Tag,", "Freundliche Grüße"),
        letter="Sehr geehrte Damen und Herren,",
        columns=("Rechnung", "Datum", "Fällig", "Tage seit Fälligkeit", "Offen", "Zu zahlen"),
        line="{number} vom {issued}, fällig am {due}: {asked}",
        line_undated="{number}, fällig am {due}: {asked}",
        line_disputed="weitere {disputed} werden geklärt; darum bitten wir nicht",
        total="Zusammen: {asked}",
        total_disputed="In Klärung, vorerst nicht zu zahlen: {disputed}",
        many="{count} Rechnungen. Die vollständige Aufstellung, Zeile für Zeile: {account_link}",
        one_invoice="Rechnung {number}",
        two_invoices="Rechnungen {number} und {other}",
        many_invoices="{count} Rechnungen",
        join=" und ",
        by_phone="rufen Sie uns an unter {phone}",
        by_mail="schreiben Sie an {reply_to}",
        by_phone_or_mail="rufen Sie uns an unter {phone} oder schreiben Sie an {reply_to}",
        all_here="All das dauert hier eine Minute: {account_link}",
        free_advice="Kostenlosen und unabhängigen Rat gibt es hier:",
        either=" oder ",
        by_transfer="per Überweisung auf {iban}, Verwendungszweck {reference}",
        row="{number}. {due}: {amount}",
        row_paid="bezahlt",
        row_columns=("Nr.", "Fällig", "Betrag", "Bezahlt"),
        options={
            Option.PAY: "Jetzt bezahlen",
            Option.DATE: "Einen anderen Tag wählen",
            Option.PLAN: "In Raten zahlen",
            Option.WRONG: "Uns sagen, dass an einer Rechnung etwas nicht stimmt",
            Option.ALREADY_PAID: "Uns sagen, dass schon bezahlt ist",
            Option.TALK: "Mit uns sprechen",
        },
        motives={
            "NR-01": "Betrag oder Angaben der Rechnung stimmen nicht",
            "NR-02": "[Wir haben|Ich habe] die Rechnung nicht erhalten",
            "NR-03": "Die Fälligkeit passt nicht zu unseren Zahlläufen",
            "NR-04": "Die Zahlung hat nicht geklappt",
            "NR-06": "Bei uns fehlt eine Bestellnummer oder eine Freigabe",
            "NR-08": "[Wir haben|Ich habe] schon bezahlt",
            "NR-09": "[Wir brauchen|Ich brauche] etwas mehr Zeit",
            "NR-10": "Ich kann im Moment nicht zahlen",
            "NR-11": "Mit der Ware oder der Leistung stimmt etwas nicht",
        },
    ),
}


@lru_cache(maxsize=16)
def labels_of(language: Language, form: Form) -> Labels:
    """Return the small words of a language for a form of address."""
    found = LABELS[language]
    named, plain, closing = found.frame
    return replace(
        found,
        frame=(spoken_to(named, form), spoken_to(plain, form), closing),
        letter=spoken_to(found.letter, form),
        by_phone=spoken_to(found.by_phone, form),
        by_mail=spoken_to(found.by_mail, form),
        by_phone_or_mail=spoken_to(found.by_phone_or_mail, form),
        motives={code: spoken_to(text, form) for code, text in found.motives.items()},
    )
