"""How households pay their utility bills."""

from __future__ import annotations

from datetime import timedelta

from tests.world.second_ledgers import households as homes
from tests.world.second_ledgers import people, references, writing
from tests.world.second_ledgers.book import Book
from tests.world.second_ledgers.plain_payers import MONTHS, in_full
from tests.world.second_ledgers.records import Item, Truth, Verdict

CUSTOMER_WORDS = {
    "it": ["cod. cliente", "codice cliente", "n. cliente", "utenza"],
    "fr": ["réf. client", "client n°", "n° client"],
    "es": ["cliente", "nº cliente", "contrato"],
    "de": ["Kd.-Nr.", "Kundennummer", "KdNr"],
    "en": ["customer no.", "acct"],
}
INSTALMENT = {
    "it": "rata {n} di 6 {ref}", "fr": "échéance {n}/6 {ref}", "es": "plazo {n}/6 {ref}",
    "de": "Rate {n} von 6 {ref}", "en": "instalment {n} of 6 {ref}",
}  # fmt: skip


def by_reference(book: Book) -> None:
    """The slip: the reference in its own field."""
    item = homes.with_bills(book)[0]
    payer = homes.own_payer(book, item.customer)
    if book.chance(0.3):
        payer = homes.relative(book, item.customer, same_name=book.chance(0.5))
    truth = Truth("reference in its field", Verdict.MUST, in_full([item]))
    reference = references.grouped(item.reference) if book.chance(0.15) else item.reference
    book.pay(item.open, payer, "", truth, reference=reference)


def reference_in_text(book: Book) -> None:
    item = homes.with_bills(book)[0]
    payer = homes.own_payer(book, item.customer)
    if book.chance(0.3):
        payer = homes.relative(book, item.customer, same_name=book.chance(0.5))
    written = references.grouped(item.reference) if book.chance(0.5) else item.reference
    word = book.rng.choice(["", "rif. ", "REF ", "pagamento ", "/ROC/"])
    truth = Truth("reference in the text", Verdict.MUST, in_full([item]))
    book.pay(item.open, payer, f"{word}{written}", truth)


def reference_mistyped(book: Book) -> None:
    """A check digit tells that something is wrong; the account on file and the sum tell what."""
    bills = homes.with_bills(book)
    item = bills[0]
    payer = homes.own_payer(book, item.customer)
    sure = payer[1] in item.customer.ibans and len(bills) == 1
    wrong = references.mistyped(book.rng, item.reference)
    verdict = Verdict.MUST if sure else Verdict.MAY
    truth = Truth("reference mistyped", verdict, in_full([item]))
    if book.chance(0.5):
        book.pay(item.open, payer, "", truth, reference=wrong)
    else:
        book.pay(item.open, payer, f"rif {wrong}", truth)


def reference_of_two_months(book: Book) -> None:
    """One slip, the money of two bills: all there are."""
    bills = homes.with_bills(book, 2, equal=book.chance(0.7))
    truth = Truth("one reference, two bills", Verdict.MUST, in_full(bills))
    payer = homes.own_payer(book, bills[0].customer)
    amount = sum(item.open for item in bills)
    book.pay(amount, payer, "", truth, reference=bills[0].reference)


def customer_number(book: Book) -> None:
    """Only the customer number, and the sum of the one bill that is open, or of a month named."""
    bills = homes.with_bills(book)
    item = book.rng.choice(bills)
    customer = item.customer
    language = customer.language
    text = f"{book.rng.choice(CUSTOMER_WORDS[language])} {customer.id}"
    verdict, others = Verdict.MUST, []
    if len(bills) > 1:
        if book.chance(0.5):
            text += f" {MONTHS[language].split()[homes.month_of(item) - 1]} {item.year}"
        else:
            verdict, others = Verdict.MAY, [in_full([bill]) for bill in bills]
            item = bills[-1]
    payer = homes.own_payer(book, customer)
    if book.chance(0.35):
        payer = homes.relative(book, customer, same_name=False)
    truth = Truth("customer number", verdict, in_full([item]), others=others)
    book.pay(item.open, payer, people.plain(text) if book.chance(0.5) else text, truth)


