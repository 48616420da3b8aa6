"""An import step by step: dropped, told apart, checked, saved."""

from __future__ import annotations

import csv
import io

import pytest
from tests.world.builders import NOON, a_member, an_entity
from tests.world.imports import (
    CUSTOMERS,
    ITALIAN,
    LATER,
    a_workbook,
    an_archive,
    counts,
    items,
    only,
    said,
    start,
    states,
    take,
)

from concilia.customers.models import Customer
from concilia.foundation.models import AuditEntry, Blob
from concilia.identity.models import Entity, Membership
from concilia.intake.actions.imports import (
    cancel_import,
    check_import_file,
    checking,
    hand_to_inbox,
    rehearse_import,
    save_import_file,
    start_import,
    starting,
    storing,
)
from concilia.intake.models import Arrival, ImportFile, ImportRun
from concilia.intake.queries.imports import (
    due_for_check,
    file_shown,
    last_saved,
    problems_csv,
    runs_of,
    template_csv,
    waiting_for_people,
)
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity() -> Entity:
    entity = an_entity()
    take(entity, {"customers.csv": CUSTOMERS})
    return entity


@pytest.fixture
def member(entity: Entity) -> Membership:
    return a_member(entity)


class TestStarting:
    def test_bytes_are_kept_and_the_run_waits_to_be_checked(self, entity, member):
        run = start(entity, member, opos__csv=ITALIAN)

        file = only(run)
        assert (run.state, run.started_by, file.state) == ("CHECKING", member.user, "WAITING")
        assert Blob.objects.get(pk=file.blob_id).content == ITALIAN.encode()
        assert (file.dataset, file.total_rows, file.layout["header_row"]) == ("open_items", 4, 1)

    def test_files_stand_in_the_order_their_contents_need(self, entity):
        run = start(entity, z__csv=CUSTOMERS, a__csv=items("C-00412,invoice,F,2026-10-01,,1,1"))

        assert list(states(run)) == ["z.csv", "a.csv"]

    def test_what_is_no_table_is_for_the_inbox(self, entity):
        run = start(
            entity,
            letter__eml="From: a@b.example\nTo: c@d.example\nSubject: x\n\nHello\n",
            paper__pdf=b"%PDF-1.7 something",
            note__txt="Dear all,\nplease read this.\n",
        )

        assert states(run) == {"letter.eml": "INBOX", "paper.pdf": "INBOX", "note.txt": "INBOX"}
        assert run.state == "SAVED"
        assert hand_to_inbox(run_id=run.pk, at=LATER) == []
        assert set(Arrival.objects.values_list("filename", flat=True)) == set(states(run))
        hand_to_inbox(run_id=run.pk, at=LATER)
        assert Arrival.objects.count() == 3

    def test_an_archive_becomes_its_files(self, entity):
        content = an_archive(
            {
                "../../customers.csv": CUSTOMERS.encode(),
                "folder/invoice.xml": b"<?xml version='1.0'?><x/>",
                "inner.zip": an_archive({"x.csv": b"a;b"}),
            }
        )

        run = start(entity, all__zip=content)

        assert states(run) == {
            "all.zip/customers.csv": "WAITING",
            "all.zip/invoice.xml": "INBOX",
            "all.zip/inner.zip": "INBOX",
        }
        file = ImportFile.objects.get(run=run, dataset="customers")
        assert file.archive is not None
        assert file.archive.size == len(content)

    def test_a_workbook_becomes_its_sheets(self, entity):
        content = a_workbook(
            {
                "Read me": [["Hello", "there"], ["some", "words"]],
                "Clienti": [["Codice cliente", "Ragione sociale"], ["X1", "Uno"], ["X2", "Due"]],
                "Empty": [],
            }
        )

        run = start(entity, all__xlsx=content)

        assert states(run) == {"all.xlsx/Clienti": "WAITING", "all.xlsx/Read me": "CANCELLED"}
        file = ImportFile.objects.get(run=run, dataset="customers")
        assert (file.sheet, file.total_rows) == ("Clienti", 2)

    @pytest.mark.parametrize(
        ("name", "content", "key"),
        [
            ("a.csv", b"", "empty_file"),
            ("a.xlsx", b"PK\x03\x04 xl/ broken", "damaged"),
            ("a.zip", b"PK\x03\x04 broken", "damaged"),
            ("a.csv", b"one\ntwo\nthree\n", "no_header"),
            ("a.csv", b'a;b\n1;"' + b"x" * 30_000, "broken_row"),
        ],
    )
    def test_what_cannot_be_opened_says_why(self, entity, name, content, key):
        file = only(
            start_import(entity_id=entity.pk, files=[(name, content)], member=None, at=NOON)
        )

        assert (file.state, file.notes[0]["key"]) == ("FAILED", key)
        assert file.error

    def test_too_large_a_file_is_refused(self, entity, monkeypatch):
        monkeypatch.setattr(storing, "FILE_BYTES_MAX", 10)

        file = only(start(entity, a__csv=CUSTOMERS))

        assert (file.state, file.notes[0]["key"]) == ("FAILED", "too_large_file")

    def test_large_files_are_kept_and_read_in_pieces(self, entity, monkeypatch, tmp_path):
        monkeypatch.setattr(storing, "IN_MEMORY_MAX", 100)
        monkeypatch.setattr(storing, "PIECE", 64)
        path = tmp_path / "customers.csv"
        text = CUSTOMERS + "C-1,New,IT,30,0,0,EUR\n"
        path.write_text(text)

        run = start_import(entity_id=entity.pk, files=[(path.name, path)], member=None, at=NOON)
        file = check_import_file(file_id=only(run).pk, at=NOON)

        assert (file.state, file.total_rows) == ("READY", 4)
        with storing.open_blob(file.blob_id) as stream:
            assert stream.read() == text.encode()

    def test_names_are_shown_and_never_places(self, entity):
        assert starting._shown_name("../../etc/pass\x00wd\n.csv") == "etc/pass wd .csv"


