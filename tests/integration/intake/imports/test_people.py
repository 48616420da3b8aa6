"""An import in people's hands: columns explained, cells mended, files left out."""

from __future__ import annotations

import pytest
from tests.world.builders import a_member, an_entity
from tests.world.imports import (
    CUSTOMERS,
    ITALIAN,
    LATER,
    counts,
    only,
    start,
    states,
    take,
)

from concilia.foundation.models import AuditEntry
from concilia.identity.models import Entity, Membership
from concilia.intake.actions.imports import (
    ImportRefused,
    cancel_import,
    check_import_file,
    leave_out_file,
    repair_value,
    save_import_file,
    set_mapping,
)
from concilia.intake.models import ImportFile, ImportRun, RememberedMapping
from concilia.intake.queries.imports import (
    due_for_check,
    file_shown,
    files_of,
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


class TestMapping:
    def test_a_person_confirms_and_it_is_remembered(self, entity, member):
        text = (
            ITALIAN.replace("0O", "00").replace("31/11", "30/11").replace("Scad. netta", "Scadenza")
        )
        file = check_import_file(file_id=only(start(entity, member, a__csv=text)).pk, at=LATER)
        assert (file.state, file.notes[0]["key"]) == ("YOURS", "columns_to_confirm")
        place = next(c["column"] for c in file.mapping if c["header"] == "Scadenza")

        file = set_mapping(file_id=file.pk, mapping=[{"column": place}], member=member, at=LATER)
        assert file.state == "WAITING"
        assert check_import_file(file_id=file.pk, at=LATER).state == "READY"

        again = only(start(entity, member, b__csv=text + "FT-9;C-00412;15/10/2026;1,00;EUR;30;\n"))
        assert {column["source"] for column in again.mapping} == {"remembered"}
        assert RememberedMapping.objects.filter(entity=entity, dataset="open_items").exists()

    def test_a_column_may_become_something_else_or_nothing(self, entity, member):
        file = only(start(entity, member, a__csv=ITALIAN))

        file = set_mapping(
            file_id=file.pk,
            mapping=[
                {"column": 6, "field": "structured_reference"},
                {"column": 4, "field": ""},
                {"column": 3, "decimal": "."},
            ],
            member=member,
            at=LATER,
        )

        by_place = {column["column"]: column for column in file.mapping}
        assert by_place[6]["field"] == "structured_reference"
        assert by_place[4]["field"] == ""
        assert by_place[3]["decimal"] == "."

    def test_a_person_says_what_the_rows_are(self, entity, member):
        text = "Nummer;Wer\nK-1;Müller\nK-2;Maier\n"
        file = check_import_file(file_id=only(start(entity, member, a__csv=text)).pk, at=LATER)
        assert file.state == "YOURS"

        file = set_mapping(
            file_id=file.pk,
            dataset="customers",
            mapping=[{"column": 0, "field": "customer_number"}, {"column": 1, "field": "name"}],
            member=member,
            at=LATER,
        )
        check_import_file(file_id=file.pk, at=LATER)

        assert counts(save_import_file(file_id=file.pk, at=LATER)) == ("SAVED", 2, 0, 0)

    @pytest.mark.parametrize(
        ("mapping", "words"),
        [
            ([{"column": 99, "field": ""}], "no such column"),
            ([{"column": 0, "field": "sku"}], "no such column"),
            ([{"column": 6, "field": "open_amount"}], "same field: open_amount"),
            ([{"column": 2, "order": "ydm"}], "not written like that"),
        ],
    )
    def test_what_cannot_be_is_refused(self, entity, member, mapping, words):
        file = only(start(entity, member, a__csv=ITALIAN))

        with pytest.raises(ImportRefused, match=words):
            set_mapping(file_id=file.pk, mapping=mapping, member=member, at=LATER)

    def test_another_company_cannot_touch_it(self, entity, member):
        file = only(start(entity, member, a__csv=ITALIAN))
        stranger = a_member(an_entity("other"))

        with pytest.raises(ImportFile.DoesNotExist):
            set_mapping(file_id=file.pk, mapping=[], member=stranger, at=LATER)
        with pytest.raises(ImportRun.DoesNotExist):
            cancel_import(run_id=file.run_id, member=stranger, at=LATER)
        with pytest.raises(ImportFile.DoesNotExist):
            file_shown(entity_id=stranger.entity_id, file_id=file.pk, language="en", at=LATER)
        assert not files_of(entity_id=stranger.entity_id, run_id=file.run_id).exists()


class TestMending:
    def test_each_wrong_cell_put_right_makes_the_file_right(self, entity, member):
        file = check_import_file(file_id=only(start(entity, member, a__csv=ITALIAN)).pk, at=LATER)
        first, second = file.errors

        mended = repair_value(
            file_id=file.pk,
            row=first["row"],
            column=first["column"],
            value=first["repair"],
            member=member,
            at=LATER,
        )
        assert mended.state == "YOURS"
        mended = repair_value(
            file_id=file.pk,
            row=second["row"],
            column=second["column"],
            value="30/11/2026",
            member=member,
            at=LATER,
        )
        assert mended.state == "WAITING"
        assert check_import_file(file_id=file.pk, at=LATER).state == "READY"
        assert counts(save_import_file(file_id=file.pk, at=LATER)) == ("SAVED", 3, 0, 0)
        assert OpenItem.objects.get(document_number="FT-2026/03141").customer.number == "C-00412"
        entry = AuditEntry.objects.filter(act="import.repaired").earliest("seq")
        assert (entry.data["before"], entry.data["after"]) == ("C-0O412", "C-00412")

    def test_a_cell_that_is_not_there_is_refused(self, entity, member):
        file = only(start(entity, member, a__csv=ITALIAN))

        with pytest.raises(ImportRefused, match="no such cell"):
            repair_value(file_id=file.pk, row=2, column=77, value="x", member=member, at=LATER)

    def test_a_settled_file_is_not_changed(self, entity, member):
        file = ImportFile.objects.get(dataset="customers")

        with pytest.raises(ImportRefused, match="settled"):
            repair_value(file_id=file.pk, row=2, column=0, value="x", member=member, at=LATER)


class TestCancelling:
    def test_what_is_not_settled_is_left_out(self, entity, member):
        run = start(entity, member, a__csv=ITALIAN, b__csv=CUSTOMERS)

        run = cancel_import(run_id=run.pk, member=member, at=LATER)

        assert (run.state, set(states(run).values())) == ("CANCELLED", {"CANCELLED"})
        with pytest.raises(ImportRefused):
            cancel_import(run_id=run.pk, member=member, at=LATER)

    def test_one_file_left_out_lets_the_others_go_on(self, entity, member):
        run = start(entity, member, a__csv=ITALIAN, b__csv="customer_number,name\n,Nobody\n")
        customers = ImportFile.objects.get(run=run, dataset="customers")
        check_import_file(file_id=customers.pk, at=LATER)

        leave_out_file(file_id=customers.pk, member=member, at=LATER)

        assert due_for_check(run_id=run.pk) == [
            ImportFile.objects.get(run=run, dataset="open_items").pk
        ]
