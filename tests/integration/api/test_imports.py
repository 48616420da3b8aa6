"""Imports by a program: send, look, put right, save; nothing is saved before somebody says so."""

from __future__ import annotations

import pytest
from tests.world.builders import a_member, an_entity
from tests.world.jobs import run_jobs
from tests.world.program import Program, a_file

from concilia.customers.models import Customer
from concilia.intake.models import ImportRun

pytestmark = pytest.mark.django_db

GOOD = b"customer_number,name,country\nC-1,Bottega Bonfanti,IT\nC-2,Frischmarkt Nord,DE\n"
BAD = b"customer_number,name,country\nC-1,Bottega Bonfanti,IT\nC-2,Frischmarkt Nord,Germoney\n"


@pytest.fixture
def program() -> Program:
    return Program(a_member(an_entity()))


def sent(program: Program, content: bytes = GOOD, **headers: str) -> dict:
    """The only file of a new import, once the worker has looked at it."""
    answer = program.send("/imports", a_file("customers.csv", content), **headers)
    assert answer.status_code == 201, answer.content
    run_jobs()
    run = program.get(f"/imports/{answer.json()['run']['id']}").json()
    return run["files"][0]


def test_a_good_file_is_checked_and_saved_when_asked(program):
    file = sent(program)
    assert (file["state"], file["rows"], file["error_rows"]) == ("READY", 2, 0)
    assert not Customer.objects.exists()

    assert program.post(f"/imports/files/{file['id']}/save").status_code == 202
    run_jobs()

    assert set(Customer.objects.values_list("number", flat=True)) == {"C-1", "C-2"}
    after = program.get(f"/imports/files/{file['id']}").json()
    assert (after["state"], after["new_rows"]) == ("SAVED", 2)
    listed = program.get("/imports").json()["items"]
    assert [(run["state"], run["files"]) for run in listed] == [("SAVED", {"SAVED": 1})]


def test_what_is_wrong_is_told_mended_and_saved(program):
    file = sent(program, BAD)
    shown = program.get(f"/imports/files/{file['id']}").json()
    (problem,) = shown["problems"]
    assert (problem["row"], problem["value"]) == (3, "Germoney")
    told = program.get(f"/imports/files/{file['id']}/problems")
    assert told["Content-Type"].startswith("text/csv")
    assert "Germoney" in told.content.decode()
    assert program.post(f"/imports/files/{file['id']}/save").status_code == 422

    mended = program.post(
        f"/imports/files/{file['id']}/repairs",
        {"row": problem["row"], "column": problem["column"], "value": "DE"},
    )
    assert mended.status_code == 200, mended.content
    run_jobs()
    assert program.get(f"/imports/files/{file['id']}").json()["state"] == "READY"


def test_columns_are_said(program):
    file = sent(program, b"a;b;c\nC-1;Bottega Bonfanti;IT\n")
    answer = program.post(
        f"/imports/files/{file['id']}/columns",
        {"dataset": "customers"},
    )
    assert answer.status_code == 200, answer.content
    fields = ["customer_number", "name", "country"]
    columns = [{"column": n, "field": name} for n, name in enumerate(fields)]
    said = program.post(f"/imports/files/{file['id']}/columns", {"columns": columns})
    assert said.status_code == 200, said.content
    run_jobs()

    shown = program.get(f"/imports/files/{file['id']}").json()
    assert [each["field"] for each in shown["columns"]] == fields
    assert shown["state"] == "READY"


def test_a_file_is_left_out_and_an_import_cancelled(program):
    first = sent(program)
    left = program.post(f"/imports/files/{first['id']}/leave-out")
    assert left.json()["state"] == "CANCELLED"

    second = sent(program, BAD)
    stopped = program.post(f"/imports/{second['run']}/cancel")
    assert stopped.json()["run"]["state"] == "CANCELLED"
    assert program.post(f"/imports/{second['run']}/cancel").status_code == 422


def test_the_same_files_with_one_key_are_one_import(program):
    key = {"Idempotency-Key": "night-run-7"}
    for _ in range(2):
        sent(program, **key)
    other = program.send("/imports", a_file("customers.csv", BAD), **key)

    assert ImportRun.objects.count() == 1
    assert other.status_code == 422


def test_templates_open_as_tables(program):
    names = [each["name"] for each in program.get("/imports/datasets").json()]
    assert "open_items" in names
    told = program.get("/imports/templates/customers")
    assert told.content.decode("utf-8-sig").splitlines()[0].startswith("customer_number")


def test_a_resolver_reads_and_does_not_import(program):
    resolver = Program(a_member(program.admin.entity, "Marco", role="resolver"))

    assert resolver.get("/imports").status_code == 200
    refused = resolver.send("/imports", a_file("customers.csv", GOOD))
    assert (refused.status_code, "resolver" in refused.json()["detail"]) == (403, True)


def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(
    program, django_assert_max_num_queries
):
    sent(program)
    with django_assert_max_num_queries(12) as found:
        program.get("/imports")
    few = len(found)
    for n in range(4):
        sent(program, GOOD + f"C-{n + 10},Another,IT\n".encode())
    with django_assert_max_num_queries(few):
        program.get("/imports")
