"""Limits on size are physical: what does not fit on a screen is not read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULE_LINES_MAX = 500
# Of a program one reads how parts work together; of its tests, one case at a time.
FUNCTION_LINES_MAX = {"src": 60, "tools": 60, "tests": 100}
MODULES = [
    path
    for folder in ("src", "tests", "tools")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]


def test_modules_and_functions_fit():
    assert [wrong for path in MODULES for wrong in too_long_in(path)] == []


def too_long_in(path: Path) -> Iterator[str]:
    text, name = path.read_text(), path.relative_to(ROOT)
    if text.count("\n") > MODULE_LINES_MAX:
        yield f"{name}: make it a folder of modules"

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION_LINES_MAX[name.parts[0]]:
                yield f"{name}: {node.name} has {lines} lines; give parts names"
