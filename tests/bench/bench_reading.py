"""
How fast documents are read, how soon the first one, and how much memory a large statement takes.

    python tests/bench/bench_reading.py                # everything, on one core
    python tests/bench/bench_reading.py --entries 5000 # a smaller bank statement

Speeds are per second of processor time of one process, so that a busy machine does not spoil them;
the cold start is wall time, and so is the gain of two workers, which wants two idle cores. Ends
with 1 when a target of the issue "Reading" is missed: 150 plain mails a second, 30 mails with a
two-page PDF, an 800-line remittance in a second, a camt.053 of 100,000 entries in 20 s and flat
memory, the first answer in 1.5 s, two workers 1.8 times as fast as one.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import typst

from concilia.documents.core.parsed import Source
from concilia.documents.ports import StatementParser, parser_for
from concilia.documents.queries.reading import read_bytes
from concilia.foundation.memory import keep_what_is_loaded

ROOT = Path(__file__).parents[2]
LETTERS = ROOT / "tests/unit/documents/core/letters"
COPIES = 40  # of each letter, so that starting two processes does not weigh
CAMT_HEAD = (
    '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
    "<BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S</Id><Acct><Id><IBAN>X</IBAN></Id>"
    "<Ccy>EUR</Ccy></Acct>"
)
CAMT_ENTRY = (
    '<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
    "<BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><Dt>2026-11-20</Dt></ValDt>"
    "<AcctSvcrRef>B{number}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>E{number}</EndToEndId>"
    "</Refs><RltdPties><Dbtr><Pty><Nm>Customer {number}</Nm></Pty></Dbtr></RltdPties><RmtInf>"
    "<Ustrd>Invoice INV-{number}</Ustrd><Strd><RfrdDocInf><Nb>INV-{number}</Nb></RfrdDocInf>"
    "<RfrdDocAmt>"
    '<RmtdAmt Ccy="EUR">{amount}</RmtdAmt></RfrdDocAmt></Strd></RmtInf></TxDtls></NtryDtls></Ntry>'
)
CAMT_TAIL = "</Stmt></BkToCstmrStmt></Document>"


def letters() -> Iterator[EmailMessage]:
    """The letters of the tests as mails."""
    for path in sorted(LETTERS.glob("*.txt")):
        for block in re.split(r"^== ", path.read_text(), flags=re.MULTILINE)[1:]:
            subject, _, body = block.partition("\n")[2].partition("\n")
            mail = EmailMessage()
            mail["From"], mail["Subject"] = "ap@customer.example", subject.split(":", 1)[1].strip()
            mail["Date"] = "Fri, 20 Nov 2026 10:00:00 +0100"
            mail.set_content(body)
            yield mail


def two_pages(number: int) -> bytes:
    """A debit note of two pages with prose and a table; each has numbers of its own."""
    first = 1000 + 100 * number
    prose = "\n".join(
        f"Invoice INV-{first + n} of {1 + (number + n) % 28}/10/2026: short delivery of {n} "
        f"cartons, EUR {n * 3 + number}.50. \\"
        for n in range(30)
    )
    rows = ",".join(
        f"[INV-{first + n}],[{first + n}.00],[{number + 1}.00],[{first + n - number - 1}.00]"
        for n in range(30, 70)
    )
    table = f"#table(columns: 4, [Invoice], [Gross], [Deduction], [Net], {rows})"
    return typst.compile(
        f"#set text(9pt)\n= DEBIT NOTE DN-{5511 + number}\n{prose}\n{table}".encode()
    )


def remittance() -> bytes:
    """Eight hundred lines."""
    lines = [f"INV-{n};{n},00;0,00;{n % 9},50;manca un collo;{n - 1},50" for n in range(1000, 1800)]
    return ("Fattura;Importo;Sconto;Trattenuta;Motivo;Pagato\n" + "\n".join(lines)).encode()


def statement(entries: int) -> bytes:
    """A bank statement of so many payments."""
    inner = (CAMT_ENTRY.format(number=n, amount=f"{n % 5000}.50") for n in range(entries))
    return (CAMT_HEAD + "".join(inner) + CAMT_TAIL).encode()


def processor_seconds(work: Callable[[], None]) -> float:
    """What a piece of work takes of one processor."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rate(documents: list[bytes], repeat: int = 1) -> float:
    """Documents per processor second, after a warm round."""
    for document in documents:
        read_bytes(document, filename="m.eml")
    keep_what_is_loaded()  # as the confined processes do

    def work() -> None:
        for _ in range(repeat):
            for document in documents:
                read_bytes(document, filename="m.eml")

    return len(documents) * repeat / processor_seconds(work)