def bill_number(book: Book) -> None:
    """The number of the bill, by whoever in the family."""
    item = book.rng.choice(homes.with_bills(book))
    payer = homes.own_payer(book, item.customer)
    if book.chance(0.4):
        payer = homes.relative(book, item.customer, same_name=book.chance(0.5))
    written = writing.write_list(book.rng, book.style, item.customer.language, [item]).text
    truth = Truth("bill number", Verdict.MUST, in_full([item]))
    text = writing.dress(book.rng, item.customer.language, written, customer_id=item.customer.id)
    book.pay(item.open, payer, text, truth)


def bill_numbers(book: Book) -> None:
    bills = homes.with_bills(book, book.rng.randint(2, 4))
    written = writing.write_list(book.rng, book.style, bills[0].customer.language, bills).text
    truth = Truth("several bill numbers", Verdict.MUST, in_full(bills))
    payer = homes.own_payer(book, bills[0].customer)
    book.pay(sum(item.open for item in bills), payer, written, truth)


def account_only(book: Book) -> None:
    """The account on file and a sum, nothing else."""
    bills = homes.with_bills(book)
    customer = bills[0].customer
    customer.ibans = customer.ibans or [people.iban(book.rng, customer.country)]
    oldest = bills[-1]
    verdict = Verdict.MUST if len(bills) == 1 else Verdict.MAY
    others = [in_full([bill]) for bill in bills]
    truth = Truth("account and sum", verdict, in_full([oldest]), others=others)
    book.pay(oldest.open, (customer.name, customer.ibans[0]), "", truth)


