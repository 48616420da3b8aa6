"""
What a thousand corrections cost each document, and how long loading them and training takes.

    python tests/bench/bench_learning.py                    # a thousand
    python tests/bench/bench_learning.py --corrections 5000

Processor time of one process: reading plain mails as the worker has them read, with and without the
comparison with what was learned. The lessons are texts of the training material under other labels,
so that they are of the same kind as what is read. Ends with 1 when reading is slowed by 10 % or
more (the issue "Reading").
"""

from __future__ import annotations

import argparse
import sys
import time
from email.message import EmailMessage
from pathlib import Path

from bench_reading import letters

from concilia.documents.core.adapting import train_on
from concilia.documents.core.classifier.material import read_material
from concilia.documents.core.memory import Lesson, Memory
from concilia.documents.queries.reading import read_bytes
from concilia.interfaces.worker.signals import answers_in, whole_signals

ROOT = Path(__file__).parents[2]
SLOWER_MAX = 0.10
ROUNDS = 5


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def lessons(count: int) -> list[Lesson]:
    """Corrections of as many documents, with what they were judged by."""
    found: list[Lesson] = []
    for path in sorted(ROOT.glob("training/*/*.txt")):
        for text in read_material(path.read_text(), path.name):
            mail = EmailMessage()
            mail["From"], mail["Subject"] = "ap@customer.example", text.subject or "Nota"
            mail.set_content(f"{text.body}\n\n{text.body}")
            answer = read_bytes(mail.as_bytes(), filename="mail.eml", with_contents=True)
            signals = whole_signals(answer["signals"])
            answers = {"kind": text.kind, "reason": text.label or "NC-01"}
            found.append(
                Lesson(
                    len(found),
                    signals["said"],
                    answers,
                    when=f"2026-11-{1 + len(found) % 28:02}",
                    given=signals["given"],
                    scores=signals["scores"],
                )
            )
            if len(found) == count:
                return found
    return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corrections", type=int, default=1000)
    options = parser.parse_args()
    known = lessons(options.corrections)

    began = time.process_time()
    memory = Memory(known)
    say(f"{len(known)} corrections become memory in {1000 * (time.process_time() - began):.0f} ms")

    mails = [mail.as_bytes() for mail in letters()]
    answers = [read_bytes(mail, filename="mail.eml", with_contents=True) for mail in mails]
    reading = recalling = 0.0
    for _ in range(ROUNDS):
        began = time.process_time()
        for mail in mails:
            read_bytes(mail, filename="mail.eml", with_contents=True)
        reading += time.process_time() - began
        began = time.process_time()
        for answer in answers:
            memory.recall(whole_signals(answer["signals"]), answers_in(answer["reading"]))
        recalling += time.process_time() - began
    count = len(mails) * ROUNDS
    slower = recalling / reading
    say(f"reading {1000 * reading / count:.2f} ms a mail, memory {1000 * recalling / count:.3f} ms")
    say(f"slower by {100 * slower:.1f} % (target < {100 * SLOWER_MAX:.0f} %)")

    began = time.process_time()
    outcome = train_on(known, {})
    say(f"training with five folds: {time.process_time() - began:.1f} s")
    for question, figures in outcome.figures.items():
        say(f"  {question}: {figures.to_json()}")
    return 0 if slower < SLOWER_MAX else 1


if __name__ == "__main__":
    sys.exit(main())
