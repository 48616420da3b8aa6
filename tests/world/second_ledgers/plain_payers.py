"""Firms that pay in full what they name, or what can be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tests.world.second_ledgers import clerk, payers, writing
from tests.world.second_ledgers.book import Book
from tests.world.second_ledgers.records import Customer, Item, Truth, Verdict

MONTHS = {
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
STATEMENTS = {
    "it": ["saldo fatture {month} {year}", "estratto conto {month} {year}"],
    "fr": ["relevé {month} {year}", "factures {month} {year}"],
    "es": ["facturas {month} {year}", "extracto {month} {year}"],
    "de": ["Rechnungen {month} {year}", "Kontoauszug {month} {year}"],
    "en": ["statement {month} {year}", "invoices {month} {year}"],
}
BALANCES = {
    "it": "saldo estratto conto", "fr": "solde de compte", "es": "saldo cuenta",
    "de": "Saldo laut Kontoauszug", "en": "account balance as per statement",
}  # fmt: skip
ORDERS = {
    "it": ["vs ordine", "ordine n."], "fr": ["commande", "cde"], "es": ["pedido", "s/pedido"],
    "de": ["Bestellung", "Best.-Nr."], "en": ["order", "PO"],
}  # fmt: skip
DELIVERIES = {"it": "DDT", "fr": "BL", "es": "albarán", "de": "Lieferschein", "en": "delivery note"}


def in_full(items: Sequence[Item]) -> dict[str, int]:
    return {item.id: item.open for item in items}


def pays_named(book: Book, behaviour: str, customer: Customer, items: Sequence[Item]) -> None:
    payer, sure = payers.anyhow(book, customer)
    written = writing.write_list(book.rng, book.style, customer.language, items)
    # Bare running numbers of a payer who is not surely known are no proof.
    verdict = Verdict.MUST if sure or not written.is_bare else Verdict.MAY
    truth = Truth(behaviour, verdict, in_full(items))
    text = writing.glue(written.text) if book.chance(0.05) else written.text
    text = writing.dress(book.rng, customer.language, text, customer_id=customer.id)
    book.pay(sum(item.open for item in items), payer, text, truth)


def names_one(book: Book) -> None:
    customer = book.customer()
    items = book.stock(customer, 1, 8)
    pays_named(book, "names one", customer, items[:1])


def names_many(book: Book) -> None:
    customer = book.customer()
    items = book.stock(customer, 3, 16)
    pays_named(book, "names many", customer, items[: book.rng.randint(2, min(8, len(items)))])


def nets_credit_note(book: Book) -> None:
    customer = book.customer()
    items = [book.item(customer, book.amount(60_000)) for _ in range(book.rng.randint(2, 6))]
    credit = book.item(customer, kind="credit_note")
    chosen = items[: book.rng.randint(1, 3)]
    pays_named(book, "nets a credit note", customer, [*chosen, credit])


def names_amounts(book: Book) -> None:
    """Dates or amounts stand beside the numbers."""
    customer = book.customer()
    items = book.stock(customer, 2, 8)[:3]
    text = writing.write_amounts(book.rng, customer.language, items)
    payer = payers.anyhow(book, customer)[0]
    truth = Truth("numbers with dates or amounts", Verdict.MUST, in_full(items))
    book.pay(sum(item.open for item in items), payer, text, truth)


def names_in_field(book: Book) -> None:
    """The field for references holds the number of the invoice."""
    customer = book.customer()
    item = book.stock(customer, 1, 6)[0]
    truth = Truth("number in the field", Verdict.MUST, in_full([item]))
    payer = payers.known(book, customer)
    book.pay(item.open, payer, "", truth, reference=item.number)


def nets_unnamed_credit(book: Book) -> None:
    """Only the invoice is named; what is missing is the one credit note there is."""
    customer = book.customer()
    item = book.item(customer, book.amount(60_000))
    credit = book.item(customer, kind="credit_note")
    text = writing.write_list(book.rng, book.style, customer.language, [item]).text
    truth = Truth("nets a credit note unnamed", Verdict.MUST, in_full([item, credit]))
    book.pay(item.open + credit.open, payers.known(book, customer), text, truth)


def pays_in_halves(book: Book) -> None:
    """Two payments name one invoice and together are it."""
    customer = book.customer()
    item = book.stock(customer, 1, 5)[0]
    first, payer = item.open // 2, payers.known(book, customer)
    for number, amount in enumerate((first, item.open - first)):
        text = writing.write_list(book.rng, book.style, customer.language, [item]).text
        truth = Truth("pays in halves", Verdict.MUST, {item.id: amount})
        day = book.day(0, 10) if not number else book.day(14)
        book.pay(amount, payer, text, truth, day=day)


def shortens_run(book: Book) -> None:
    customer = book.customer()
    book.stock(customer, 1, 6)
    run = book.run_of_items(customer, book.rng.randint(3, 8))
    text = writing.write_shortened(book.rng, customer.language, run)
    truth = Truth("shortens a run", Verdict.MUST, in_full(run))
    text = writing.dress(book.rng, customer.language, text)
    book.pay(sum(item.open for item in run), payers.known(book, customer), text, truth)


def text_is_cut(book: Book) -> None:
    """The bank keeps 27, 35 or 140 characters; the sum tells the rest, or does not."""
    customer = book.customer()
    items = book.stock(customer, 6, 16)
    chosen = items[: book.rng.randint(3, len(items))]
    written = writing.write_list(book.rng, book.style, customer.language, chosen)
    limits = [limit for limit in (27, 35, 70, 140) if limit < len(written.text)]
    if limits:
        written = written.cut(book.rng.choice(limits))
    legible = [item for item in chosen if item.id in written.ends]
    others = [item for item in items if item.id not in written.ends]
    amount = sum(item.open for item in chosen)
    hidden = len(legible) < len(chosen)
    verdict = clerk.judge_rest(legible, others, amount) if hidden else Verdict.MUST
    if verdict is Verdict.NEVER:
        verdict = Verdict.MAY  # the piece of the next number can decide
    truth = Truth("text is cut", verdict, in_full(chosen))
    book.pay(amount, payers.known(book, customer), written.text, truth)


def names_order(book: Book) -> None:
    customer = book.customer()
    item = book.item(customer)
    book.stock(customer, 1, 5)
    item.order = item.order or f"45{book.rng.randint(10_000_000, 99_999_999)}"
    word, number = book.rng.choice(ORDERS[customer.language]), item.order
    if item.delivery and book.chance(0.3):
        word, number = DELIVERIES[customer.language], item.delivery
    text = writing.dress(book.rng, customer.language, f"{word} {number}")
    truth = Truth("names the order", Verdict.MUST, in_full([item]))
    book.pay(item.open, payers.known(book, customer), text, truth)


def names_nothing(book: Book) -> None:
    """Only the account and the sum."""
    customer = book.customer()
    items = book.stock(customer, 1, 10)
    chosen = items[: 1 if book.chance(0.7) else book.rng.randint(1, min(4, len(items)))]
    amount = sum(item.open for item in chosen)
    verdict = clerk.judge_sum(items, amount)
    text = book.rng.choice(["", "", writing.THANKS[customer.language][0], "NOTPROVIDED"])
    truth = Truth("names nothing", verdict, in_full(chosen))
    book.pay(amount, payers.known(book, customer), text, truth)


def name_and_sum(book: Book) -> None:
    """A new account, the exact name and a sum that one item has."""
    customer = book.customer()
    items = book.stock(customer, 1, 4)
    verdict = clerk.judge_sum(items, items[0].open)
    truth = Truth("name and sum", verdict, in_full(items[:1]))
    book.pay(items[0].open, payers.by_name(book, customer), "", truth)


def pays_oldest(book: Book) -> None:
    customer = book.customer()
    items = sorted(book.stock(customer, 3, 12), key=lambda item: item.due)
    chosen = items[: book.rng.randint(2, min(5, len(items)))]
    amount = sum(item.open for item in chosen)
    truth = Truth("pays the oldest", clerk.judge_sum(items, amount), in_full(chosen))
    book.pay(amount, payers.known(book, customer), "", truth)


def pays_month(book: Book) -> None:
    """All invoices and credit notes of one month."""
    customer = book.customer()
    items = book.stock(customer, 6, 30)
    if book.chance(0.6):
        items.append(book.item(customer, kind="credit_note"))
    month = (items[0].issued.year, items[0].issued.month)
    chosen = [item for item in items if (item.issued.year, item.issued.month) == month]
    amount = sum(item.open for item in chosen)
    if amount <= 0:
        return
    name = MONTHS[customer.language].split()[month[1] - 1]
    pattern = book.rng.choice(STATEMENTS[customer.language])
    text = pattern.format(month=name, year=month[0])
    by_due = [item for item in items if (item.due.year, item.due.month) == month]
    rival = by_due != chosen and sum(item.open for item in by_due) == amount
    truth = Truth("pays a month", Verdict.NEVER if rival else Verdict.MUST, in_full(chosen))
    text = writing.dress(book.rng, customer.language, text)
    book.pay(amount, payers.known(book, customer), text, truth)


def pays_balance(book: Book) -> None:
    """Everything that is open, or everything due at the end of the month before."""
    customer = book.customer()
    items = book.stock(customer, 4, 30)
    items += [book.item(customer, kind="credit_note") for _ in range(book.rng.randint(0, 2))]
    whole, day = book.chance(0.5), book.day()
    last = max(item.due for item in items) if whole else day.replace(day=1) - timedelta(1)
    chosen = [item for item in items if item.due <= last]
    amount = sum(item.open for item in chosen)
    if amount <= 0 or len(chosen) < 2:
        return
    text = BALANCES[customer.language] + ("" if whole else f" {last:%d.%m.%Y}")
    truth = Truth("pays the balance", Verdict.MUST, in_full(chosen))
    book.pay(amount, payers.known(book, customer), text, truth, day=day)


def pays_on_account(book: Book) -> None:
    """A round sum, no document."""
    customer = book.customer()
    items = book.stock(customer, 2, 6)
    amount = book.rng.randint(3, 60) * 10_000
    total = sum(item.open for item in items)
    if amount > total or clerk.count_sets([item.open for item in items], amount):
        return
    word = {"it": "acconto", "fr": "acompte", "es": "a cuenta", "de": "a conto", "en": "on account"}
    truth = Truth("on account", Verdict.MAY, on_account=amount)
    book.pay(amount, payers.known(book, customer), word[customer.language], truth)


def pays_too_much(book: Book) -> None:
    customer = book.customer()
    items = book.stock(customer, 1, 5)
    amount = -(-items[0].open // 1000) * 1000 + 1000 * book.rng.randint(0, 3)
    over = amount - items[0].open
    rest = [item.open for item in items[1:]]
    if not over or clerk.count_sets(rest, over):
        return
    written = writing.write_list(book.rng, book.style, customer.language, items[:1])
    # Much too much is asked about, and a text as long as banks allow may have named more.
    is_sure = over * 2 < items[0].open and len(written.text) not in {27, 35, 70, 140}
    verdict = Verdict.MUST if is_sure else Verdict.MAY
    truth = Truth("pays too much", verdict, in_full(items[:1]), on_account=over)
    book.pay(amount, payers.known(book, customer), written.text, truth)


def pays_cash(book: Book) -> None:
    """A deposit at a counter: no account, no name of the payer."""
    customer = book.customer()
    items = book.stock(customer, 1, 4)
    desk = f"VERSAMENTO CONTANTI SPORT. {book.rng.randint(100, 999)}"
    payer = (book.rng.choice([desk, "", "CASH DEPOSIT", "BAREINZAHLUNG"]), "")
    if book.chance(0.5):
        truth = Truth("cash with nothing", Verdict.NEVER, in_full(items[:1]))
        book.pay(items[0].open, payer, book.rng.choice(["", "versamento"]), truth)
        return
    text = f"{customer.name} {items[0].number}"
    truth = Truth("cash with a number", Verdict.MUST, in_full(items[:1]))
    book.pay(items[0].open, payer, text, truth)
