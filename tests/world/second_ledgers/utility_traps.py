"""Payments of households that are easily put on the wrong bill, and some that only look so."""

from __future__ import annotations

from tests.world.second_ledgers import households as homes
from tests.world.second_ledgers import people, references
from tests.world.second_ledgers.book import Book
from tests.world.second_ledgers.plain_payers import MONTHS, in_full
from tests.world.second_ledgers.records import Customer, Truth, Verdict
from tests.world.second_ledgers.utility_payers import CUSTOMER_WORDS


def on_file(book: Book, customer: Customer) -> tuple[str, str]:
    customer.ibans = customer.ibans or [people.iban(book.rng, customer.country)]
    return customer.name, customer.ibans[0]


def number_of(book: Book, customer: Customer) -> str:
    return f"{book.rng.choice(CUSTOMER_WORDS[customer.language])} {customer.id}"


def daughter_pays_for_mother(book: Book) -> None:
    """Both are customers and owe the same; the text has the mother's number."""
    own = homes.with_bills(book, 1)[0]
    mothers = homes.bill(book, homes.household(book), own.open, homes.MONTHS_OPEN[0])
    text = number_of(book, mothers.customer)
    truth = Truth("pays for a relative", Verdict.MAY, in_full([mothers]))
    book.pay(own.open, on_file(book, own.customer), text, truth)


def wrong_customer_number(book: Book) -> None:
    """One digit is wrong: the number is another household's, which may owe the same."""
    item = homes.with_bills(book, 1)[0]
    other = homes.household(book)
    homes.bill(book, other, item.open if book.chance(0.5) else homes.monthly_sum(book), (2026, 3))
    text = number_of(book, other)
    truth = Truth("another's customer number", Verdict.MAY, in_full([item]))
    book.pay(item.open, on_file(book, item.customer), text, truth)


def customer_number_alone(book: Book) -> None:
    """The number without a word for it, by the customer."""
    item = homes.with_bills(book, 1)[0]
    known = book.chance(0.5)
    payer = on_file(book, item.customer) if known else homes.own_payer(book, item.customer)
    verdict = Verdict.MUST if known else Verdict.MAY
    truth = Truth("customer number, no word", verdict, in_full([item]))
    book.pay(item.open, payer, item.customer.id, truth)


def telephone_number(book: Book) -> None:
    """A stranger's telephone number is a customer's number; the sums may agree."""
    item = homes.with_bills(book, 1)[0]
    payer = (people.person_name(book.rng, "it"), people.iban(book.rng, "IT"))
    truth = Truth("telephone number", Verdict.NEVER)
    book.pay(item.open, payer, f"tel {item.customer.id}", truth)


def street_with_month(book: Book) -> None:
    """`Via 4 Novembre` is no month: of several equal bills nobody knows which."""
    bills = homes.with_bills(book, 4)
    customer = bills[0].customer
    street = book.rng.choice(["Via 4 Dicembre 12", "Via XX Febbraio", "rue du 1 mars"])
    truth = Truth(
        "street with a month",
        Verdict.MAY,
        in_full([bills[-1]]),
        others=[in_full([bill]) for bill in bills[:-1]],
    )
    book.pay(bills[0].open, on_file(book, customer), street, truth)


def names_two_months(book: Book) -> None:
    """`gennaio-febbraio 2026`, for two of four equal bills."""
    bills = homes.with_bills(book, 4)
    customer = bills[0].customer
    names = MONTHS[customer.language].split()
    pair = bills[1:3]
    text = f"{names[0]}{book.rng.choice(['-', ' ', '/', ' + '])}{names[1]} 2026"
    truth = Truth("names two months", Verdict.MUST, in_full(pair))
    book.pay(sum(bill.open for bill in pair), on_file(book, customer), text, truth)


def month_that_is_paid(book: Book) -> None:
    """The month named was paid before; the bill of another month has the same sum."""
    bills = homes.with_bills(book, 2)
    book.items.remove(bills[1])
    name = MONTHS[bills[0].customer.language].split()[1]
    truth = Truth("month that is paid", Verdict.MAY, on_account=bills[0].open)
    text = f"{number_of(book, bills[0].customer)} {name} 2026"
    book.pay(bills[0].open, on_file(book, bills[0].customer), text, truth)


def two_instalments(book: Book) -> None:
    """Two equal parts of one bill, a month apart: no duplicate."""
    item = homes.with_bills(book, 1)[0]
    item.open = item.original = item.open // 600 * 3600 + 3600
    payer = on_file(book, item.customer)
    for number, day in ((1, book.day(0, 5)), (2, book.day(20))):
        text = f"rata {number}/6 bolletta {item.number}"
        truth = Truth(
            "two instalments", Verdict.MUST, {item.id: item.open // 6}, tolerates_lacks=True
        )
        book.pay(item.open // 6, payer, text, truth, day=day)


def takes_off_credit(book: Book) -> None:
    """A bill less the credit of the yearly settlement, both named."""
    item = homes.with_bills(book, 1)[0]
    credit = homes.bill(book, item.customer, -max(item.open // 3, 500), (2026, 2))
    credit.kind = "credit_note"
    credit.number = references.document_number(
        book.style, "credit_note", credit.issued, credit.core
    )
    truth = Truth("bill less credit", Verdict.MUST, in_full([item, credit]))
    text = f"bolletta {item.number} - NC {credit.number}"
    book.pay(item.open + credit.open, homes.own_payer(book, item.customer), text, truth)


def reference_cut(book: Book) -> None:
    """The bank cut the text inside the reference; a stranger's account, a sum of many."""
    item = homes.with_bills(book, 1)[0]
    lead = "pagamento bolletta luce riferimento"[: 35 - len(item.reference) // 2]
    text = f"{lead} {item.reference}"[:35]
    payer = homes.relative(book, item.customer, same_name=False)
    truth = Truth("reference cut, stranger", Verdict.NEVER, in_full([item]))
    book.pay(item.open, payer, text, truth)


def fee_of_returned_debit(book: Book) -> None:
    """The bill and the bank's fee for the debit that came back."""
    item = homes.with_bills(book, 1)[0]
    truth = Truth("with the fee of a return", Verdict.MUST, in_full([item]), on_account=350)
    text = f"insoluto bolletta {item.number} + spese 3,50"
    book.pay(item.open + 350, homes.own_payer(book, item.customer), text, truth)