def instalment(book: Book) -> None:
    """A sixth of a large bill, named."""
    item = homes.with_bills(book, 1)[0]
    item.open = item.original = item.open // 600 * 3600 + 3600
    payer = homes.own_payer(book, item.customer)
    pattern = INSTALMENT[item.customer.language]
    text = pattern.format(n=book.rng.randint(1, 6), ref=item.number)
    truth = Truth("instalment", Verdict.MUST, {item.id: item.open // 6}, tolerates_lacks=True)
    sure = payer[1] in item.customer.ibans
    if not sure:
        truth.verdict = Verdict.MAY
    book.pay(item.open // 6, payer, text, truth)


def reference_part(book: Book) -> None:
    """Less than the slip says: what is paid is booked, the rest stays owed."""
    item = homes.with_bills(book, 1)[0]
    paid = item.open * book.rng.randint(3, 8) // 10
    truth = Truth("part of a slip", Verdict.MUST, {item.id: paid}, tolerates_lacks=True)
    payer = homes.own_payer(book, item.customer)
    book.pay(paid, payer, "", truth, reference=item.reference)


def reference_more(book: Book) -> None:
    """The slip and five euro more: the fee of a reminder, or rounded up."""
    item = homes.with_bills(book, 1)[0]
    over = book.rng.choice([500, 350, -item.open % 500 or 500])
    truth = Truth("more than the slip", Verdict.MUST, in_full([item]), on_account=over)
    payer = homes.own_payer(book, item.customer)
    book.pay(item.open + over, payer, "", truth, reference=item.reference)


def administrator(book: Book) -> None:
    """An administrator pays the bills of several houses at once."""
    group = f"AMM{len(book.customers)}" if book.chance(0.7) else ""
    bills = [homes.with_bills(book, 1, group=group)[0] for _ in range(book.rng.randint(2, 7))]
    name = f"Studio {people.pick(book.rng, people.SURNAMES['it'])} Amministrazioni"
    payer = (name, people.iban(book.rng, "IT"))
    by_customer = book.chance(0.4)
    numbers = [item.customer.id if by_customer else item.number for item in bills]
    text = f"{'codici cliente' if by_customer else 'bollette'} {', '.join(numbers)}"
    cut = len(text) > 140
    truth = Truth(
        "administrator pays for several",
        Verdict.MUST if group and not cut else Verdict.MAY,
        in_full(bills),
    )
    book.pay(sum(item.open for item in bills), payer, text[:140], truth)


def after_returned_debit(book: Book) -> None:
    """The debit came back; the customer pays by transfer."""
    item = homes.with_bills(book)[0]
    words = {
        "it": "pagamento insoluto SDD bolletta", "fr": "suite rejet prélèvement facture",
        "es": "recibo devuelto factura", "de": "Rücklastschrift Rechnung", "en": "returned debit",
    }  # fmt: skip
    text = f"{words[item.customer.language]} {item.number}"
    truth = Truth("after a returned debit", Verdict.MUST, in_full([item]))
    book.pay(item.open, homes.own_payer(book, item.customer), text, truth)


def end_to_end(book: Book) -> None:
    """The number of the bill stands in the end-to-end field."""
    item = homes.with_bills(book)[0]
    truth = Truth("number in end-to-end id", Verdict.MUST, in_full([item]))
    payer = homes.own_payer(book, item.customer)
    book.pay(item.open, payer, "", truth, end_to_end=item.number)


def relative_without_number(book: Book) -> None:
    """A relative's account, no number: the sum is that of many."""
    item = homes.with_bills(book, 1)[0]
    payer = homes.relative(book, item.customer, same_name=True)
    truth = Truth("relative, nothing named", Verdict.NEVER, in_full([item]))
    text = book.rng.choice(["", "bolletta", "luce e gas", "Strom", "facture"])
    book.pay(item.open, payer, text, truth)


def slip_paid_twice(book: Book) -> None:
    item: Item = homes.with_bills(book, 1)[0]
    payer, first = homes.own_payer(book, item.customer), book.day(0, 12)
    truth = Truth("slip paid once", Verdict.MUST, in_full([item]))
    book.pay(item.open, payer, "", truth, day=first, reference=item.reference)
    again = Truth("slip paid twice", Verdict.MAY, on_account=item.open)
    later = first + timedelta(days=7)
    book.pay(item.open, payer, "", again, day=later, reference=item.reference)


def old_slip(book: Book) -> None:
    """The reference of a bill settled long ago; the open bill has the same sum."""
    bills = homes.with_bills(book, 2)
    book.items.remove(bills[1])
    payer = homes.own_payer(book, bills[0].customer)
    truth = Truth("slip of a settled bill", Verdict.MAY, on_account=bills[0].open)
    book.pay(bills[0].open, payer, "", truth, reference=bills[1].reference)


def unknown_payer(book: Book) -> None:
    item = homes.with_bills(book, 1)[0]
    payer = (people.person_name(book.rng, "it"), people.iban(book.rng, "IT"))
    truth = Truth("nobody known", Verdict.NEVER)
    book.pay(item.open, payer, book.rng.choice(["", "pagamento", "bolletta luce"]), truth)


def number_cut(book: Book) -> None:
    """The text ends inside the bill's number; the account is on file and the sum agrees."""
    bills = homes.with_bills(book)
    item, customer = bills[0], bills[0].customer
    customer.ibans = customer.ibans or [people.iban(book.rng, customer.country)]
    limit = book.rng.choice([27, 35])
    before = limit - len(item.number) + book.rng.randint(2, 4)
    words = "pagamento bolletta del servizio gas"[: before - 1]
    text = f"{words} {item.number}"[:limit]
    verdict = Verdict.MUST if len(bills) == 1 else Verdict.MAY
    truth = Truth("number cut", verdict, in_full([item]))
    book.pay(item.open, (customer.name, customer.ibans[0]), text, truth)
