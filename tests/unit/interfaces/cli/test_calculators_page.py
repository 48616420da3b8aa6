"""The examples on the page are run, and answer what the page says."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from concilia.interfaces.cli import main
from concilia.reporting.core.kpi_invoices import InvoiceFigures, quarter_to

PAGE = (Path(__file__).parents[4] / "docs/reference/calculators.md").read_text()
CONSOLE = re.compile(r"```console\n\$ concilia (.+)\n(.*)```")
CSV = re.compile(r"```csv\n(.*?)```", re.S)


@pytest.mark.parametrize(("command", "printed"), CONSOLE.findall(PAGE))
def test_examples_answer_as_printed(command, printed, capsys, tmp_path, monkeypatch):
    (tmp_path / "invoices.csv").write_text(CSV.search(PAGE)[1])
    monkeypatch.chdir(tmp_path)

    assert main(shlex.split(command)) == 0

    answer = json.loads(capsys.readouterr().out)
    if printed:
        assert answer == json.loads(printed)


def test_every_figure_is_described():
    names = InvoiceFigures([], quarter_to(date(2025, 9, 30)), "EUR").all()

    assert [name for name in names if f"`{name}`" not in PAGE] == []
