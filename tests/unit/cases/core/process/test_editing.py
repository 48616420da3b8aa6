"""One act on a route changes one thing; what led on still does, and comments stay."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world.processes import events, facts, valid

from concilia.cases.core.process.editing import (
    Add,
    Beside,
    Change,
    ChangeGroup,
    Delete,
    Head,
    Move,
    edit,
    new_process,
    places_for,
)
from concilia.cases.core.process.engine import advance, start
from concilia.cases.core.process.flow import EditRefused
from concilia.cases.core.process.model import Group, Join, Kind
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.state import EventRefused
from concilia.cases.core.process.typing_in import Typed, part_of, read_typed, with_part
from concilia.cases.core.process.validation import prove, validate
from concilia.cases.core.process.writing import write_process
from concilia.cases.queries.processes import shipped
from concilia.kernel.reasons import REASONS

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SHORTAGE = shipped()["shortage"].text
KINDS = st.sampled_from(
    [(Kind.FORM, ""), (Kind.EVIDENCE, "CT"), (Kind.APPROVAL, ""), (Kind.ASK_CUSTOMER, "")]
)


def read(text):
    definition = read_process(text).definition
    assert definition is not None
    return definition


def ways_of(text, step):
    return {way.outcome: (way.target, way.at_most) for way in read(text).step(step).ways}


@st.composite
def acts(draw, definition):
    """Any act of the page on any step, whether it makes sense or not."""
    name = draw(st.sampled_from(places_for(definition, "")))
    other = draw(st.sampled_from(places_for(definition, "")))
    kind, code = draw(KINDS)
    where = draw(st.booleans())
    moves = [Add(kind, code, name, where), Beside(kind, code, name), Delete(name)]
    moves += [Move(name, other, where), Move(name, other, not where)]
    node = next((node for node in definition.nodes if node.id == name), None)
    if isinstance(node, Group):
        moves.append(ChangeGroup(name, draw(st.sampled_from(Join)), 1, "end", other, 2))
    else:
        step = definition.step(name)
        typed = Typed(
            name=draw(st.sampled_from([name, "other-name"])), kind="form", who="owner", within="3",
            ways=[(way.outcome, way.target, str(way.at_most or "")) for way in step.ways],
        )  # fmt: skip
        changed, wrong = read_typed(typed)
        assert wrong == ()
        moves.append(Change(name, changed))
    return draw(st.sampled_from(moves))


class TestWhateverIsClicked:
    @given(valid, facts, st.data())
    @settings(max_examples=60, deadline=None)
    def test_the_text_stays_readable_and_a_sound_one_loses_no_case(self, definition, known, data):
        text = write_process(definition)
        for _ in range(data.draw(st.integers(1, 5))):
            before = read(text)
            try:
                text = edit(text, data.draw(acts(before))).text
            except EditRefused:
                assert read(text) == before
            assert write_process(read(text)) == text
        after = read(text)
        if validate(after):
            return
        state, _effects = start(after, known, AT)
        for _ in range(8):
            try:
                state, _effects = advance(after, state, data.draw(events(after, state)), AT)
            except EventRefused:
                continue
            assert bool(state.open) != (state.ended is not None)

    @given(valid, st.data())
    @settings(max_examples=30, deadline=None)
    def test_a_form_put_in_on_the_main_road_breaks_nothing(self, definition, data):
        anchor = data.draw(st.sampled_from([node.id for node in definition.nodes]))
        after = edit(
            write_process(definition), Add(Kind.FORM, "", anchor, data.draw(st.booleans()))
        )

        problems = {problem.code for problem in validate(read(after.text))}
        assert problems <= {"path_too_long"}


class TestShippedTexts:
    def test_one_that_is_not_changed_stays_as_it_was_written(self):
        for own in shipped().values():
            first = own.definition.nodes[0].id
            assert edit(own.text, Move(first, first, after=True)).text == own.text

    def test_put_in_after_a_step_it_leads_where_that_led(self):
        made = edit(SHORTAGE, Add(Kind.FORM, "", "propose"))

        assert made.step == "form"
        assert ways_of(made.text, "propose") == {"done": ("form", 0)}
        assert ways_of(made.text, "form") == {"done": ("sign", 0)}
        assert prove(made.text)[1] == []

    def test_put_in_before_a_step_only_what_leads_forward_turns(self):
        made = edit(SHORTAGE, Add(Kind.FORM, "", "propose", after=False)).text

        assert read(made).nodes[read(made).index("papers")].met.target == "form"
        assert ways_of(made, "sign")["rejected"] == ("propose", 9)

    def test_taken_out_nothing_leads_to_it(self):
        made = edit(SHORTAGE, Delete("papers")).text

        assert ways_of(made, "sign")["returned"] == ("propose", 9)
        assert prove(made)[1] == []

    def test_beside_a_step_they_run_together_and_out_of_the_branch_they_do_not(self):
        made = edit(SHORTAGE, Beside(Kind.EVIDENCE, "CT", "cause"))
        group = read(made.text).nodes[-1]
        assert [[step.id for step in branch] for branch in group.branches] == [["cause"], ["ct"]]
        assert ways_of(made.text, "answer") == {"done": (group.id, 0)}
        assert prove(made.text)[1] == []

        apart = edit(made.text, Move("ct", group.id, after=True)).text
        assert [node.id for node in read(apart).nodes[-2:]] == ["cause", "ct"]
        assert ways_of(apart, "cause") == {"done": ("ct", 0)}
        assert prove(apart)[1] == []

    def test_into_a_branch_and_along_the_road(self):
        made = edit(SHORTAGE, Move("pod", "grn", after=True)).text
        assert ["grn", "pod"] in [
            [step.id for step in branch] for branch in read(made).nodes[2].branches
        ]
        assert prove(made)[1] == []
        made = edit(SHORTAGE, Move("cause", "post", after=True)).text
        assert ways_of(made, "cause") == {"done": ("answer", 0)}
        assert ways_of(made, "answer") == {"done": ("end", 0)}

    def test_called_otherwise_everything_leads_to_the_new_name(self):
        step = read(SHORTAGE).step("propose")
        typed = Typed(name="offer", kind="propose", who="department LOG", within="1",
                      ways=[(way.outcome, way.target, "") for way in step.ways])  # fmt: skip
        changed, _wrong = read_typed(typed)
        made = edit(SHORTAGE, Change("propose", changed)).text

        assert ways_of(made, "sign")["rejected"] == ("offer", 9)
        assert prove(made)[1] == []
        with pytest.raises(EditRefused, match="name_taken"):
            edit(made, Change("sign", changed))

    def test_head(self):
        made = read(edit(SHORTAGE, Head({"en": "Missing goods"}, ("NC-01",))).text)
        assert (made.titles, made.reasons) == ({"en": "Missing goods"}, ("NC-01",))


class TestComments:
    TEXT = SHORTAGE.replace(
        "step sign: approval", "# The board wanted this in March.\nstep sign: approval"
    ).replace("  skip if: not money", "  # Refusals need no posting.\n  skip if: not money")

    def test_they_stay_where_they_stood(self):
        made = edit(self.TEXT, Add(Kind.FORM, "", "propose")).text
        assert "# The board wanted this in March.\nstep sign: approval" in made
        assert "  # Refusals need no posting.\n  skip if: not money" in made

    def test_they_go_along_with_a_step_and_go_with_it(self):
        made = edit(self.TEXT, Move("cause", "propose", after=True)).text
        assert made.count("#") == 2
        assert "#" not in edit(edit(self.TEXT, Delete("sign")).text, Delete("post")).text

    def test_the_line_they_spoke_of_is_gone_they_stay_with_the_step(self):
        typed = Typed(
            name="post", kind="post", who="system", within="1", ways=[("done", "answer", "")]
        )
        made = edit(self.TEXT, Change("post", read_typed(typed)[0])).text
        assert "# Refusals need no posting.\nstep post: post" in made


class TestWhatIsTypedIn:
    def test_what_is_wrong_is_said_beside_its_field(self):
        typed = Typed(name="pod", kind="evidence POD", who="king", within="0", skip='amount < "x"',
                      ways=[("done", "end", ""), ("No way", "end", "")])  # fmt: skip
        step, wrong = read_typed(typed)

        assert step is None
        assert [(one.field, one.problem.code) for one in wrong] == [
            ("within", "within_range"), ("who", "who_unknown"), ("skip", "fact_wants_number"),
            ("way 1", "line_unknown"),
        ]  # fmt: skip

    def test_nobody_types_a_second_line(self):
        typed = Typed(name="x", kind="form", who="owner\nskip if: qualified", within="2",
                      titles={"en": "a\nstep evil: post"}, ways=[("done", "end", "")])  # fmt: skip
        step, wrong = read_typed(typed)
        assert step is None
        assert {one.field for one in wrong} == {"who"}

    @pytest.mark.parametrize(
        ("fact", "sign", "value", "says"),
        [
            ("country", "=", "DE", 'country = "DE"'),
            ("entity", "!=", "aurora", 'entity != "aurora"'),
            ("customer", "=", "10017, 10018", 'customer in ("10017", "10018")'),
            ("customer", "!=", "10017, 10018", 'not (customer in ("10017", "10018"))'),
            ("amount", "<", "500.00", "amount < 500.00"),
            ("qualified", "!=", "", "not qualified"),
            ("missing POD", "=", "", 'missing("POD")'),
        ],
    )
    def test_a_condition_is_put_together(self, fact, sign, value, says):
        assert part_of(fact, sign, value) == says
        both = with_part("money or qualified", "and", part_of(fact, sign, value))
        step, wrong = read_typed(
            Typed(
                name="x",
                kind="form",
                who="owner",
                within="1",
                skip=both,
                ways=[("done", "end", "")],
            )
        )
        assert wrong == ()
        assert step.skip is not None


class TestFromNothing:
    @pytest.mark.parametrize("language", ["en", "it", "fr", "es", "de"])
    def test_it_is_sound(self, language):
        text = new_process("own", language, "Own", min(REASONS))
        assert prove(text)[1] == []
        assert read(text).titles == {language: "Own"}

    @pytest.mark.parametrize("name", ["", "Own", "end", "a" * 41, "a\nfor NC-01"])
    def test_a_name_that_is_none(self, name):
        with pytest.raises(EditRefused):
            new_process(name, "en", "Own", "NC-01")
