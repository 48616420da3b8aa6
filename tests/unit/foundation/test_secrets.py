"""Passwords of other systems, as they lie in the database."""

from __future__ import annotations

import pytest

from concilia.foundation.secrets import SecretUnreadable, seal, unseal


def test_what_was_sealed_can_be_opened_and_not_be_read():
    sealed = seal("olio-e-sale-€")

    assert unseal(sealed) == "olio-e-sale-€"
    assert "olio" not in sealed


def test_the_same_secret_looks_different_each_time():
    assert seal("one") != seal("one")


def test_another_secret_key_opens_nothing(settings):
    sealed = seal("one")
    settings.SECRET_KEY = "another-key-of-this-installation"

    with pytest.raises(SecretUnreadable, match="enter it again"):
        unseal(sealed)


@pytest.mark.parametrize("text", ["", "not sealed", "gAAAAA=="])
def test_what_was_never_sealed_is_refused(text):
    with pytest.raises(SecretUnreadable):
        unseal(text)


def test_a_changed_letter_is_noticed():
    sealed = seal("one")
    changed = sealed[:-10] + ("A" if sealed[-10] != "A" else "B") + sealed[-9:]

    with pytest.raises(SecretUnreadable):
        unseal(changed)
