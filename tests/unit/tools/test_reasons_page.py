from __future__ import annotations

import importlib.util
from pathlib import Path

from concilia.kernel.reasons import REASONS

ROOT = Path(__file__).parents[3]
SPEC = importlib.util.spec_from_file_location("reasons_page", ROOT / "tools/reasons_page.py")
reasons_page = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(reasons_page)


class TestReasonsPage:
    def test_says_what_the_program_does(self):
        assert reasons_page.PAGE.read_text(encoding="utf-8") == reasons_page.page(), (
            "run tools/reasons_page.py"
        )

    def test_has_every_reason(self):
        assert all(f"| {code} |" in reasons_page.page() for code in REASONS)
