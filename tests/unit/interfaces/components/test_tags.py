from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from concilia.interfaces.components.figures import Part, SumMismatch, sparkline_points
from concilia.interfaces.components.icons import UnknownIcon, icon_names
from concilia.interfaces.components.states import CLAIM_STATES, OTHER_STATES, face_of

PARTS = [Part("paid", 822960, "Paid"), Part("open", 71640, "Disputed", href="/claims/")]


def rendered(source, language="en", **context):
    with translation.override(language):
        return Template("{% load concilia %}" + source).render(Context(context))


class TestMoney:
    def test_puts_cents_and_currency_apart(self):
        assert rendered('{% money 128400 "EUR" %}') == (
            '<span class="money">1,284<i>.00</i><small>EUR</small></span>'
        )

    def test_a_column_leaves_the_currency_to_its_header(self):
        assert rendered('{% amount -14880 "EUR" %}') == (
            '<span class="money">\u2212148<i>.80</i></span>'
        )

    def test_zero_is_a_result_and_unknown_is_not_zero(self):
        assert 'class="money zero"' in rendered('{% amount 0 "EUR" %}')
        assert rendered('{% amount nothing "EUR" why="Not judged yet" %}', nothing=None) == (
            '<span class="quiet" title="Not judged yet">\u2013</span>'
        )


class TestConfidence:
    def test_silence_means_sure(self):
        assert rendered("{% conf 0.95 %}") == ""

    def test_doubt_is_amber_and_shown_rounded_down(self):
        assert 'data-c="doubt" style="--p:84%">84\u00a0%' in rendered("{% conf 0.8499 %}")
        assert 'data-c="fair"' in rendered("{% conf 0.9 %}")

    def test_a_person_s_correction_shows_the_person(self):
        assert "Giulia" in rendered('{% conf 0.2 person="Giulia" %}')


class TestStates:
    @pytest.mark.parametrize("name", [*CLAIM_STATES, *OTHER_STATES])
    def test_have_a_word_and_an_icon_that_exists(self, name):
        face = face_of(name)
        assert str(face.word)
        assert face.icon in icon_names()

    def test_an_unknown_one_is_shown_by_its_name(self):
        assert "Half baked" in rendered('{% state "HALF_BAKED" %}')


class TestEscaping:
    def test_what_strangers_wrote_stays_text(self):
        evil = "<script>alert(1)</script>"
        html = rendered(
            "{% avatar name %}{% state name %}{% panel name note=name %}{{ name }}{% endpanel %}"
            '{% empty "at" name name %}'
            '{% include "components/message.html" with lane="in" who=name name=name text=name %}',
            name=evil,
        )
        assert "<script>" not in html

    def test_chart_data_cannot_leave_its_script(self):
        html = rendered('{% chart "x" "flow" data %}', data={"names": ["</script><b>"]})
        assert html.count("</script>") == 1


class TestFigures:
    def test_buckets_that_do_not_add_up_are_never_shown(self):
        with pytest.raises(SumMismatch):
            rendered('{% buckets parts "EUR" total=894601 %}', parts=PARTS)
        assert rendered('{% buckets parts "EUR" total=894600 %}', parts=PARTS).count("money") == 2

    def test_a_bar_says_in_words_what_it_draws(self):
        html = rendered('{% moneybar parts "EUR" %}', parts=PARTS)
        assert 'aria-label="Paid 8,229.60; Disputed 716.40"' in html

    def test_a_sparkline_needs_two_values_and_stands_gaps(self):
        assert sparkline_points([5]) == ""
        assert sparkline_points([1, None, 3]) == "0,24 120,4"
        assert sparkline_points([2, 2]) == "0,14 120,14"


class TestReason:
    def test_speaks_the_language_and_shows_the_code(self):
        assert rendered('{% reason "NC-08" %}', "it").endswith(
            '<span class="tiny quiet">NC-08</span>'
        )
        assert rendered('{% reason "NC-08" %}', "it") != rendered('{% reason "NC-08" %}', "de")

    def test_says_when_there_is_none_yet(self):
        assert "No reason yet" in rendered("{% reason nothing %}", nothing=None)


class TestPager:
    def test_keeps_the_filters(self):
        request = RequestFactory().get("/claims/?state=OPEN&page=2")
        page = Paginator(range(38), 15).page(2)
        html = rendered("{% pager page %}", page=page, request=request)
        assert "16\u201330 of 38" in html
        assert 'href="?state=OPEN&amp;page=3"' in html


class TestAvatar:
    def test_oneself_is_petrol_outsiders_are_square_and_rules_have_no_face(self):
        me = SimpleNamespace(pk=1, name="Giulia Ferri")
        request = SimpleNamespace(user=me)
        assert 'class="person me"' in rendered("{% avatar who %}", who=me, request=request)
        assert 'class="person out"' in rendered('{% avatar "Trasporti Alpe" %}', request=request)
        assert "rule" in rendered("{% avatar nobody %}", nobody=None, request=request)


def test_an_icon_the_sprite_lacks_is_an_error():
    with pytest.raises(UnknownIcon):
        rendered('{% icon "no-such-icon" %}')


class TestOnce:
    def test_it_is_written_once_for_each_language(self):
        source = '{% load concilia i18n %}{% once %}{% trans "Close" %}{{ who }}{% endonce %}'
        template = Template(source)

        def written(language, who):
            with translation.override(language):
                return template.render(Context({"who": who}))

        assert [written("en", 1), written("de", 2), written("en", 3), written("de", 4)] == [
            "Close1",
            "Schließen2",
            "Close1",
            "Schließen2",
        ]
