"""Fills the texts in, and closes each message the way its writer's firm does."""

from __future__ import annotations

from types import ModuleType

from concilia.interfaces.cli.company import texts_de, texts_en, texts_es, texts_fr, texts_it
from concilia.interfaces.cli.company.facts import Facts, date_text
from concilia.interfaces.cli.company.plots import Plot
from concilia.interfaces.cli.company.shapes import Customer

TEXTS: dict[str, ModuleType] = {
    "it": texts_it,
    "de": texts_de,
    "fr": texts_fr,
    "es": texts_es,
    "en": texts_en,
}
DISCLAIMERS = {
    "it": "Le informazioni contenute in questo messaggio sono riservate. Se l'avete ricevuto per "
    "errore, Vi preghiamo di cancellarlo e di avvisare il mittente (Reg. UE 2016/679).",
    "de": "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat "
    "sind, informieren Sie bitte den Absender und löschen Sie diese Nachricht.",
    "fr": "Ce message est confidentiel et destiné à son seul destinataire. N'imprimez ce courriel "
    "que si nécessaire : pensez à l'environnement.",
    "es": "Este mensaje es confidencial y va dirigido exclusivamente a su destinatario. Antes de "
    "imprimirlo, piense en el medio ambiente.",
    "en": "This email and any attachments are confidential and intended solely for the addressee. "
    "Registered in England. Please consider the environment before printing.",
}
NO_RESERVE = {
    "it": "Nessuna riserva.",
    "de": "Ohne Vorbehalt.",
    "fr": "Sans réserve.",
    "es": "Sin reservas.",
    "en": "No remarks.",
}
PHONES = ("iPhone", "téléphone")
GREETERS = {
    "LogiPirineo": "es",
    "Channel Link Freight": "en",
    "Spedition Brennerhof": "de",
    "Transports Léman Express": "fr",
}
CARRIER_ADDRESSES = {
    "Trasporti Alpe Nord": "bolle@alpenord.example",
    "Corriere Langhe": "pod@corrierelanghe.example",
    "Spedition Brennerhof": "belege@brennerhof.example",
    "Transports Léman Express": "emarges@lemanexpress.example",
    "LogiPirineo": "pod@logipirineo.example",
    "Channel Link Freight": "pod@channellink.example",
}


def split(text: str) -> tuple[str, str]:
    """Give subject and body of a text."""
    subject, _, body = text.partition("\n")
    return subject, body


def claim_letter(plot: Plot, facts: Facts, key: str) -> tuple[str, str]:
    """Give subject and body of the message that raises a claim."""
    text: str = TEXTS[plot.sender.language].CLAIMS[key]
    subject, body = split(text.format_map(facts.words))
    return subject, sign_off(plot.sender, body, len(key))


def follow_up(plot: Plot, facts: Facts, kind: str) -> tuple[str, str]:
    """Give subject and body of a customer's later message."""
    texts = TEXTS[plot.sender.language]
    claims: dict[str, str] = texts.CLAIMS
    fallback = f"{facts.words['inv']}\n"
    first, _ = split(claims.get(plot.script.key, fallback).format_map(facts.words))
    text: str = texts.FOLLOW_UPS[kind]
    subject, body = split(text.format_map(facts.words | {"subject": first}))
    return subject, sign_off(plot.sender, body, len(kind) + len(plot.script.key))


def carrier_letter(plot: Plot, facts: Facts, kind: str) -> tuple[str, str, str]:
    """Give the carrier's address, subject and body when a signed note comes back, or does not."""
    carrier = plot.sale.carrier
    language = GREETERS.get(carrier, "it")
    texts = TEXTS[language]
    text: str = texts.CARRIER if kind == "pod" else texts.CARRIER_LOST
    reserve = "; ".join(line.pod_reserve for line in plot.sale.lines if line.pod_reserve)
    remark = f"«{reserve}»" if reserve else NO_RESERVE[language]
    delivered = date_text(plot.sale.delivered or plot.sale.issued, language)
    words = facts.words | {"remark": remark, "delivered": delivered}
    subject, body = split(text.format_map(words))
    own = carrier if carrier != "Corriere Langhe" else "Corriere Langhe S.r.l."
    return CARRIER_ADDRESSES[carrier], subject, body.replace("Trasporti Alpe Nord", own)


def staff_note(plot: Plot, facts: Facts, department: str) -> str:
    """Give what a resolver notes down inside."""
    notes: dict[str, str] = TEXTS[plot.sender.language].NOTES
    return notes.get(department, notes["ACC"]).format_map(facts.words)


def staff_question(plot: Plot, facts: Facts) -> str:
    """Give what a clerk asks the customer for."""
    texts = TEXTS[plot.sender.language]
    needs: dict[str, str] = texts.NEEDS
    need = needs.get(plot.script.reason, needs["other"]).format_map(facts.words)
    text: str = texts.ASK
    return text.format_map(facts.words | {"need": need})


def staff_answer(plot: Plot, facts: Facts, is_refused: bool) -> str:  # noqa: FBT001 - a callback's shape
    """Give the answer that leaves once the claim is decided."""
    texts = TEXTS[plot.sender.language]
    text: str = texts.ANSWER_DENIED if is_refused else texts.ANSWER_VALID
    return text.format_map(facts.words)


def sign_off(customer: Customer, body: str, n: int) -> str:
    """Close a message: nothing, a name, a full signature, or one with the firm's disclaimer."""
    person = customer.people[0]
    manner = (int(customer.number) + n) % 4
    is_signed = person.name in body[-60:]
    is_from_phone = body.endswith(PHONES)
    if manner == 0 or is_from_phone or (manner == 1 and is_signed):
        return body
    lines = [body, ""]
    if manner == 1:
        return "\n".join([*lines, person.name])
    lines += ["-- ", person.name, customer.legal_name, f"{customer.street}, {customer.city}"]
    lines += [f"Tel. {person.phone}", f"www.{customer.domain}"]
    return "\n".join(lines if manner == 2 else [*lines, "", DISCLAIMERS[customer.language]])  # noqa: PLR2004
