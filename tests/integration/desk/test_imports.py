"""The import page: drop, look, put right, save; the same file twice changes nothing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.world.builders import a_member, an_entity
from tests.world.jobs import run_jobs

from concilia.customers.models import Customer
from concilia.identity.models import Membership
from concilia.intake.models import Arrival, ImportFile, ImportRun

pytestmark = pytest.mark.django_db

GOOD = "customer_number,name,country\nC-1,Bottega Bonfanti,IT\nC-2,Frischmarkt Nord,DE\n"
BAD = "customer_number,name,country\nC-1,Bottega Bonfanti,IT\nC-2,Frischmarkt Nord,Germoney\n"


@pytest.fixture
def clerk() -> Membership:
    return a_member(an_entity(), "Giulia Ferri", role="clerk")


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk.user)
    return client


def drop(desk, *files: tuple[str, str]):
    uploads = [SimpleUploadedFile(name, text.encode()) for name, text in files]
    answer = desk.post(reverse("desk:imports-upload"), {"file": uploads})
    run_jobs()
    return answer


def test_a_good_file_is_shown_before_it_is_saved_and_saved_when_asked(desk, clerk):
    answer = drop(desk, ("customers.csv", GOOD))

    file = ImportFile.objects.get()
    assert file.state == "READY"
    assert not Customer.objects.exists()
    assert "Bottega Bonfanti" in desk.get(answer["Location"]).content.decode()

    desk.post(reverse("desk:import-save", args=[file.pk]))
    run_jobs()

    assert set(Customer.objects.values_list("number", "entity")) == {
        ("C-1", clerk.entity_id),
        ("C-2", clerk.entity_id),
    }
    assert ">2 new<" in desk.get(answer["Location"]).content.decode()


def test_the_same_file_again_changes_nothing(desk):
    drop(desk, ("customers.csv", GOOD))
    desk.post(reverse("desk:import-save", args=[ImportFile.objects.get().pk]))
    run_jobs()

    drop(desk, ("customers.csv", GOOD))

    assert [file.state for file in ImportFile.objects.order_by("pk")] == ["SAVED", "KNOWN"]


def test_one_wrong_row_keeps_the_whole_file_out_until_it_is_put_right(desk):
    answer = drop(desk, ("customers.csv", BAD))
    file = ImportFile.objects.get()
    page = desk.get(answer["Location"]).content.decode()
    assert file.state == "YOURS"
    assert "Germoney" in page
    assert "1 row to put right" in page
    assert desk.post(reverse("desk:import-save", args=[file.pk])).status_code == 409

    error = file.errors[0]
    desk.post(
        reverse("desk:import-repair", args=[file.pk]),
        {"row": error["row"], "column": error["column"], "value": "DE"},
    )
    run_jobs()

    file.refresh_from_db()
    assert file.state == "READY"


def test_the_wrong_rows_go_as_a_file_to_who_made_them(desk):
    drop(desk, ("customers.csv", BAD))

    answer = desk.get(reverse("desk:import-problems", args=[ImportFile.objects.get().pk]))

    assert "Germoney" in answer.content.decode("utf-8-sig")


def test_files_dropped_one_by_one_are_one_import_and_wait_for_each_other(desk):
    prices = "customer_number,sku,currency,unit_price,valid_from\nC-1,A,EUR,1.50,2026-01-01\n"
    drop(desk, ("prices.csv", prices))
    assert ImportFile.objects.get().state == "YOURS"  # no such customer yet

    drop(desk, ("products.csv", "sku,name,unit\nA,Flour,kg\n"), ("customers.csv", GOOD))
    assert ImportRun.objects.count() == 1
    for name in ("products.csv", "customers.csv"):
        file = ImportFile.objects.get(filename=name)
        desk.post(reverse("desk:import-save", args=[file.pk]))
        run_jobs()

    assert ImportFile.objects.get(filename="prices.csv").state == "READY"


def test_what_is_no_table_goes_to_the_inbox_once(desk):
    drop(desk, ("letter.pdf", "%PDF-1.4 not much of one"))
    drop(desk, ("customers.csv", GOOD))

    assert Arrival.objects.get().filename == "letter.pdf"
    assert Arrival.objects.get().seen == 1


def test_columns_are_confirmed_by_a_person(desk):
    drop(desk, ("list.csv", "Codice,Nome,XX\nC-1,Bottega Bonfanti,IT\n"))
    file = ImportFile.objects.get()
    places = {column["header"]: column["column"] for column in file.mapping}

    desk.post(reverse("desk:import-columns", args=[file.pk]), {"dataset": "customers"})
    fields = {
        f"field-{places['Codice']}": "customer_number",
        f"field-{places['Nome']}": "name",
        f"field-{places['XX']}": "country",
        "all": "1",
    }
    run_jobs()
    desk.post(reverse("desk:import-columns", args=[file.pk]), fields)
    run_jobs()

    file.refresh_from_db()
    assert file.state == "READY", file.notes


def test_two_columns_cannot_become_the_same_field(desk):
    drop(desk, ("customers.csv", GOOD))
    file = ImportFile.objects.get()

    answer = desk.post(
        reverse("desk:import-columns", args=[file.pk]),
        {"field-0": "name", "field-1": "name", "field-2": "country"},
    )

    assert answer.status_code == 422
    assert "same field" in answer.content.decode()


def test_left_out_and_cancelled_files_change_nothing(desk):
    drop(desk, ("customers.csv", GOOD))
    file = ImportFile.objects.get()

    desk.post(reverse("desk:import-leave-out", args=[file.pk]))

    file.refresh_from_db()
    assert file.state == "CANCELLED"
    assert desk.post(reverse("desk:import-cancel", args=[file.run_id])).status_code == 409
    assert not Customer.objects.exists()


def test_nothing_dropped_is_one_sentence(desk):
    answer = desk.post(reverse("desk:imports-upload"), HTTP_HX_REQUEST="true")

    assert answer.status_code == 422
    assert answer["X-Reason"] == "Choose%20a%20file%20first."


def test_another_creditors_import_is_not_there(client, desk):
    answer = drop(desk, ("customers.csv", GOOD))
    file = ImportFile.objects.get()
    client.force_login(a_member(an_entity("other"), "Paul", role="admin").user)

    assert client.get(answer["Location"]).status_code == 404
    for name in ("import-save", "import-repair", "import-columns", "import-leave-out"):
        assert client.post(reverse(f"desk:{name}", args=[file.pk])).status_code == 404


def test_an_auditor_sees_imports_and_starts_none(client, clerk):
    client.force_login(a_member(clerk.entity, "Aldo", role="auditor").user)

    assert client.get(reverse("desk:imports")).status_code == 200
    assert client.post(reverse("desk:imports-upload")).status_code == 403


def test_every_column_of_an_empty_template_is_known_again(desk):
    answer = desk.get(reverse("desk:imports-template", args=["customers"]))
    drop(desk, ("customers.csv", answer.content.decode("utf-8-sig")))

    file = ImportFile.objects.get()
    assert file.dataset == "customers"
    assert all(column["field"] == column["header"] for column in file.mapping)
    assert desk.get("/imports/templates/nothing.csv").status_code == 404
