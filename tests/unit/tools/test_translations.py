from __future__ import annotations

import importlib.util
from pathlib import Path

from babel.messages.catalog import Catalog

ROOT = Path(__file__).parents[3]
SPEC = importlib.util.spec_from_file_location("translations", ROOT / "tools/translations.py")
translations = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(translations)


def catalog(**texts: str) -> Catalog:
    made = Catalog(locale="it", fuzzy=False)
    for text, translation in texts.items():
        made.add(text.replace("_", " "), translation)
    return made


def texts(*ids) -> Catalog:
    made = Catalog(fuzzy=False)
    for one in ids:
        made.add(one, locations=[("page.html", None)])
    return made


def problems(translated: Catalog, wanted: Catalog) -> list[str]:
    return list(translations.find_problems(translated, wanted))


class TestFindProblems:
    def test_is_content_with_a_complete_translation(self):
        assert problems(catalog(Open_claims="Reclami aperti"), texts("Open claims")) == []

    def test_names_what_is_missing_and_where_it_stands(self):
        assert problems(catalog(), texts("Open claims")) == [
            "“Open claims” is not translated (page.html)"
        ]

    def test_counts_an_empty_plural_as_missing(self):
        italian = Catalog(locale="it", fuzzy=False)
        italian.add(("%(n)s claim", "%(n)s claims"), ("%(n)s reclamo", ""))

        found = problems(italian, texts(("%(n)s claim", "%(n)s claims")))

        assert found == ["“%(n)s claim” is not translated (page.html)"]

    def test_lets_one_form_say_one_without_the_number(self):
        italian = Catalog(locale="it", fuzzy=False)
        italian.add(("%(n)s claim", "%(n)s claims"), ("un reclamo", "%(n)s reclami"))

        assert problems(italian, texts(("%(n)s claim", "%(n)s claims"))) == []

    def test_refuses_a_lost_placeholder(self):
        italian = Catalog(locale="it", fuzzy=False)
        italian.add("Due on %(day)s", "Scade presto")

        found = problems(italian, texts("Due on %(day)s"))

        assert found == ["“Due on %(day)s” has other placeholders in its translation (page.html)"]

    def test_does_not_trust_a_doubtful_one(self):
        italian = Catalog(locale="it", fuzzy=False)
        italian.add("Owner", "Padrone", flags=["fuzzy"])

        assert problems(italian, texts("Owner")) == ["“Owner” is marked doubtful (page.html)"]


def test_finds_the_texts_of_a_template_whatever_stands_around_them():
    template = """
      {% load i18n %}<p title="{% translate 'Due date' %}">it's "odd" {{ value|default:'(' }}</p>
      {% blocktrans count n=total %}{{ n }} claim{% plural %}{{ n }} claims{% endblocktrans %}
    """
    lines = translations.as_python(template, "page.html").encode()

    import io

    from babel.messages.extract import extract

    found = [text for _, text, _, _ in extract("python", io.BytesIO(lines), translations.KEYWORDS)]

    assert found == ["Due date", ("%(n)s claim", "%(n)s claims")]
