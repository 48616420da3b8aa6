"""
Damaged files for every registered parser: none may crash, hang or eat memory.

    PYTHONPATH=. python tests/bench/bench_fuzz.py                   # 5,000 inputs for each format
    PYTHONPATH=. python tests/bench/bench_fuzz.py --inputs 100000   # what the issue asks for
    PYTHONPATH=. python tests/bench/bench_fuzz.py --formats pdf xlsx --seed 7 --save findings

Inputs come from the samples in tests/world (and from --seeds, a folder of files), damaged by
tests/world/mutations.py; the same seed makes the same inputs. Everything runs in this process, with
a limit on processor time for each input and one on memory for all; should native code hang where
Python cannot stop it, the process says where it is and ends. That counts processor time too: a busy
machine makes nothing a hang; only what waits without computing is stopped by the clock, much later.
Prints a line for each format and one for each kind of finding; ends with 1 if there is any.
"""

from __future__ import annotations

import argparse
import faulthandler
import logging
import resource
import signal
import sys
import time
import warnings
from pathlib import Path

from tests.world.fuzzing import Finding, examine, formats, inputs, limit_memory

from concilia.documents.core.formats import detect

SEED_BYTES_MAX = 60_000
HANG_SECONDS = 30  # of processor time
WAITING_SECONDS = 900.0  # by the clock


def main() -> int:
    """Run, print, and save what was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inputs", type=int, default=5_000)
    options.add_argument("--formats", nargs="*", default=None)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--seeds", type=Path, help="a folder of files to damage as well")
    options.add_argument("--save", type=Path, help="a folder for the inputs of the findings")
    options.add_argument("--memory", type=int, default=2_000, help="megabytes of address space")
    chosen = options.parse_args()
    warnings.simplefilter("ignore")
    logging.disable()  # libraries complain at length
    limit_memory(chosen.memory)
    faulthandler.register(signal.SIGXCPU, chain=True)  # says where it is, then the process ends
    found = 0
    for name in chosen.formats or formats():
        more = _seeds(chosen.seeds, name) if chosen.seeds else []
        kinds = _run(name, chosen.inputs, chosen.seed, more)
        found += len(kinds)
        for finding in kinds:
            _tell(finding, chosen.save)
    return 1 if found else 0


def _run(name: str, count: int, seed: int, more: list[bytes]) -> list[Finding]:
    kinds: dict[tuple[str, str, str], Finding] = {}
    longest, slowest, times = 0.0, 0, 0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    for number, content in enumerate(inputs(name, count, seed, more)):
        _guard()
        started = time.process_time()
        finding = examine(name, content, number)
        spent = time.process_time() - started
        if spent > longest:
            longest, slowest = spent, number
        if finding is not None:
            times += 1
            kinds.setdefault(finding.kind, finding)
    faulthandler.cancel_dump_traceback_later()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    sys.stdout.write(
        f"{name:16} {count:7} inputs {time.process_time() - began:7.1f} s, "
        f"longest {longest:5.2f} s (input {slowest}), {grown:4} MB more, "
        f"{times} findings of {len(kinds)} kinds\n"
    )
    sys.stdout.flush()
    return list(kinds.values())


def _guard() -> None:
    """End the process, saying where it is, should the next input hang."""
    end = int(time.process_time()) + 1 + HANG_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))
    faulthandler.dump_traceback_later(WAITING_SECONDS, exit=True)


def _tell(finding: Finding, folder: Path | None) -> None:
    sys.stdout.write(f"    input {finding.number}: {finding.problem} at {finding.place}\n")
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{finding.format}-{finding.number}").write_bytes(finding.content)


def _seeds(folder: Path, name: str) -> list[bytes]:
    contents = (path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    return [
        content
        for content in contents
        if len(content) <= SEED_BYTES_MAX and detect(content, "") == name
    ]


if __name__ == "__main__":
    raise SystemExit(main())