class TestChecking:
    def test_all_rows_are_looked_at_and_every_problem_told(self, entity, member):
        file = only(start(entity, member, opos__csv=ITALIAN))

        file = check_import_file(file_id=file.pk, at=LATER)

        assert (file.state, file.done_rows, file.error_rows) == ("YOURS", 3, 2)
        assert said(file) == [
            (3, "customer_number", "unknown_customer_letter"),
            (4, "issue_date", "month_has_days"),
        ]
        assert [error["repair"] for error in file.errors] == ["C-00412", "30/11/2026"]
        assert not OpenItem.objects.exists()
        assert waiting_for_people(entity_id=entity.pk) == 1

    def test_the_page_reads_in_the_persons_language(
        self, entity, member, django_assert_num_queries
    ):
        file = only(start(entity, member, opos__csv=ITALIAN))
        check_import_file(file_id=file.pk, at=LATER)

        with django_assert_num_queries(1):
            shown = file_shown(entity_id=entity.pk, file_id=file.pk, language="it", at=LATER)

        assert shown.label == "Partite aperte"
        columns = {column.header: column for column in shown.columns}
        assert (columns["Residuo"].label, columns["Residuo"].why) == (
            "Importo aperto",
            "virgola per i centesimi",
        )
        assert columns["Data doc."].why == "prima il giorno: 15 non è un mese"
        assert columns["Note int."].field == ""
        assert [problem.text for problem in shown.problems] == [
            "Cliente inesistente. C'è C-00412: una lettera al posto di una cifra simile.",
            "Novembre ha 30 giorni.",
        ]
        assert shown.problems[1].column == "Data doc."
        assert shown.right_rows == 1

    def test_the_preview_shows_rows_as_they_will_stand(self, entity, member):
        file = only(
            start(entity, member, opos__csv=ITALIAN.replace("0O", "00").replace("31/11", "30/11"))
        )

        file = check_import_file(file_id=file.pk, at=LATER)

        assert file.state == "READY"
        first = file.preview[0]
        assert (first["row"], first["customer_name"]) == (2, "Bottega Bonfanti")
        assert first["fields"]["open_amount"] == "1220.00"
        assert first["fields"]["issue_date"] == "2026-10-15"

    def test_rows_done_can_be_seen_while_it_runs_and_a_cancel_is_heard(
        self, entity, member, monkeypatch
    ):
        monkeypatch.setattr("concilia.intake.actions.imports.sources.CHUNK_ROWS", 1)
        rows = [f"C-00412,invoice,F{n},2026-10-01,,1,1" for n in range(1, 6)]
        run = start(entity, member, list__csv=items(*rows))
        seen = []
        real = checking.stage_file

        def watched(file, tell):
            def told(done):
                seen.append(done)
                tell(done)
                if done == 2:
                    cancel_import(run_id=run.pk, member=member, at=LATER)

            return real(file, told)

        monkeypatch.setattr(checking, "stage_file", watched)

        file = check_import_file(file_id=only(run).pk, at=LATER)

        assert file.state == "CANCELLED"
        assert seen == [1, 2, 3]
        assert only(run).done_rows == 2

    def test_a_file_waits_for_those_it_refers_to(self, entity):
        more = "customer_number,name\nC-9,New\n"
        run = start(entity, a__csv=items("C-9,invoice,F,2026-10-01,,1,1"), b__csv=more)
        customers, open_items = ImportFile.objects.filter(run=run).order_by("pk")

        assert due_for_check(run_id=run.pk) == [customers.pk]
        assert check_import_file(file_id=open_items.pk, at=LATER).state == "WAITING"
        check_import_file(file_id=customers.pk, at=LATER)
        save_import_file(file_id=customers.pk, at=LATER)

        assert due_for_check(run_id=run.pk) == [open_items.pk]
        assert check_import_file(file_id=open_items.pk, at=LATER).state == "READY"

    def test_a_process_that_died_is_repeated(self, entity, member):
        file = only(start(entity, member, opos__csv=CUSTOMERS + "C-1,New,IT,30,0,0,EUR\n"))
        ImportFile.objects.filter(pk=file.pk).update(state="CHECKING", done_rows=1)

        assert check_import_file(file_id=file.pk, at=LATER).state == "READY"

    def test_a_file_nobody_knows_asks(self, entity, member):
        file = only(start(entity, member, odd__csv="Temp,Pressure\n20,1013\n21,1009\n"))

        file = check_import_file(file_id=file.pk, at=LATER)

        assert (file.state, file.notes[0]["key"]) == ("YOURS", "unknown_dataset")

    def test_errors_as_a_file_hold_no_formulas(self, entity, member):
        text = items("=HYPERLINK(1),invoice,F1,2026-10-01,,1,1")
        file = check_import_file(file_id=only(start(entity, member, a__csv=text)).pk, at=LATER)

        rows = list(
            csv.reader(io.StringIO(problems_csv(file, "de").decode("utf-8-sig")), delimiter=";")
        )

        assert rows[0] == ["Zeile", "Spalte", "Was dort steht", "Was falsch ist", "Wahrscheinlich"]
        assert rows[1] == [
            "2",
            "customer_number",
            "'=HYPERLINK(1)",
            "Diesen Kunden gibt es nicht.",
            "",
        ]

    def test_a_thousand_problems_are_enough(self, entity, member):
        rows = [f"NO-{n},invoice,F{n},2026-10-01,,1,1" for n in range(1500)]

        file = only(start(entity, member, a__csv=items(*rows)))
        file = check_import_file(file_id=file.pk, at=LATER)

        assert (file.state, len(file.errors), file.error_rows) == ("YOURS", 1000, 1500)


