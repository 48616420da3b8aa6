"""Links to a customer's account: only ours open, only the newest generation, only in their time."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.account_links import (
    AccountLink,
    Purpose,
    account_link,
    account_path,
    account_token,
    account_tokens,
    expiry,
    key_of,
)

KEY = key_of("a secret of this installation alone")
HOURS = st.integers(0, 2**20).map(lambda n: datetime.fromtimestamp(n * 3600, UTC))
LINKS = st.builds(
    AccountLink,
    entity=st.integers(0, 2**32 - 1),
    customer=st.integers(0, 2**63 - 1),
    contact=st.integers(0, 2**63 - 1),
    generation=st.integers(0, 2**32 - 1),
    expires_at=HOURS,
    purpose=st.sampled_from(Purpose),
)


@given(LINKS)
def test_a_token_says_what_was_put_into_it_and_fits_into_an_address(link):
    token = account_token(link, key=KEY)
    assert account_link(token, key=KEY) == link
    assert re.fullmatch(r"[\w-]{60}", token)
    assert account_path(token) == f"/k/{token}"


@given(LINKS, st.integers(0, 45 * 8 - 1))
def test_a_token_with_any_bit_changed_is_none_of_ours(link, bit):
    raw = bytearray(base64.urlsafe_b64decode(account_token(link, key=KEY)))
    raw[bit // 8] ^= 1 << bit % 8
    assert account_link(base64.urlsafe_b64encode(bytes(raw)).decode(), key=KEY) is None


@given(LINKS)
def test_another_installation_s_token_is_none_of_ours(link):
    assert account_link(account_token(link, key=key_of("another secret")), key=KEY) is None


@given(st.text() | st.text("abcdefABCDEF0123456789-_=+/é", min_size=55, max_size=64))
def test_whatever_is_typed_opens_nothing_and_breaks_nothing(text):
    assert account_link(text, key=KEY) is None


@given(LINKS, LINKS)
def test_different_links_have_different_tokens(one, other):
    made = list(account_tokens([one, other], key=KEY))
    assert (made[0] == made[1]) is (one == other)


def test_a_link_ends_by_its_time_and_by_a_newer_generation():
    at = datetime(2026, 11, 30, 12, 30, tzinfo=UTC)
    link = AccountLink(entity=1, customer=2, generation=3, expires_at=expiry(at))
    assert at + timedelta(days=60) < link.expires_at <= at + timedelta(days=60, hours=1)
    assert link.stands(generation=3, at=at)
    assert not link.stands(generation=4, at=at)
    assert link.stands(generation=3, at=link.expires_at - timedelta(seconds=1))
    assert not link.stands(generation=3, at=link.expires_at)
