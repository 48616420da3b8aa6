"""Tokens in addresses: ours are known again, all others are nothing, before anybody is asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from concilia.foundation.tokens import TOKEN_CHARS, digest_of, new_seed, seed_of, token_of

SEEDS = st.binary(min_size=16, max_size=16).map(bytes.hex)


@given(SEEDS)
def test_a_token_of_ours_is_known_again_and_fits_into_an_address(seed):
    token = token_of(seed)

    assert seed_of(token) == seed
    assert len(token) == TOKEN_CHARS
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert seed not in digest_of(token)


@given(SEEDS, st.integers(0, TOKEN_CHARS - 1), st.characters(codec="ascii"))
def test_one_other_character_makes_it_a_forgery(seed, place, char):
    token = token_of(seed)
    forged = token[:place] + char + token[place + 1 :]

    assert (seed_of(forged) == seed) == (forged == token)
    assert forged == token or seed_of(forged) is None


@given(st.text(max_size=80))
def test_anything_else_is_nothing(text):
    assert seed_of(text) is None


def test_another_secret_key_has_other_tokens(settings):
    seed = new_seed()
    token = token_of(seed)
    settings.SECRET_KEY = "another key of this installation, long enough"

    assert seed_of(token) is None
    assert token_of(seed) != token