def cold_start() -> float:
    """Wall seconds from nothing to the first answer of `concilia read`, the best of three."""
    with tempfile.NamedTemporaryFile(suffix=".eml") as file:
        file.write(next(letters()).as_bytes())
        file.flush()
        times = []
        for _ in range(3):
            started = time.perf_counter()
            code = "from concilia.interfaces.cli import main; raise SystemExit(main())"
            line = [sys.executable, "-c", code, "read", file.name]
            answer = subprocess.run(line, capture_output=True, check=True)
            json.loads(answer.stdout)
            times.append(time.perf_counter() - started)
    return min(times)


def gain_of_two() -> float:
    """How many times as fast `concilia read` is with two workers, each run's best of three."""
    with tempfile.TemporaryDirectory() as folder:
        for number, mail in enumerate(letters()):
            for copy in range(COPIES):
                (Path(folder) / f"{number}-{copy}.eml").write_bytes(mail.as_bytes())
        one, two = (min(_seconds_with(workers, folder) for _ in range(3)) for workers in (1, 2))
    return one / two


def _seconds_with(workers: int, folder: str) -> float:
    started = time.perf_counter()
    code = "from concilia.interfaces.cli import main; raise SystemExit(main())"
    line = [sys.executable, "-c", code, "read", folder, "--workers", str(workers)]
    subprocess.run(line, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def walk(content: bytes) -> tuple[float, float]:
    """Processor seconds and megabytes to walk a bank statement entry by entry."""
    parser = parser_for("camt.053")
    assert isinstance(parser, StatementParser)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def work() -> None:
        for _ in parser.entries(Source(content, "s.xml", "camt.053")):
            pass

    seconds = processor_seconds(work)
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) / 1024


def main() -> int:
    """Measure, print a line for each, compare with the targets."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=100_000)
    chosen = options.parse_args()
    plain = [mail.as_bytes() for mail in letters()]
    heavy = []
    for number, mail in enumerate(list(letters())[:60]):
        mail.add_attachment(
            two_pages(number), maintype="application", subtype="pdf", filename="dn.pdf"
        )
        heavy.append(mail.as_bytes())
    table = remittance()
    bank = statement(chosen.entries)
    bank_seconds, bank_megabytes = walk(bank)
    limit = 20.0 * chosen.entries / 100_000
    results = [
        ("plain mails per second", rate(plain, 3), 150.0, True),
        ("mails with a two-page PDF per second", rate(heavy), 30.0, True),
        (
            "seconds for an 800-line remittance",
            processor_seconds(lambda: read_bytes(table, filename="r.csv") and None),
            1.0,
            False,
        ),
        (f"seconds for {chosen.entries} bank entries", bank_seconds, limit, False),
        ("megabytes more for them than for the file", bank_megabytes, 60.0, False),
        ("seconds to the first answer", cold_start(), 1.5, False),
        ("times as fast with two workers", gain_of_two(), 1.8, True),
    ]
    missed = 0
    for name, value, target, at_least in results:
        reached = value >= target if at_least else value <= target
        missed += not reached
        bound = "at least" if at_least else "at most"
        mark = "" if reached else "   MISSED"
        sys.stdout.write(f"{name:45} {value:10.2f}   {bound:8} {target:g}{mark}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
