"""The bank files: well formed, adding up, and paying what the letters and records say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from xml.etree import ElementTree as ET

from tests.world.aurora import AS_OF, SPACE, body_of, cents, text_of

from concilia.interfaces.cli.company.workdays import shift_workdays


def balance(root, code):
    for found in root.iter(f"{SPACE}Bal"):
        if text_of(found, "Tp/CdOrPrtry/Cd") == code:
            sign = 1 if text_of(found, "CdtDbtInd") == "CRDT" else -1
            return sign * cents(text_of(found, "Amt"))
    raise AssertionError(code)


def signed(entry):
    sign = 1 if text_of(entry, "CdtDbtInd") == "CRDT" else -1
    return sign * cents(text_of(entry, "Amt"))


class TestStatements:
    def test_sixty_working_days_up_to_yesterday(self, company):
        days = [statement.booking_date for statement in company.statements]
        assert days == [shift_workdays(AS_OF, -n) for n in range(60, 0, -1)]
        assert len({statement.filename for statement in company.statements}) == 60

    def test_closing_is_opening_and_entries_and_the_next_day_goes_on_there(self, company):
        before = None
        for statement in company.statements:
            root = ET.fromstring(statement.content)
            opening, closing = balance(root, "OPBD"), balance(root, "CLBD")
            assert before in (None, opening)
            assert closing == opening + sum(signed(e) for e in root.iter(f"{SPACE}Ntry"))
            before = closing

    def test_references_are_given_once(self, company, bank_entries):
        booked = sum(
            len(list(ET.fromstring(s.content).iter(f"{SPACE}Ntry"))) for s in company.statements
        )
        assert booked == len(bank_entries)

    def test_more_comes_in_as_the_company_grows(self, company, bank_entries):
        incoming = [entry for entry in bank_entries.values() if signed(entry) > 0]
        assert len(incoming) > 400
        days = Counter(text_of(entry, "BookgDt/Dt") for entry in incoming)
        assert max(days.values()) >= 15

    def test_structured_documents_make_up_what_was_paid(self, bank_entries, invoice_totals):
        seen = 0
        for entry in bank_entries.values():
            documents = list(entry.iter(f"{SPACE}Strd"))
            numbered = [d for d in documents if d.find(f"{SPACE}RfrdDocInf") is not None]
            if not numbered:
                continue
            seen += 1
            paid = 0
            for document in numbered:
                assert text_of(document, "RfrdDocInf/Nb") in invoice_totals
                is_credit = text_of(document, "RfrdDocInf/Tp/CdOrPrtry/Cd") == "CREN"
                name = "CdtNoteAmt" if is_credit else "RmtdAmt"
                amount = cents(text_of(document, f"RfrdDocAmt/{name}"))
                paid += -amount if is_credit else amount
            assert paid == signed(entry)
        assert seen > 10

    def test_every_situation_of_the_trade_is_there(self, bank_entries):
        texts = "\n".join("".join(entry.itertext()) for entry in bank_entries.values())
        for words in (
            "BONIFICO SALDO FATTURA",  # two invoices fit equally well
            "ACCREDITO 000812 AGENZIA 14",  # nobody knows who
            "ACCONTO",  # on account
            "PAGO FACTURAS",  # everything due
            "2% SKONTO",
            "FALTAN 3 CAJAS",
            "INSOLUTO SDD",
            "AM04",
        ):
            assert words in texts
        for name in ("Chrgs", "UltmtDbtr", "CdtrRefInf"):
            found = (entry.find(f".//{SPACE}{name}") for entry in bank_entries.values())
            assert any(element is not None for element in found), name


class TestWhatIsPaid:
    def test_short_payments_are_short_by_the_claim(self, company, bank_entries, invoice_totals):
        short = 0
        for story in company.stories:
            is_plain = story.bank_refs and story.state != "DUPLICATE"
            if not is_plain or story.key == "lindner-tagliatelle":
                continue
            paid = signed(bank_entries[story.bank_refs[0]])
            assert paid == invoice_totals[story.invoice_number] - story.claimed, story.key
            short += 1
        assert short >= 10

    def test_three_invoices_two_discounts_and_missing_cartons_in_one_transfer(
        self, company, bank_entries
    ):
        story = next(s for s in company.stories if s.key == "lindner-tagliatelle")
        assert story.claimed == 29_160
        assert signed(bank_entries[story.bank_refs[0]]) == 1_486_165

    def test_an_advice_says_what_arrives_that_day(self, company, bank_entries):
        arrived = defaultdict(set)
        for entry in bank_entries.values():
            arrived[text_of(entry, "BookgDt/Dt")].add(signed(entry))
        advices = [mail for mail in company.mails if mail.key.startswith("advice-")]
        assert len(advices) > 25
        for mail in advices:
            day = mail.key[-10:]
            amounts = re.findall(r"\d[\d.,\u00a0]*[.,]\d\d", body_of(mail))
            told = {int(re.sub(r"\D", "", amount)) for amount in amounts}
            assert told & arrived[day], mail.key

    def test_no_invoice_is_named_as_paid_twice_but_one(self, bank_entries):
        """One customer pays twice by mistake; the generator itself never does."""
        named = Counter(
            number
            for entry in bank_entries.values()
            if signed(entry) > 0
            for number in set(re.findall(r"FT-\d{4}/\d{5}", "".join(entry.itertext())))
        )
        twice = [number for number, count in named.items() if count > 1]
        assert len(twice) <= 3
