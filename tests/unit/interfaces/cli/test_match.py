"""`concilia match` as interfaces.md promises it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from concilia.interfaces.cli import main
from concilia.interfaces.cli.match_run import decimal

CUSTOMERS = """customer_id,name,payer_group,ibans,vat_number,email_domains
C1,Rossi Alimentari Srl,,IT60X0542811101000000123456,IT01234567890,rossi.example
C2,Müller GmbH,,,,
"""
ITEMS = (
    "item_id,customer_id,document_kind,document_number,order_number,delivery_number,issue_date,"
    "due_date,currency,original_amount,open_amount,disputed_amount,discount_percent,"
    "discount_until,structured_reference\n"
    "I1,C1,invoice,FT2026/001234,,,2026-02-01,2026-03-03,EUR,1220.00,1220.00,0.00,,,\n"
    "I2,C1,credit_note,NC2026/000077,,,2026-02-01,2026-03-03,EUR,-50.00,-50.00,0.00,,,\n"
    "I3,C1,invoice,FT2026/001240,,,2026-02-01,2026-03-03,JPY,5000,5000,0,2.00,2026-04-01,\n"
)
PAYMENTS = (
    "payment_id,booking_date,value_date,currency,amount,payer_name,payer_iban,remittance_text,"
    "structured_reference,end_to_end_id\n"
    'P1,2026-03-31,2026-03-31,EUR,1098.00,ROSSI,IT60X0542811101000000123456,"FT 2026/1234, '
    'manca 1 collo",,\n'
    "P2,2026-03-31,2026-03-31,JPY,4900,ROSSI ALIMENTARI,,FT2026/001240,,\n"
)

CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id><Acct><Id><IBAN>IT60X0542811101000000999999</IBAN>
</Id><Ccy>EUR</Ccy></Acct><Ntry><Amt Ccy="EUR">1098.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-31</Dt></BookgDt><ValDt><Dt>2026-03-31</Dt></ValDt>
<AcctSvcrRef>B77</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
<Amt Ccy="EUR">1098.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>Rossi</Nm></Pty>
</Dbtr><DbtrAcct><Id><IBAN>IT60X0542811101000000123456</IBAN></Id></DbtrAcct></RltdPties><RmtInf>
<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>FT2026/001234</Nb></RfrdDocInf>
<RfrdDocAmt><DuePyblAmt Ccy="EUR">1220.00</DuePyblAmt><AdjstmntAmtAndRsn>
<Amt Ccy="EUR">122.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Rsn>06</Rsn></AdjstmntAmtAndRsn>
<RmtdAmt Ccy="EUR">1098.00</RmtdAmt></RfrdDocAmt></Strd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt>
</BkToCstmrStmt></Document>
"""


@pytest.fixture
def match(tmp_path, capsys):
    def run(*, customers=CUSTOMERS, items=ITEMS, payments=PAYMENTS, more=()):
        words = ["match"]
        files = {"customers": customers, "open-items": items, "payments": payments}
        for name, content in files.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(content, encoding="utf-8")
            words += [f"--{name}", str(path)]
        code = main([*words, *more])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return run


