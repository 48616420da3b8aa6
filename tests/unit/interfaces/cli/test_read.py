from __future__ import annotations

import json

import pytest

from concilia.interfaces.cli import main

MAIL = b"From: a@b.example\nSubject: Claim\n\n%s\n"
CLAIM = MAIL % b"Two cartons of invoice INV-1 are missing, please credit EUR 20.00."


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "b.eml").write_bytes(CLAIM)
    (tmp_path / "in" / "a.txt").write_bytes(b"Good morning")
    (tmp_path / "in" / "deep" / "c.pdf").write_bytes(b"%PDF-1.7 nothing")
    return tmp_path / "in"


def run(capsys, *arguments):
    code = main(["read", *map(str, arguments)])
    out = capsys.readouterr().out
    return code, [json.loads(line) for line in out.splitlines()]


class TestRead:
    def test_a_folder_is_walked_in_order_and_the_bad_file_is_answered_too(self, capsys, folder):
        code, readings = run(capsys, folder)
        assert code == 1
        assert [reading["source"] for reading in readings] == [
            str(folder / "a.txt"),
            str(folder / "b.eml"),
            str(folder / "deep" / "c.pdf"),
        ]
        assert readings[1]["reason"] == "NC-01"
        assert readings[2]["error"]

    def test_paths_are_answered_in_input_order_by_many_workers(self, capsys, folder):
        paths = [folder / "b.eml", folder / "a.txt"] * 5
        code, readings = run(capsys, *paths, "--workers", 2)
        assert code == 0
        assert [reading["source"] for reading in readings] == [str(path) for path in paths]

    def test_a_mailbox_gives_one_answer_for_each_message(self, capsys, tmp_path):
        box = tmp_path / "box.mbox"
        box.write_bytes(b"".join(b"From a@b Fri Nov 20 10:00:00 2026\n" + CLAIM for _ in range(3)))
        code, readings = run(capsys, box)
        assert code == 0
        assert [reading["source"] for reading in readings] == [f"{box}#{n}" for n in (1, 2, 3)]
        assert {reading["kind"] for reading in readings} == {"claim"}

    def test_a_file_that_is_not_there_is_an_answer(self, capsys, tmp_path):
        code, readings = run(capsys, tmp_path / "nothing")
        assert code == 1
        assert readings[0]["error"] == "there is no such file"

    def test_answers_go_to_a_file(self, capsys, folder, tmp_path):
        target = tmp_path / "out.jsonl"
        code, printed = run(capsys, folder / "b.eml", "--out", target)
        assert code == 0
        assert printed == []
        assert json.loads(target.read_text())["kind"] == "claim"

    def test_wrong_usage_is_two(self, capsys):
        with pytest.raises(SystemExit) as stop:
            main(["read"])
        assert stop.value.code == 2
        with pytest.raises(SystemExit) as stop:
            main(["read", "x", "--workers", "none"])
        assert stop.value.code == 2
