"""Every text that comes with the product passes its lints, and each lint finds what it is for."""

from __future__ import annotations

import pytest

from concilia.correspondence.core.figures import Language
from concilia.dunning.core.texts import Key, Way, Wording, ways_of, wording_of
from concilia.dunning.core.texts.lints import Finding, Rule, lint

EN, IT, FR, ES, DE = Language.EN, Language.IT, Language.FR, Language.ES, Language.DE


@pytest.mark.parametrize("key", list(Key))
def test_our_own_texts_pass(key: Key) -> None:
    for way in ways_of(key):
        for language in Language:
            found = lint(key, way, language, wording_of(key, way, language))
            assert found == (), (way, language)


def rules(key: Key, language: Language, changed: tuple[str, str]) -> set[tuple[Rule, int]]:
    """What is found in our own text of a key after one change."""
    ours = wording_of(key, Way.EMAIL, language)
    old, new = changed
    assert old in ours.body, "the change is of something that stands there"
    body = ours.body.replace(old, new, 1)
    found = lint(key, Way.EMAIL, language, Wording(ours.subject, body))
    return {(one.rule, one.where) for one in found}


@pytest.mark.parametrize(("key", "language", "changed", "rule"), [
    (Key.REMINDER, EN, ("Thank you for [working with us|being our customer].", "You owe us money."),
     (Rule.RELATION, 1)),
    (Key.REMINDER, EN, ("{items}", "Some invoices."), (Rule.FACTS, 0)),
    (Key.REMINDER, IT, ("C’è qualcosa che dovremmo sapere o sistemare?", "Bene."),
     (Rule.QUESTION, 0)),
    (Key.QUESTION, DE, ("Was hat die Zahlung bisher aufgehalten?", "Was? Warum?"),
     (Rule.QUESTION, 0)),
    (Key.FIRM, EN, ("{options}", "Please pay."), (Rule.OPTIONS, 0)),
    (Key.FIRM, ES, ("Gracias por su atención.", "Moroso."), (Rule.BLAME, 7)),
    (Key.FIRM, FR, ("Merci de votre attention.", "Au revoir."), (Rule.CLOSING, 8)),
    (Key.COURTESY, EN, ("Thank you, and all the best.", "Thank you. Late payers wait."),
     (Rule.DEBT_WORD, 5)),
    (Key.REMINDER, DE, ("Vielen Dank.", "Vielen Dank. Sonst kommen Zinsen hinzu."),
     (Rule.INTEREST, 6)),
    (Key.QUESTION, IT, ("Grazie della risposta.", "Grazie. Altrimenti agiamo per vie legali."),
     (Rule.THREAT, 8)),
    (Key.FIRM, EN, ("Thank you for", "PLEASE thank you for"), (Rule.CAPITALS, 8)),
    (Key.FIRM, FR, ("Merci de votre", "Quelle honte. Merci de votre"), (Rule.SHAME, 8)),
    (Key.FORMAL_NOTICE, EN, ("? If neither", "If neither"), (Rule.INTENDED, 11)),
    (Key.FORMAL_NOTICE, ES, ("{statute}", "Iremos a los tribunales."), (Rule.INTENDED, 4)),
    (Key.LAST_CALL, DE, ("Vielen Dank.", "Vielen Dank. Ihr Arbeitgeber erfährt davon."),
     (Rule.THIRD_PARTY, 6)),
    (Key.FIRM, IT, ("Grazie dell’attenzione.", "Grazie. Poi la polizia."), (Rule.FEAR, 8)),
    (Key.FIRM, EN, ("{items}", "{asked}"), (Rule.BOTH_AMOUNTS, 0)),
])  # fmt: skip
def test_each_lint_finds_what_it_is_for(
    key: Key, language: Language, changed: tuple[str, str], rule: tuple[Rule, int]
) -> None:
    assert rule[0] in {one for one, _ in rules(key, language, changed)}


def test_a_finding_says_where_and_which_word() -> None:
    ours = wording_of(Key.FIRM, Way.EMAIL, EN)
    worse = Wording("Your debt", ours.body + "\n\nThank you, deadbeat.")

    assert Finding(Rule.BLAME, 0, "debt") in lint(Key.FIRM, Way.EMAIL, EN, worse)
    assert Finding(Rule.BLAME, 9, "deadbeat") in lint(Key.FIRM, Way.EMAIL, EN, worse)


def test_short_messages_name_no_amount_and_have_the_link() -> None:
    told = lint(Key.REMINDER, Way.SMS, EN, Wording("", "{creditor}: dear customer, {asked}, why?"))
    assert {one.rule for one in told} == {Rule.NO_AMOUNT, Rule.LINK}


def test_a_call_guide_asks_before_it_says_how_much_and_ends_with_a_factual_note() -> None:
    guide = wording_of(Key.QUESTION, Way.CALL, EN).body
    early = guide.replace("1. Greet", "1. Say that {asked} is open. Greet")
    unnoted = guide.split("7.")[0]

    assert Rule.QUESTION in {
        one.rule for one in lint(Key.QUESTION, Way.CALL, EN, Wording("", early))
    }
    assert Rule.NOTE in {one.rule for one in lint(Key.QUESTION, Way.CALL, EN, Wording("", unnoted))}


def test_words_for_one_form_of_address_are_looked_at_too() -> None:
    ours = wording_of(Key.FIRM, Way.EMAIL, IT)
    worse = Wording(ours.subject, ours.body + "\n\nGrazie[|, moroso].")
    assert Rule.BLAME in {one.rule for one in lint(Key.FIRM, Way.EMAIL, IT, worse)}


def test_a_text_that_cannot_be_read_has_that_one_finding() -> None:
    assert lint(Key.FIRM, Way.EMAIL, EN, Wording("x", "{nobody}")) == (
        Finding(Rule.UNREADABLE, 1, "{nobody}"),
    )
