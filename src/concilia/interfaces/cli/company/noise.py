"""The mail that is no claim, and the remittance advices that explain transfers without words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from concilia.interfaces.cli.company.facts import date_text, money_text
from concilia.interfaces.cli.company.habits import Transfer
from concilia.interfaces.cli.company.letters import TEXTS, sign_off, split
from concilia.interfaces.cli.company.locked import locked_pdf
from concilia.interfaces.cli.company.mailbox import Draft, compose, delivery_report
from concilia.interfaces.cli.company.noise_texts import (
    AUTO_REPLIES,
    BOUNCES,
    OTHERS,
    REPLIES,
    WANTED_INVOICE,
)
from concilia.interfaces.cli.company.paper_words import HEADINGS
from concilia.interfaces.cli.company.papers import remittance_paper
from concilia.interfaces.cli.company.people import CREDIT_BOX
from concilia.interfaces.cli.company.post import arrival
from concilia.interfaces.cli.company.shapes import Customer, File, Mail, Sale
from concilia.interfaces.cli.company.sheets import Cell, to_csv, to_xlsx
from concilia.interfaces.cli.company.workdays import at_rome, shift_workdays

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"lambrate": "xlsx", "marceau": "pdf", "torrevega": "csv", "hartley": "pdf"}
BY_BODY = {"frischmarkt": 3, "bonfanti": 3, "thornbury": 2, "dorval": 2}
BROKEN_AT = 900


def plain_noise(as_of: date, customers: dict[str, Customer]) -> list[Mail]:
    """Give advertising, stray orders, automatic replies and delivery failures."""
    mails = [
        compose(Draft(key, arrival(as_of, days, hour), (name, address), *split(text), style=n))
        for n, (key, days, hour, name, address, text) in enumerate(OTHERS)
    ]
    for key, slug, days, hour in AUTO_REPLIES:
        mails.append(_auto_reply(key, customers[slug], arrival(as_of, days, hour)))
    for key, slug, days, hour, failed, why in BOUNCES:
        at = arrival(as_of, days, hour)
        domain = customers[slug].domain
        body = f"Your message could not be delivered.\n\n<{failed}>: {why}"
        sender = ("Mail Delivery System", f"mailer-daemon@{domain}")
        subject = "Undelivered Mail Returned to Sender"
        draft = Draft(key, at, sender, subject, body, to=CREDIT_BOX)
        mails.append(delivery_report(draft, failed, why))
    return mails


def payment_replies(
    as_of: date, customers: dict[str, Customer], sales: Sequence[Sale]
) -> list[Mail]:
    """Give answers to reminders, each about the customer's oldest invoice overdue on that day."""
    mails = []
    for slug, kind, days, hour in REPLIES:
        customer = customers[slug]
        at = arrival(as_of, days, hour)
        sale = _oldest_open(sales, customer, at.date())
        if sale is None:
            continue
        language = customer.language
        promised = shift_workdays(as_of, 2 + days % 4)
        words = {
            "inv": sale.number,
            "total": money_text(sale.total, language),
            "promise": date_text(promised, language),
        }
        subject, body = split(TEXTS[language].REPLIES[kind].format_map(words))
        person = customer.people[0]
        mails.append(
            compose(
                Draft(
                    key=f"reply-{slug}",
                    at=at,
                    sender=(person.name, person.email),
                    subject=subject,
                    body=sign_off(customer, body, days),
                    to=CREDIT_BOX,
                    style=days,
                )
            )
        )
    return mails


def remittances(transfers: Sequence[Transfer]) -> list[Mail]:
    """
    Give the advice behind each transfer of the payers who send one: PDF, CSV, XLSX or plain text.
    """
    mails = []
    for transfer in transfers:
        kind = FORMATS.get(transfer.payer.slug)
        if kind is not None and transfer.text is None:
            mails.append(_remittance(transfer, _advice_file(transfer, kind)))
    for slug, count in BY_BODY.items():
        own = [row for row in transfers if row.payer.slug == slug and len(row.sales) > 1]
        mails.extend(_remittance(transfer, None) for transfer in own[-count:])
    return mails


