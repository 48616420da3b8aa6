"""
The texts people read, in five languages: `translations.py collect|prune|check|fill FILE`.

`collect` writes the English texts of templates and code into the .po files and keeps what is
translated, also of texts that are gone for the moment; `prune` forgets those. `check` fails when a
text is missing, untranslated or doubtful ("fuzzy") in a language, or when a translation lost a
placeholder. `fill` collects, then takes translations from a JSON file
`{"Claims": {"it": "Reclami", …}}`: a text with a plural is named by its singular and translated by
a list, one with a context is named `context|text`. Needs no gettext installation.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/concilia"
LOCALE = SOURCE / "locale"
LANGUAGES = ("it", "fr", "es", "de")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def main() -> int:
    """This will do what the first argument says and return an exit code."""
    task, *names = sys.argv[1:] or [""]
    if task not in {"collect", "prune", "check", "fill"} or len(names) != (task == "fill"):
        print(__doc__, file=sys.stderr)
        return 2
    texts = collect()
    problems = check(texts) if task == "check" else write(texts, names, prunes=task == "prune")
    print("\n".join(problems) or f"{len(texts)} texts in {len(LANGUAGES)} translations: fine.")
    return 1 if problems else 0


def check(texts: Catalog) -> list[str]:
    """This will name every text that is not in order, by language."""
    return [
        f"{language}: {problem}"
        for language in LANGUAGES
        for problem in find_problems(load(place_of(language), language), texts)
    ]


def write(texts: Catalog, names: list[str], *, prunes: bool = False) -> list[str]:
    """This will bring the .po files up to date, with the translations in the files named."""
    given = [item for name in names for item in json.loads(Path(name).read_text()).items()]
    problems: list[str] = []
    LOCALE.mkdir(exist_ok=True)
    folder = os.open(LOCALE, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # several people may translate in one checkout
        for language in LANGUAGES:
            catalog = load(place_of(language), language)
            for message in list(catalog.obsolete.values()):  # the text may have come back
                catalog.add(message.id, message.string, context=message.context)
            catalog.obsolete.clear()
            catalog.update(texts, no_fuzzy_matching=True)
            if prunes:
                catalog.obsolete.clear()
            problems += [
                f"“{name}” is no text of ours"
                for name, words in given
                if language in words and not translate(catalog, name, words[language])
            ]
            save(catalog, place_of(language))
    finally:
        os.close(folder)
    return sorted(set(problems))


def place_of(language: str) -> Path:
    """This will name the file of a language."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def translate(catalog: Catalog, name: str, words: str | list[str]) -> bool:
    """This will set one translation; False if there is no such text."""
    message = catalog.get(name)
    if message is None and "|" in name:
        context, text = name.split("|", 1)
        message = catalog.get(text, context=context)
    if message is None:
        return False
    message.string = tuple(words) if isinstance(words, list) else words
    return True


def collect() -> Catalog:
    """This will read every template and module and return their texts with where they stand."""
    catalog = Catalog(domain="django", fuzzy=False)
    for path in sorted([*SOURCE.rglob("templates/**/*"), *SOURCE.rglob("*.py")]):
        if not path.is_file() or "migrations" in path.parts:
            continue
        content = path.read_text()
        where = str(path.relative_to(ROOT))
        if path.suffix != ".py":
            content = as_python(content, where)
        found = extract("python", io.BytesIO(content.encode()), KEYWORDS, ["Translators:"])
        for _line, text, comments, context in found:
            catalog.add(text, locations=[(where, None)], auto_comments=comments, context=context)
    return catalog


def as_python(template: str, where: str) -> str:
    """This will turn a template into lines in which its texts are calls; the rest is blank."""
    calls = templatize(template, origin=where)
    return "\n".join(line.strip() for line in calls.splitlines())


def load(path: Path, language: str) -> Catalog:
    """This will read a translation, or begin an empty one."""
    if not path.exists():
        return Catalog(locale=language, domain="django", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def save(catalog: Catalog, path: Path) -> None:
    """This will write a translation so that a change of one text changes few lines: no dates."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header = [
        f"Language: {catalog.locale}",
        f"Plural-Forms: {catalog.plural_forms}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    with path.open("wb") as file:
        lines = "".join(f'"{line}\\n"\n' for line in header)
        file.write(f'msgid ""\nmsgstr ""\n{lines}\n'.encode())
        write_po(file, catalog, width=100, sort_output=True, omit_header=True, include_lineno=False)


def find_problems(catalog: Catalog, texts: Catalog) -> Iterator[str]:
    """This will name what a reader of this language would see in English, or broken."""
    for text in texts:
        if not text.id:
            continue
        translation = catalog.get(text.id, context=text.context)
        where = text.locations[0][0] if text.locations else ""
        if translation is None or not all(strings_of(translation)):
            yield f"“{first_of(text)}” is not translated ({where})"
        elif translation.fuzzy:
            yield f"“{first_of(text)}” is marked doubtful ({where})"
        elif not keeps_placeholders(text, translation):
            yield f"“{first_of(text)}” has other placeholders in its translation ({where})"


def strings_of(message: Message) -> tuple[str, ...]:
    """This will return the translation, in all its plural forms."""
    return message.string if isinstance(message.string, tuple | list) else (message.string,)


def first_of(message: Message) -> str:
    """This will return the English text (the singular where there are two)."""
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def keeps_placeholders(text: Message, translation: Message) -> bool:
    """Each form may leave the number out ("one claim"), but may not invent a placeholder."""
    ids = text.id if isinstance(text.id, tuple | list) else (text.id,)
    wanted = {found for one in ids for found in PLACEHOLDER.findall(one)}
    given = [set(PLACEHOLDER.findall(one)) for one in strings_of(translation)]
    return all(one <= wanted for one in given) and set().union(*given) == wanted


if __name__ == "__main__":
    sys.exit(main())