class TestMatch:
    def test_one_object_for_each_payment_in_input_order(self, match):
        code, answers, err = match()

        assert (code, err) == (0, "")
        assert answers[0] == {
            "payment_id": "P1",
            "status": "posted",
            "rule": "M4",
            "confidence": 0.97,
            "customer_id": "C1",
            "allocations": [
                {"item_id": "I1", "applied": "1098.00", "discount": "0.00", "writeoff": "0.00"}
            ],
            "deductions": [{"item_id": "I1", "amount": "122.00", "reason": "NC-01"}],
            "on_account": "0.00",
            "explanation": (
                "The text names FT2026/001234. 122.00 EUR is missing, for “manca”: deduction NC-01."
            ),
            "alternatives": [],
        }

    def test_amounts_have_the_currencys_decimals(self, match):
        _, answers, _ = match()

        assert answers[1]["allocations"] == [
            {"item_id": "I3", "applied": "4900", "discount": "100", "writeoff": "0"}
        ]

    def test_explains_in_the_clerks_language(self, match):
        _, answers, _ = match(more=["--language", "it"])

        assert answers[0]["explanation"].startswith("La causale indica FT2026/001234.")

    def test_writes_to_a_file(self, match, tmp_path):
        out = tmp_path / "out.jsonl"

        _, printed, _ = match(more=["--out", str(out)])

        assert printed == []
        assert len(out.read_text().splitlines()) == 2

    def test_the_same_input_gives_the_same_bytes(self, match, tmp_path):
        written = []
        for name in ("a", "b"):
            match(more=["--out", str(tmp_path / name)])
            written.append((tmp_path / name).read_bytes())

        assert written[0] == written[1]

    def test_several_processes_answer_and_complain_the_same(self, match, tmp_path):
        items = ITEMS + "I4,C1,thing,1,,,,,EUR,1.00,1.00,,,,\nI5,C9,invoice,A\n"
        items += 'I6,C9,invoice,"A\nB 77345",PO-77345,,,,EUR,9.00,9.00,,,,\n'
        payments = (
            PAYMENTS + "P3,2026-03-31,,EUR,9.00,NOBODY,,ORDER PO77345,,\nP4,,,EUR,1.00,,,,,\n"
        )
        results = []
        for workers in ("1", "2", "3"):
            code, _, told = match(
                items=items,
                payments=payments,
                more=["--workers", workers, "--out", str(tmp_path / workers)],
            )
            results.append((code, told, (tmp_path / workers).read_bytes()))

        assert results[0] == results[1] == results[2]
        code, told, written = results[0]
        assert code == 1
        assert [line.split(":")[1] for line in told.splitlines()[:3]] == [
            " open-items.csv, line 5",
            " open-items.csv, line 6",
            " payments.csv, line 5",
        ]
        assert json.loads(written.splitlines()[2])["allocations"][0]["item_id"] == "I6"

    @pytest.mark.parametrize("workers", ["1", "2"])
    def test_an_id_that_comes_again_much_later_is_left_out(self, match, workers):
        line = ITEMS.splitlines()[1]
        many = "".join(line.replace("I1", f"I{10 + row}") + "\n" for row in range(2_000))

        items = f"{ITEMS}{many}{line}\n"
        code, answers, told = match(items=items, more=["--workers", workers])

        assert code == 1
        assert told.count("item_id I1 is already on another line") == 1
        assert "line 2005: this open item was left out" in told
        assert [answer["payment_id"] for answer in answers] == ["P1", "P2"]

    def test_open_items_that_cannot_be_read_are_one_sentence_from_any_process(self, match):
        for workers in ("1", "2"):
            code, answers, told = match(items="item_id\n", more=["--workers", workers])

            assert (code, answers) == (1, [])
            assert told.count("\n") == 1
            assert "the header has no column customer_id" in told

    def test_columns_are_found_by_name_and_other_delimiters_too(self, match):
        payments = (
            "amount;currency;payment_id;booking_date;value_date;comment\n"
            "1220.00;EUR;P9;2026-03-31;;hello\n"
        )

        code, answers, _ = match(payments=payments)

        assert code == 0
        assert answers[0]["payment_id"] == "P9"

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("P7,2026-02-30,,EUR,1.00,,,,,", "booking_date: “2026-02-30” is not a date"),
            ("P7,2026-03-31,,EUR,1.5e3,,,,,", "amount: '1.5e3' is not an amount"),
            ("P7,2026-03-31,,EURO,1.00,,,,,", "'EURO' is not a currency code"),
            ("P7,2026-03-31", "has 2 cells, 10 are needed"),
            ("P1,2026-03-31,,EUR,1.00,,,,,", "payment_id P1 is already on another line"),
        ],
    )
    def test_a_bad_payment_is_answered_with_an_error(self, match, row, said):
        code, answers, err = match(payments=PAYMENTS + row + "\n")

        assert code == 1
        assert [answer["status"] for answer in answers] == ["posted", "posted", "unmatched"]
        assert said in answers[2]["error"]
        assert "payments.csv, line 4: " in err
        assert said in err

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("I9,C1,bill,X,,,,,EUR,1.00,1.00,,,,", "document_kind: “bill”"),
            ("I9,C1,invoice,X,,,,,EUR,1.00,-1.00,,,,", "open_amount of a invoice is positive"),
            ("I9,C1,invoice,X,,,,,EUR,1.00,abc,,,,", "open_amount"),
            ("I9,C1,invoice,X,,,,,EUR,1.00,1.00,,200,,", "discount_percent"),
            ("I1,C1,invoice,X,,,,,EUR,1.00,1.00,,,,", "item_id I1 is already on another line"),
        ],
    )
    def test_a_bad_item_is_left_out_and_the_rest_goes_on(self, match, row, said):
        code, answers, err = match(items=ITEMS + row + "\n")

        assert code == 1
        assert answers[0]["status"] == "posted"
        assert "open-items.csv, line 5: " in err
        assert said in err

    def test_many_bad_rows_are_counted(self, match):
        _, _, err = match(payments=PAYMENTS + "x\n" * 50)

        assert "payments.csv: 30 more rows could not be read." in err

    def test_a_file_without_its_columns(self, match):
        code, answers, err = match(payments="a,b\n1,2\n")

        assert (code, answers) == (1, [])
        assert "the header has no column payment_id" in err

    def test_no_such_file(self, match):
        code, _, err = match(more=["--payments", "nowhere.csv"])

        assert code == 1
        assert "nowhere.csv: No such file or directory." in err

    def test_wrong_usage(self):
        with pytest.raises(SystemExit) as stop:
            main(["match", "--customers", "x"])

        assert stop.value.code == 2

    def test_customers_of_items_that_are_not_on_file(self, match):
        code, answers, err = match(customers=CUSTOMERS.splitlines()[0] + "\n")

        assert code == 0
        assert "1 customers of open items are not in the customer file: C1" in err
        assert answers[0]["status"] != "posted"

    def test_empty_files(self, match):
        code, answers, _ = match(
            items=ITEMS.splitlines()[0] + "\n", payments=PAYMENTS.splitlines()[0] + "\n"
        )

        assert (code, answers) == (0, [])

    def test_remittances(self, match, tmp_path):
        path = tmp_path / "remittances.csv"
        path.write_text(
            "remittance_id,payer_name,payer_iban,date,currency,total,line,document_number,gross,"
            "discount,deduction,reason_text,net\n"
            "RA1,Rossi,IT60X0542811101000000123456,2026-03-30,EUR,1098.00,1,FT2026/001234,1220.00,"
            "0.00,122.00,merce danneggiata,1098.00\n"
            "RA2,Rossi,,soon,EUR,1.00,1,X,1.00,,,,\n"
        )

        code, answers, err = match(more=["--remittances", str(path)])

        assert code == 1
        assert "date: “soon” is not a date" in err
        assert (answers[0]["rule"], answers[0]["deductions"][0]["reason"]) == ("M3", "NC-05")