class TestSaving:
    def test_what_was_ready_is_saved_and_logged(self, entity, member):
        file = only(
            start(entity, member, opos__csv=ITALIAN.replace("0O", "00").replace("31/11", "30/11"))
        )
        check_import_file(file_id=file.pk, at=LATER)

        file = save_import_file(file_id=file.pk, at=LATER)

        assert counts(file) == ("SAVED", 3, 0, 0)
        assert ImportRun.objects.get(pk=file.run_id).state == "SAVED"
        entry = AuditEntry.objects.filter(act="import.saved").latest("seq")
        assert (entry.actor_name, entry.data["new"]) == (member.user.name, 3)
        assert last_saved(entity_id=entity.pk) == file

    def test_what_became_wrong_meanwhile_is_yours_again(self, entity, member):
        text = items("C-00500,invoice,F1,2026-10-01,,1,1")
        file = only(start(entity, member, a__csv=text))
        check_import_file(file_id=file.pk, at=LATER)
        Customer.objects.filter(number="C-00500").delete()

        file = save_import_file(file_id=file.pk, at=LATER)

        assert file.state == "YOURS"
        assert said(file) == [(2, "customer_number", "unknown_customer")]
        assert not OpenItem.objects.exists()

    def test_only_what_is_ready_is_saved(self, entity, member):
        file = only(start(entity, member, opos__csv=ITALIAN))

        assert save_import_file(file_id=file.pk, at=LATER).state == "WAITING"

    def test_the_very_file_again_is_known(self, entity, member):
        file = only(start(entity, member, again__csv=CUSTOMERS))

        file = check_import_file(file_id=file.pk, at=LATER)

        assert (file.state, file.notes[0]["key"]) == ("KNOWN", "known")

    def test_saved_after_a_death_in_the_middle(self, entity, member):
        file = only(start(entity, member, a__csv=CUSTOMERS.replace("Frischmarkt", "Marktfrisch")))
        check_import_file(file_id=file.pk, at=LATER)
        ImportFile.objects.filter(pk=file.pk).update(state="SAVING")

        assert counts(save_import_file(file_id=file.pk, at=LATER)) == ("SAVED", 0, 1, 2)

    def test_what_the_database_refuses_is_a_sentence(self, entity, member, monkeypatch):
        from concilia.intake.actions.imports import taking

        file = only(start(entity, member, a__csv=CUSTOMERS + "C-1,New,IT,30,0,0,EUR\n"))
        check_import_file(file_id=file.pk, at=LATER)

        def twice(cursor, stage, params):
            cursor.execute(
                "INSERT INTO customers_payergroup (entity_id, code, name) "
                "SELECT %(entity)s, 'x', 'x' FROM generate_series(1, 2)",
                params,
            )

        monkeypatch.setitem(taking.SAVERS, "customers", twice)

        file = save_import_file(file_id=file.pk, at=LATER)

        assert (file.state, file.notes) == (
            "FAILED",
            [{"key": "refused", "args": {"constraint": "payer_group_code_once"}}],
        )
        assert not Customer.objects.filter(number="C-1").exists()


