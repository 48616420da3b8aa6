"""
A process that posts one request to an ERP, so that a test can kill it.

Standard input: one line of JSON `{"erp", "settings", "request"}`. Once it has read the line it says
`ready`, waits for a second line, posts, and prints the number.
"""

from __future__ import annotations

import json
import sys

from concilia.ledger.ports import ERPS, PostingRequest


def main() -> None:
    task = json.loads(sys.stdin.readline())
    erp = ERPS[task["erp"]].configured(task["settings"])
    request = PostingRequest.from_json(task["request"])
    print("ready", flush=True)  # noqa: T201 - a program, not a test
    sys.stdin.readline()
    print(erp.post(request).erp_number, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