def difficult_files(as_of: date, customers: dict[str, Customer], sample: bytes) -> list[Mail]:
    """Give mails whose attachments cannot be read, or not at once; `sample` is a sound PDF."""
    locked = locked_pdf("Zahlungsavis 4.210,55 EUR", "lindner")
    cases = (
        (
            "locked-rheinfels",
            "rheinfels",
            13,
            File("Avis_geschuetzt.pdf", "application/pdf", locked),
        ),
        (
            "broken-brissac",
            "brissac",
            16,
            File("scan0001.pdf", "application/pdf", sample[:BROKEN_AT]),
        ),
        ("empty-bellprat", "bellprat", 19, File("documento.pdf", "application/pdf", b"")),
    )
    mails = []
    for key, slug, days, file in cases:
        customer = customers[slug]
        person = customer.people[0]
        body = WANTED_INVOICE[customer.language]
        sender = (person.name, person.email)
        at = arrival(as_of, days, 11.3)
        mails.append(
            compose(Draft(key, at, sender, file.filename, body, files=(file,), style=days))
        )
    return mails


def delivered_twice(mail: Mail) -> Mail:
    """Give the very same message once more, two hours later: mail servers do that."""
    return replace(mail, key=f"{mail.key}/same", received_at=mail.received_at + timedelta(hours=2))


def _auto_reply(key: str, customer: Customer, at: datetime) -> Mail:
    language = customer.language
    back = date_text((at + timedelta(days=6)).date(), language)
    words = {"subject": f"Molino Aurora {customer.number}", "back": back}
    subject, body = split(TEXTS[language].AUTO_REPLY.format_map(words))
    person = customer.people[0]
    headers = (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"))
    draft = Draft(key, at, (person.name, person.email), subject, body, CREDIT_BOX, headers=headers)
    return compose(draft)


def _oldest_open(sales: Sequence[Sale], customer: Customer, day: date) -> Sale | None:
    due = [
        sale
        for sale in sales
        if sale.customer is customer
        and sale.kind == "invoice"
        and not sale.is_story
        and sale.issued < day
        and (sale.paid_on is None or sale.paid_on > day)
    ]
    return min(due, key=lambda sale: (sale.due, sale.number), default=None)


def _advice_file(transfer: Transfer, kind: str) -> File:
    payer, language = transfer.payer, transfer.payer.language
    stem = f"{payer.slug}_{transfer.day:%Y%m%d}"
    if kind == "pdf":
        content = remittance_paper(payer, transfer.sales, transfer.paid, transfer.day)
        return File(f"{stem}.pdf", "application/pdf", content)
    head = HEADINGS[language]["remittance"]
    rows: list[list[Cell]] = [list(head[:5])]
    for sale in transfer.sales:
        paid = transfer.paid[sale.number]
        gross = sale.signed_total
        rows.append([sale.number, date_text(sale.issued, language), gross, gross - paid, paid])
    rows.append([head[5], "", "", "", transfer.amount])
    if kind == "csv":
        return File(f"{stem}.csv", "text/csv", to_csv(rows))
    return File(f"{stem}.xlsx", XLSX, to_xlsx(stem, rows))


def _remittance(transfer: Transfer, file: File | None) -> Mail:
    payer, language = transfer.payer, transfer.payer.language
    texts = TEXTS[language]
    lines = "\n".join(
        f"  {sale.number}  {date_text(sale.issued, language)}  "
        f"{money_text(transfer.paid[sale.number], language):>12}"
        for sale in transfer.sales
    )
    words = {
        "date": date_text(transfer.day, language),
        "total": money_text(transfer.amount, language),
        "lines": lines,
    }
    text: str = texts.REMITTANCE_BODY if file is None else texts.REMITTANCE
    subject, body = split(text.format_map(words))
    box = payer.people[-1].email
    return compose(
        Draft(
            key=f"advice-{payer.slug}-{transfer.day}",
            at=at_rome(transfer.day, 7, 10 + len(payer.slug)),
            sender=(payer.name, box),
            subject=subject,
            body=body,
            to=CREDIT_BOX,
            files=(file,) if file else (),
            style=transfer.day.day,
        )
    )