class TestDecimal:
    @pytest.mark.parametrize(
        ("minor", "exponent", "text"),
        [(0, 2, "0.00"), (-5, 2, "-0.05"), (123450, 2, "1234.50"), (7, 0, "7"), (1, 3, "0.001")],
    )
    def test_is_exact(self, minor, exponent, text):
        assert decimal(minor, exponent) == text
        assert Decimal(text).scaleb(exponent) == minor


class TestBankFiles:
    def test_mt940_is_read_directly(self, match, tmp_path):
        statement = tmp_path / "bank.sta"
        statement.write_text(
            ":20:STARTUMS\n:25:12345678/1234567890\n:28C:00001/001\n:60F:C260330EUR100,00\n"
            ":61:2603310331CR1098,00NTRFNONREF//B4711\n"
            ":86:166?00GUTSCHRIFT?20FT 2026/1234 manca 1 collo?32ROSSI ALIMENTARI SRL\n"
            ":62F:C260331EUR1198,00\n-\n"
        )

        code, answers, _ = match(more=["--payments", str(statement)])

        assert code == 0
        assert (answers[0]["payment_id"], answers[0]["status"]) == ("B4711", "posted")
        assert answers[0]["deductions"][0]["reason"] == "NC-01"

    def test_camt_is_read_directly_with_its_structured_remittance(self, match, tmp_path):
        statement = tmp_path / "bank.xml"
        statement.write_text(CAMT)

        code, answers, _ = match(more=["--payments", str(statement)])

        assert code == 0
        assert (answers[0]["payment_id"], answers[0]["rule"]) == ("B77", "M3")
        assert answers[0]["deductions"] == [
            {"item_id": "I1", "amount": "122.00", "reason": "NC-01"}
        ]

    def test_bai2_is_read_directly(self, match, tmp_path):
        statement = tmp_path / "bank.bai"
        statement.write_text(
            "01,BANK,US,260331,0800,1,,,2/\n02,US,BANK,1,260331,,EUR,2/\n03,1,EUR,010,500,,/\n"
            "16,142,122000,,B1,,FT2026-001234/\n49,1,3/\n98,1,1,5/\n99,1,1,7/\n"
        )

        code, answers, _ = match(more=["--payments", str(statement)])

        assert code == 0
        assert (answers[0]["payment_id"], answers[0]["status"]) == ("B1", "posted")

    def test_a_damaged_bank_file_says_so(self, match, tmp_path):
        statement = tmp_path / "bank.sta"
        statement.write_text(":20:X\n:60F:C260330EUR1,00\n:61:99999999CRxx\n-\n")

        code, _, err = match(more=["--payments", str(statement)])

        assert code in {0, 1}
        assert "Traceback" not in err


def test_no_machine_paths_in_messages(match):
    _, _, err = match(payments=PAYMENTS + "x\n")

    assert str(Path.home()) not in err
