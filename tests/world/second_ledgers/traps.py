"""Payments that invite a wrong posting."""

from __future__ import annotations

from datetime import timedelta

from tests.world.second_ledgers import clerk, payers, people, writing
from tests.world.second_ledgers.book import Book
from tests.world.second_ledgers.plain_payers import in_full
from tests.world.second_ledgers.records import Truth, Verdict


def nobody(book: Book) -> tuple[str, str]:
    return payers.stranger(book)


def misleading_number(book: Book) -> None:
    """A telephone number, date, postal code or IBAN in the text is another customer's invoice."""
    customer, other = book.customer(), book.customer()
    items = book.stock(customer, 1, 4)
    foreign = book.item(other)
    core = f"{foreign.core}"
    text = book.rng.choice(
        [
            f"tel 02 {core} {book.rng.randint(10, 99)}",
            f"valuta {foreign.issued:%d%m%Y} conto {core}",
            f"Via Roma {core}",
            f"rif. interno {core}",
            f"{people.iban(book.rng, customer.country)[:12]} {core}",
        ]
    )
    verdict = clerk.judge_sum(items, items[0].open)
    truth = Truth("misleading number", verdict, in_full(items[:1]))
    book.pay(items[0].open, payers.known(book, customer), text, truth)


def named_beside_misleading(book: Book) -> None:
    """The right number, and a date that is also somebody's invoice number."""
    customer, other = book.customer(), book.customer()
    item = book.stock(customer, 1, 4)[0]
    foreign = book.item(other)
    language = customer.language
    text = writing.write_list(book.rng, book.style, language, [item]).text
    text += book.rng.choice(
        [f" del {item.issued:%d/%m/%Y}", f" {foreign.core}", f" {item.issued:%Y%m%d}"]
    )
    truth = Truth("right and misleading number", Verdict.MUST, in_full([item]))
    book.pay(item.open, payers.known(book, customer), text, truth)


def same_sum_twice(book: Book) -> None:
    """Two items of one sum, nothing named."""
    customer = book.customer()
    first = book.item(customer)
    twin = book.item(customer, first.open)
    truth = Truth(
        "two items of one sum",
        Verdict.NEVER,
        in_full([first]),
        others=[in_full([twin])],
    )
    book.pay(first.open, payers.known(book, customer), "", truth)


def several_sums(book: Book) -> None:
    """A + B = C + D, nothing named."""
    customer = book.customer()
    first, second, third = (book.item(customer) for _ in range(3))
    total = first.open + second.open
    if third.open >= total:
        return
    book.item(customer, total - third.open)
    truth = Truth("two sets of one sum", Verdict.NEVER, in_full([first, second]))
    book.pay(total, payers.known(book, customer), "", truth)


def same_name_twice(book: Book) -> None:
    """Two customers of one name owe the same; the account is new."""
    customer = book.customer()
    namesake = book.customer(customer.country, name=customer.name)
    item = book.item(customer)
    book.item(namesake, item.open)
    truth = Truth("two customers of one name", Verdict.NEVER, in_full([item]))
    book.pay(item.open, payers.by_name(book, customer), "", truth)


def stranger_with_our_sum(book: Book) -> None:
    """Money for somebody else; the sum is one of ours, the number is foreign."""
    customer = book.customer()
    item = book.item(customer)
    text = book.rng.choice(
        ["Rechnung 88-7741 Fa. Huber", "affitto marzo", "loyer mars", "invoice A-17"]
    )
    truth = Truth("meant for another company", Verdict.NEVER)
    book.pay(item.open, nobody(book), text, truth)


def stranger_names_core(book: Book) -> None:
    """A stranger's text has a bare number that is one of ours; the sum is not."""
    item = book.item(book.customer())
    text = f"invoice {item.core}"
    truth = Truth("stranger's own number", Verdict.NEVER)
    book.pay(item.open + book.rng.randint(500, 90_000), nobody(book), text, truth)