class TestRehearsing:
    def test_says_what_would_happen_and_does_nothing(self, entity):
        files = rehearse_import(
            entity_id=entity.pk,
            folder={
                "b.csv": items("C-9,invoice,F1,2026-10-01,,1,1"),
                "a.csv": b"customer_number,name\nC-9,New\n",
                "wrong.csv": b"customer_number,email\nC-10,x@y.example\n",
            },
            at=NOON,
        )

        assert [(file.dataset, file.state, file.new_rows) for file in files] == [
            ("customers", "SAVED", 1),
            ("contacts", "YOURS", 0),
            ("open_items", "SAVED", 1),
        ]
        assert not Customer.objects.filter(number="C-9").exists()
        assert ImportRun.objects.count() == 1


class TestWorkbook:
    def test_a_workbook_is_saved_sheet_by_sheet(self, entity):
        from datetime import date

        content = a_workbook(
            {
                "Partite": [
                    ["Scadenzario"],
                    [],
                    ["Cliente", "Fattura", "Data fattura", "Residuo"],
                    ["X1", "F1", date(2026, 10, 15), 1220.5],
                    ["X1", 20260012, date(2026, 10, 16), 19.999999999],
                ],
                "Clienti": [["Codice cliente", "Ragione sociale", "Fido"], ["X1", "Uno", 1000.1]],
            }
        )

        files = take(entity, {"all.xlsx": content})

        assert [counts(file) for file in files.values()] == [("SAVED", 1, 0, 0), ("SAVED", 2, 0, 0)]
        assert Customer.objects.get(number="X1").credit_limit_minor == 100_010
        assert set(OpenItem.objects.values_list("document_number", "open_minor")) == {
            ("F1", 122_050),
            ("20260012", 2000),
        }


def test_runs_are_listed_with_their_files(entity, member, django_assert_num_queries):
    start(entity, member, a__csv=ITALIAN)

    with django_assert_num_queries(2):
        shown = runs_of(entity_id=entity.pk)

    assert [dict(row.states) for row in shown] == [{"WAITING": 1}, {"SAVED": 1}]


def test_templates_are_files_that_can_be_imported(entity):
    files = take(entity, {"customers.csv": template_csv("customers")})

    assert files["customers"].state == "YOURS"  # its example belongs to somebody who is not here
    assert said(files["customers"]) == [(2, "parent_number", "unknown_parent")]
