"""From which correction an answer of the reader was learned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from concilia.interfaces.components.templatetags.concilia import day


def learned_words(values: Mapping[str, Any], name: str) -> str:
    """`as you corrected on 12 Nov in mail.eml`; empty where memory had no part in it."""
    if name in (values.get("corrected") or ()):
        return ""
    for each in values.get("learned") or ():
        if each["field"] == name and each["document"] is None:
            return gettext("learned from your corrections")
        if each["field"] == name:
            when = day(datetime.fromisoformat(each["when"]))
            words = gettext("as you corrected on %(when)s in %(file)s")
            return words % {"when": when, "file": each["name"]}
    return ""
