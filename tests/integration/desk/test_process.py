"""Pages and calls about processes: who may do what, and what strangers' texts do there."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim, a_team
from tests.world.program import Program

from concilia.cases.actions import publish_draft, submit_draft, write_draft
from concilia.cases.core.process.validation import prove
from concilia.cases.models import ProcessDefinition
from concilia.cases.queries.processes import shipped

pytestmark = pytest.mark.django_db
SHORTAGE = shipped()["shortage"].text
ONE = reverse("desk:process-one", args=["shortage"])
SAVE = reverse("desk:process-save")


@pytest.fixture
def entity():
    return an_entity()


@pytest.fixture
def admin(entity):
    return a_member(entity, "Anna Berti", role="admin")


@pytest.fixture
def desk(client, admin):
    client.force_login(admin.user)
    return client


def says(answer):
    return answer.content.decode()


class TestPages:
    def test_all_are_listed_with_their_open_cases(self, desk, entity):
        team = a_team(entity)
        a_claim(team["giulia"], an_invoice(a_customer(entity), [("PEN-500", "100", "21.60", 2200)]))
        page = says(desk.get(reverse("desk:process")))

        assert page.count("<tr data-row>") == len(shipped())
        assert "as shipped" in page

    @pytest.mark.parametrize(
        ("language", "words"),
        [("it", "Ammanco"), ("fr", "Manquant"), ("es", "Falta de mercancía"), ("de", "Fehlmenge")],
    )
    def test_a_route_speaks_the_reader_s_language(self, desk, admin, language, words):
        admin.user.language = language
        admin.user.save()
        page = says(desk.get(ONE))

        assert words in page
        assert "Check the reason" not in page

    def test_every_shipped_process_is_drawn_with_each_of_its_steps(self, desk):
        for key, own in shipped().items():
            page = says(desk.get(reverse("desk:process-one", args=[key])))
            for step in own.definition.steps:
                assert f'id="card-{step.id}"' in page

    def test_an_unknown_process_is_not_there(self, desk):
        assert desk.get(reverse("desk:process-one", args=["moon"])).status_code == 404

    def test_a_stranger_s_words_stay_words(self, desk, admin):
        evil = SHORTAGE.replace("Shortage", "<script>alert(1)</script>")
        write_draft(text=evil, member=admin, at=NOON)
        page = says(desk.get(ONE)) + says(desk.get(ONE + "?as=text"))

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page

    def test_a_text_is_checked_while_it_is_written_and_nothing_is_kept(self, desk):
        text = SHORTAGE.replace("skip if: signatures = 0", "skip if: amount < 5")
        answer = desk.post(reverse("desk:process-check", args=["shortage"]), {"text": text})

        assert "A signature is skipped only where" in says(answer)
        assert not ProcessDefinition.objects.exists()

    def test_exported_and_imported_it_is_the_same(self, desk):
        exported = desk.get(reverse("desk:process-export", args=["shortage"]))
        assert exported["Content-Type"].startswith("text/plain")
        assert exported.content.decode() == SHORTAGE
        desk.post(SAVE, {"file": SimpleUploadedFile("p.txt", exported.content)})

        assert ProcessDefinition.objects.get().text == SHORTAGE

    @pytest.mark.parametrize(
        "content", [b"\xff\xfe\x00", b"process a\x00", b"", b"x" * 300_000, b"step a: form"]
    )
    def test_a_file_that_is_no_process_gets_one_sentence(self, desk, content):
        answer = desk.post(SAVE, {"file": SimpleUploadedFile("p.txt", content)}, follow=True)

        assert answer.status_code == 200
        assert not ProcessDefinition.objects.exists()


class TestNothingTypedIsLost:
    def test_a_refused_text_stays_on_the_page(self, desk):
        typed = "proces shortage\n# an hour of work\n"
        page = says(desk.post(SAVE, {"text": typed, "process": "shortage", "seen": ""}))

        assert "# an hour of work" in page
        assert "must begin by naming its process" in page
        assert not ProcessDefinition.objects.exists()

    def test_a_colleague_s_draft_is_not_replaced_unseen(self, desk, entity):
        other = a_member(entity, "Ugo Sala", role="admin")
        theirs = write_draft(text=SHORTAGE + "# theirs\n", member=other, at=NOON)
        form = {"text": SHORTAGE + "# mine\n", "process": "shortage", "seen": ""}
        page = says(desk.post(SAVE, form))
        assert "Ugo Sala changed the draft meanwhile" in page
        assert "# mine" in page
        assert f'name="seen" value="{theirs.sha256}"' in page
        assert ProcessDefinition.objects.get().text.endswith("# theirs\n")

        desk.post(SAVE, form | {"seen": theirs.sha256})
        assert ProcessDefinition.objects.get().text.endswith("# mine\n")

    def test_an_old_version_does_not_push_a_draft_aside(self, desk, admin, entity):
        other = a_member(entity, "Ugo Sala", role="admin")
        draft = write_draft(text=SHORTAGE, member=admin, at=NOON)
        submit_draft(key="shortage", member=admin, at=NOON)
        publish_draft(key="shortage", seen_sha256=draft.sha256, member=other, at=NOON)
        write_draft(text=SHORTAGE + "# newer\n", member=other, at=NOON)
        act = reverse("desk:process-act", args=["shortage"])
        page = says(desk.post(act, {"act": "roll-back", "version": "1"}, follow=True))

        assert "throw it away first" in page
        assert ProcessDefinition.objects.get(state="DRAFT").text.endswith("# newer\n")


class TestRights:
    @pytest.mark.parametrize("role", ["clerk", "resolver", "approver", "auditor"])
    def test_others_read_and_do_not_write(self, client, entity, role):
        client.force_login(a_member(entity, "Eva Pini", role=role, level=1).user)

        assert client.get(ONE).status_code == 200
        assert client.post(SAVE, {"text": SHORTAGE}).status_code == 403
        assert client.post(EDIT, {"op": "undo"}).status_code == 403
        client.post(reverse("desk:process-act", args=["shortage"]), {"act": "drop"})
        assert not ProcessDefinition.objects.exists()

    def test_the_writer_is_offered_no_publication(self, desk, admin):
        draft = write_draft(text=SHORTAGE, member=admin, at=NOON)
        act = reverse("desk:process-act", args=["shortage"])
        desk.post(act, {"act": "submit"})
        assert 'value="publish"' not in says(desk.get(ONE))
        desk.post(act, {"act": "publish", "sha256": draft.sha256})

        assert ProcessDefinition.objects.get().state == "DRAFT"

    def test_an_old_version_comes_back(self, desk, admin, entity):
        other = a_member(entity, "Ugo Sala", role="admin")
        for text in (SHORTAGE, SHORTAGE.replace("NC-01, NC-02, NC-31", "NC-01")):
            draft = write_draft(text=text, member=admin, at=NOON)
            submit_draft(key="shortage", member=admin, at=NOON)
            publish_draft(key="shortage", seen_sha256=draft.sha256, member=other, at=NOON)
        assert "Go back to version 1" in says(desk.get(ONE))
        act = reverse("desk:process-act", args=["shortage"])
        page = says(desk.post(act, {"act": "roll-back", "version": "1"}, follow=True))

        assert "version 1 again" in page
        assert ProcessDefinition.objects.get(state="DRAFT").text == SHORTAGE

    def test_another_company_s_draft_is_not_seen(self, client, admin):
        write_draft(text=SHORTAGE.replace("Shortage", "Secret plan"), member=admin, at=NOON)
        stranger = a_member(an_entity("other"), "Eva Stein", role="admin")
        client.force_login(stranger.user)

        assert "Secret plan" not in says(client.get(ONE))


EDIT = reverse("desk:process-edit", args=["shortage"])


class TestByClicking:
    def click(self, desk, **values):
        draft = ProcessDefinition.objects.get(state="DRAFT")
        return says(desk.post(EDIT, {"seen": draft.sha256} | values))

    @pytest.fixture(autouse=True)
    def draft(self, desk):
        desk.post(reverse("desk:process-begin", args=["shortage"]))

    def test_each_click_changes_the_text(self, desk):
        page = self.click(desk, op="add", step="propose", where="after", new="evidence CT")
        assert 'id="card-ct"' in page
        assert "step ct: evidence CT" in ProcessDefinition.objects.get().text
        self.click(desk, op="move", step="ct", anchor="pod", where="after")
        self.click(desk, op="delete", step="grn")
        self.click(desk, op="add", step="cause", where="beside", new="form")
        page = self.click(desk, op="group", step="together", join="any", met="end")
        assert "the first one is enough" in page
        assert prove(ProcessDefinition.objects.get().text)[1] == []
        for _ in range(5):
            self.click(desk, op="undo")
        assert ProcessDefinition.objects.get().text == SHORTAGE

    def test_what_is_typed_wrongly_stays_with_what_is_wrong(self, desk):
        typed = {"name": "pod", "kind": "evidence POD", "who": "department LOG", "within": "2",
                 "unit": "BD", "outcome-0": "done", "target-0": "next"}  # fmt: skip
        page = self.click(desk, op="step", step="pod", skip="weather = 1", **typed)
        assert "No fact of a case is called “weather”." in page
        assert 'value="weather = 1"' in page
        assert ProcessDefinition.objects.get().text == SHORTAGE
        page = self.click(desk, op="step", step="pod", skip='country = "DE"', part="and",
                          fact="entity", sign="=", value="aurora", **typed)  # fmt: skip
        kept = ProcessDefinition.objects.get().text
        assert 'skip if: country = "DE" and entity = "aurora"' in kept

    def test_strangers_values_do_no_harm(self, desk):
        for values in (
            {"op": "add", "step": "moon", "new": "evidence XX"},
            {"op": "add", "step": "propose", "new": "automatic rm", "where": "up"},
            {"op": "move", "step": "pod", "anchor": "../etc"},
            {"op": "group", "step": "pod", "join": "?", "needed": "9" * 50},
            {"op": "head", "title-en": "a\nstep evil: post", "reasons": "XX-99"},
            {"op": "step", "step": "pod", "name": "pod\nx"},
            {"op": "moon"},
            {},
        ):
            page = self.click(desk, **values)
            assert 'id="process-body"' in page
            assert "step evil" not in ProcessDefinition.objects.get().text

    def test_a_process_from_nothing(self, desk):
        form = {"key": "own-shortage", "title": "Ours", "reason": "NC-01"}
        page = says(desk.post(reverse("desk:process-new"), form, follow=True))
        assert "Nothing to put right" in page
        page = says(desk.post(reverse("desk:process-new"), form, follow=True))
        assert "There is a process “own-shortage” already." in page
        page = says(desk.post(reverse("desk:process-new"), form | {"key": "O O"}, follow=True))
        assert "is no name" in page


class TestByProgram:
    def test_a_draft_is_written_checked_and_submitted_but_published_by_people(self, admin):
        program = Program(admin)
        assert len(program.get("/processes").json()) == len(shipped())
        wrong = SHORTAGE.replace("skip if: signatures = 0", "skip if: amount < 5")
        checked = program.post("/processes/check", {"text": wrong}).json()
        assert [one["code"] for one in checked["problems"]] == ["approval_skipped"]
        draft = program.post("/processes", {"text": SHORTAGE}).json()
        assert (draft["key"], draft["version"]) == ("shortage", 1)
        assert program.post("/processes/shortage/submit").json()["submitted_at"]
        found = program.get("/processes/shortage").json()
        assert (found["text"], found["draft"]["sha256"]) == (SHORTAGE, draft["sha256"])
        assert program.post("/processes/shortage/publish").status_code == 404

    def test_what_is_wrong_is_one_sentence(self, admin):
        program = Program(admin)
        refused = program.post("/processes", {"text": "step a: form"})
        assert refused.status_code == 422
        assert refused.json()["detail"] == "The text must begin by naming its process."
        assert program.post("/processes/moon/submit").status_code == 404
        assert program.post("/processes/shortage/submit").status_code == 422
        assert program.get("/processes/moon").status_code == 404
