"""Limits on size are physical: what does not fit on a screen is not read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_fit(path):
    text, folder = path.read_text(), path.relative_to(ROOT).parts[0]
    assert text.count("\n") <= MODULE_LINES_MAX, "make it a folder of modules"

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            assert lines <= FUNCTION_LINES_MAX[folder], (
                f"{node.name} has {lines} lines; give parts names"
            )
