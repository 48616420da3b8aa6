"""A link's life: whatever is done to it in whatever order, it acts at most once, and never late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.cases.core import links
from concilia.cases.core.links import LinkEnded, LinkState, Purpose, Standing

START = datetime(2026, 11, 19, 12, tzinfo=UTC)
MOMENTS = st.integers(0, 60 * 24 * 40).map(lambda minutes: START + timedelta(minutes=minutes))
ACTS = st.sampled_from(["use", "revoke", "supersede", "look"])
STORIES = st.lists(st.tuples(ACTS, MOMENTS, st.booleans()), max_size=12)


def live(purpose, story):
    """What was done with a link, in the order of time, and its life after that."""
    life, done = links.issued(purpose, at=START), []
    for act, at, still_asked in sorted(story, key=lambda told: told[1]):
        try:
            if act == "use":
                life = links.use(life, still_asked=still_asked, at=at)
            elif act == "revoke":
                life = links.revoke(life, at=at)
            elif act == "supersede":
                life = links.supersede(life, at=at)
            done.append((act, at, still_asked))
        except LinkEnded:
            pass
    return life, done


@given(st.sampled_from(Purpose), STORIES)
def test_at_most_one_act_ends_a_link_and_nothing_follows_it(purpose, story):
    life, done = live(purpose, story)
    ending = [act for act in done if act[0] != "look"]

    assert len(ending) <= 1
    assert (life.state is LinkState.OPEN) == (not ending)
    assert (life.ended_at is None) == (not ending)


@given(st.sampled_from(Purpose), STORIES)
def test_it_is_used_only_while_asked_and_in_time(purpose, story):
    life, done = live(purpose, story)

    for act, at, still_asked in done:
        if act == "use":
            assert still_asked
            assert START <= at < life.expires_at
            assert life.state is LinkState.USED


@given(st.sampled_from(Purpose), STORIES, MOMENTS, st.booleans())
def test_what_one_finds_there_says_whether_it_acts(purpose, story, at, still_asked):
    life, _done = live(purpose, story)
    found = links.standing(life, still_asked=still_asked, at=at)
    if found is Standing.READY:
        assert links.use(life, still_asked=still_asked, at=at).state is LinkState.USED
        return
    with pytest.raises(LinkEnded) as ended:
        links.use(life, still_asked=still_asked, at=at)
    assert ended.value.standing is found


@given(st.sampled_from(Purpose), STORIES)
def test_looking_changes_nothing(purpose, story):
    looks = [("look", at, asked) for _act, at, asked in story]

    assert live(purpose, looks)[0] == links.issued(purpose, at=START)


@given(st.sampled_from(Purpose), MOMENTS)
def test_only_answers_can_be_put_right_and_only_for_ten_minutes(purpose, at):
    life = links.issued(purpose, at=START)
    assert links.correctable_until(life) is None
    if at >= life.expires_at:
        return
    until = links.correctable_until(links.use(life, still_asked=True, at=at))

    assert until == (None if purpose is Purpose.SIGN else at + timedelta(minutes=10))


@pytest.mark.parametrize("purpose", Purpose)
def test_the_last_moment_is_before_the_end(purpose):
    life = links.issued(purpose, at=START)

    assert links.standing(life, still_asked=True, at=life.expires_at) is Standing.EXPIRED
    before = life.expires_at - timedelta(microseconds=1)
    assert links.standing(life, still_asked=True, at=before) is Standing.READY
