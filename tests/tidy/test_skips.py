"""A test that was skipped has not passed: CONCILIA_REQUIRE_ALL=1 says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PASSES = "def test_passes():\n    pass\n"
SKIPS = "import pytest\ndef test_skips():\n    pytest.skip('no mail server here')\n"
SKIPS_WHOLE = "import pytest\npytest.skip('no browser here', allow_module_level=True)\n"


def run_tests(folder: Path, text: str, *options: str, require_all: str) -> tuple[int, str]:
    (folder / "test_it.py").write_text(PASSES)
    (folder / "test_that.py").write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\n")
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "conftest", *options, str(folder)],
        env=os.environ
        | {
            "PYTHONPATH": str(TESTS),
            "CONCILIA_REQUIRE_ALL": require_all,
            "DJANGO_SETTINGS_MODULE": "concilia.config.settings",
        },
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.returncode, answer.stdout


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["one process", "two processes"])
@pytest.mark.parametrize(
    ("text", "reason"), [(SKIPS, "no mail server here"), (SKIPS_WHOLE, "no browser here")]
)
def test_a_skipped_test_fails_the_run_and_says_why(tmp_path, text, reason, options):
    code, said = run_tests(tmp_path, text, *options, require_all="1")

    assert code == pytest.ExitCode.TESTS_FAILED
    assert said.count(reason) >= 1


def test_a_skipped_test_is_no_failure_on_a_machine_without_the_tools(tmp_path):
    code, _ = run_tests(tmp_path, SKIPS, require_all="")

    assert code == pytest.ExitCode.OK


def test_a_run_without_skips_passes(tmp_path):
    code, _ = run_tests(tmp_path, PASSES, require_all="1")

    assert code == pytest.ExitCode.OK
