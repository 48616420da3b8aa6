from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from concilia.intake.core.imports import archives, workbooks
from concilia.intake.core.imports.archives import read_members
from concilia.intake.core.imports.cells import DATE, NUMBER
from concilia.intake.core.imports.workbooks import read_sheets


def a_workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def an_archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


class TestWorkbooks:
    def test_numbers_and_dates_are_marked_and_empty_rows_counted(self):
        content = a_workbook(
            Aperte=[["N.", "Data", "Importo"], [], ["F1", dt.date(2026, 10, 15), 0.1 + 0.2]]
        )

        head, body = list(read_sheets(content))

        assert head["sheet"] == "Aperte"
        assert body["rows"] == [
            (1, ["N.", "Data", "Importo"]),
            (3, ["F1", f"{DATE}2026-10-15", f"{NUMBER}0.3"]),
        ]

    def test_one_sheet_of_several(self):
        content = a_workbook(A=[["a", "b"]], B=[["c", "d"]])

        assert [answer.get("sheet") for answer in read_sheets(content, sheet="B")] == ["B", None]

    def test_hidden_sheets_are_passed_over(self):
        book = openpyxl.Workbook()
        book.active.title = "Seen"
        book.create_sheet("Hidden").sheet_state = "hidden"
        out = io.BytesIO()
        book.save(out)

        assert [answer["sheet"] for answer in read_sheets(out.getvalue())] == ["Seen"]

    @pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"no workbook at all", b""])
    def test_damage_is_said(self, content):
        assert list(read_sheets(content)) == [{"problem": "damaged"}]

    def test_a_bomb_is_not_opened(self, monkeypatch):
        monkeypatch.setattr(workbooks, "UNPACKED_BYTES_MAX", 1000)

        assert list(read_sheets(a_workbook(A=[["x" * 2000]]))) == [{"problem": "too_costly"}]

    def test_a_text_cannot_pose_as_a_number(self):
        content = a_workbook(A=[["a", "b"], ["x\u200b", "1"]])

        assert list(read_sheets(content))[1]["rows"][1] == (2, ["x", "1"])


class TestArchives:
    def test_members_go_by_their_last_name(self):
        content = an_archive(
            **{"../../etc/passwd": b"a", "x\\y.csv": b"b", "__MACOSX/._y.csv": b"c"}
        )

        names = [answer["name"] for answer in read_members(content) if "name" in answer]

        assert names == ["passwd", "y.csv"]

    def test_a_member_too_large_when_unpacked_is_named(self, monkeypatch):
        monkeypatch.setattr(archives, "MEMBER_BYTES_MAX", 1000)

        answers = list(read_members(an_archive(**{"zeros.csv": b"0" * 5000, "fine.csv": b"a;b"})))

        assert [answer["wrong"] for answer in answers if "wrong" in answer] == ["too_large_file"]
        assert answers[-1] == {"end": True}

    def test_all_members_together_have_a_limit(self, monkeypatch):
        monkeypatch.setattr(archives, "ARCHIVE_BYTES_MAX", 6000)
        monkeypatch.setattr(archives, "CHUNK", 1000)

        answers = list(read_members(an_archive(a=b"0" * 5000, b=b"0" * 5000)))

        assert sum("wrong" in answer for answer in answers) == 1

    def test_too_many_members_are_refused(self, monkeypatch):
        monkeypatch.setattr(archives, "FILES_MAX", 1)

        assert next(read_members(an_archive(a=b"", b=b"")))["problem"] == "too_many_files"

    def test_damage_is_said(self):
        content = bytearray(an_archive(**{"a.csv": bytes(range(256)) * 40}))
        content[60:80] = b"?" * 20

        assert {"wrong": "damaged"} in list(read_members(bytes(content)))
        assert list(read_members(b"PK no")) == [{"problem": "damaged"}]