def settled_before(book: Book) -> None:
    """Pays again what is no longer open; another item has the same sum, as rents do."""
    customer = book.customer()
    old = book.issue_day() - timedelta(days=60)
    settled = book.item(customer, issued=old)
    book.items.remove(settled)
    newer = book.item(customer, settled.open) if book.chance(0.6) else book.item(customer)
    if sum(a != b for a, b in zip(newer.number, settled.number, strict=False)) <= 1:
        return  # who can tell this from one wrong digit?
    text = writing.write_list(book.rng, book.style, customer.language, [settled]).text
    truth = Truth("already settled", Verdict.MAY, on_account=settled.open)
    book.pay(settled.open, payers.known(book, customer), text, truth)


def pays_twice(book: Book) -> None:
    """The same transfer again some days later."""
    customer = book.customer()
    item = book.stock(customer, 1, 4)[0]
    text = writing.write_list(book.rng, book.style, customer.language, [item]).text
    payer, first = payers.known(book, customer), book.day(0, 14)
    again = first + timedelta(days=7)
    truth = Truth("paid once", Verdict.MUST, in_full([item]))
    book.pay(item.open, payer, text, truth, day=first)
    twice = Truth("paid twice", Verdict.MAY, on_account=item.open)
    book.pay(item.open, payer, text, twice, day=again)


def wrong_digit(book: Book) -> None:
    """One digit of the number is wrong; the payer and the sum are right."""
    customer = book.customer()
    items = book.stock(customer, 1, 5)
    number = items[0].number
    core = str(items[0].core)
    at = number.rindex(core) + book.rng.randrange(1, len(core))
    digit = book.rng.choice([digit for digit in "0123456789" if digit != number[at]])
    wrong = number[:at] + digit + number[at + 1 :]
    is_other_own = any(item.number == wrong for item in items)
    verdict = clerk.judge_sum(items, items[0].open)
    if is_other_own or any(item.number == wrong for item in book.items):
        verdict = Verdict.MAY
    text = f"{writing.WORDS[customer.language][0]} {wrong}"
    book.pay(
        items[0].open,
        payers.known(book, customer),
        text,
        Truth("one wrong digit", verdict, in_full(items[:1])),
    )


def wrong_year(book: Book) -> None:
    """The year before stands beside the number, as in January; payer and sum are right."""
    customer = book.customer()
    items = book.stock(customer, 1, 5)
    item = items[0]
    if book.style in writing.SELF_CONTAINED:
        return  # these numbers are written without their year
    if any(other.core == item.core and other is not item for other in book.items):
        return
    word = writing.WORDS[customer.language][0]
    truth = Truth("wrong year", clerk.judge_sum(items, item.open), in_full([item]))
    text = f"{word} {item.core}/{item.year - 1}"
    book.pay(item.open, payers.known(book, customer), text, truth)


def pays_for_another(book: Book) -> None:
    """A full number and the exact sum of another customer's invoice."""
    payer, debtor = book.customer(), book.customer()
    book.stock(payer, 1, 3)
    item = book.item(debtor)
    truth = Truth("pays for another", Verdict.MAY, in_full([item]))
    book.pay(item.open, payers.known(book, payer), f"{item.number}", truth)


def pays_out_of_card_sales(book: Book) -> None:
    """A payout of a card company: many customers, no list."""
    amount = book.amount(100_000, 3_000_000)
    payer = (
        book.rng.choice(["NEXI PAYMENTS", "STRIPE", "PAYPAL EUROPE"]),
        people.iban(book.rng, "IT"),
    )
    text = f"PAYOUT {book.rng.randint(10**7, 10**8)}"
    book.pay(amount, payer, text, Truth("payout without list", Verdict.NEVER))


def sum_but_unknown_number(book: Book) -> None:
    """The payer's one item has this sum, but the number named is of no series of ours."""
    customer = book.customer()
    items = book.stock(customer, 1, 3)
    own = f"{book.rng.randint(100, 999)}-{book.rng.randint(10, 99)}"
    text = f"{writing.OWN_REFERENCES[customer.language]} {own}"
    verdict = clerk.judge_sum(items, items[0].open)
    truth = Truth("own number beside the sum", verdict, in_full(items[:1]))
    book.pay(items[0].open, payers.known(book, customer), text, truth)
