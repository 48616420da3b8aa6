"""Rules about texts: whole words, one payer or all, the longest first."""

from __future__ import annotations

import pytest

from concilia.cash.core.rules import Decision, suggested_words
from concilia.matching.names import words_of
from concilia.matching.rules import RuleBook, TextRule, rule_words

IBAN = "IT60X0542811101000000123456"


def rule(words, number="1", **fields):
    return TextRule(number, "elsewhere", rule_words(words), label="x", **fields)


def said(rules, text, iban="", name=""):
    return [one.rule_id for one in RuleBook.of(rules).saying(text, iban, name)]


@pytest.mark.parametrize(
    ("words", "text", "fits"),
    [
        ("ABB", "canone abb. 11/26", True),
        ("ABB", "ABBONAMENTO", False),
        ("via roma", "CANONE VIA-ROMA 7", True),
        ("via roma", "ROMA VIA", False),
        ("città", "CITTA'", True),
        ("k 77", "K77", False),
        ("a b", "a", False),
    ],
)
def test_words_are_compared_whole_and_in_order(words, text, fits):
    assert bool(said([rule(words)], text)) is fits


def test_the_longest_text_speaks_first_then_the_eldest():
    rules = [rule("VIA", "10"), rule("VIA", "9"), rule("VIA ROMA", "11")]

    assert said(rules, "VIA ROMA") == ["11", "9", "10"]


def test_a_payer_by_account_or_by_name():
    rules = [
        rule("ABB", "1", iban=IBAN),
        rule("ABB", "2", name=words_of("Immobiliare Verdi S.r.l.")),
    ]

    assert said(rules, "ABB", iban=IBAN) == ["1"]
    assert said(rules, "ABB", name="VERDI IMMOBILIARE SRL") == ["2"]
    assert said(rules, "ABB") == []


@pytest.mark.parametrize(
    ("texts", "others", "words"),
    [
        (["FITTO SET 26 VIA ROMA", "FITTO OTT 26 VIA ROMA", "FITTO NOV VIA ROMA"], [], "VIA ROMA"),
        (["RENT 1", "RENT 2"], [], ""),
        (["RENT 1", "RENT 2", "LOAN 3"], [], ""),
        (["RENT A", "RENT B", "RENT C"], ["RENT"], ""),
        (["1 2 3", "1 2 3", "1 2 3"], [], ""),
    ],
)
def test_what_equal_decisions_have_in_common(texts, others, words):
    decisions = [Decision(text, ("elsewhere", "rent")) for text in texts]
    decisions += [Decision(text, ("customer", "7")) for text in others]

    assert " ".join(suggested_words(decisions)) == words
