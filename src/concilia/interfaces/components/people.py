"""How people are shown: initials in a circle, the name for those who listen."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext


def initials_of(name: str) -> str:
    """The first letters of the first two words: `Giulia Ferri` → `GF`."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def avatar_html(who: object, *, own: object = None, large: bool = False) -> SafeString:
    """
    `who` is a user or any object with a `name`, a plain name (somebody outside: a filled square),
    or None (nobody: a rule did it).
    """
    if who is None:
        return format_html('<span class="tiny quiet">{}</span>', gettext("rule"))
    outside = isinstance(who, str)
    name = str(getattr(who, "name", who))
    mine = not outside and own is not None and getattr(who, "pk", None) == getattr(own, "pk", 0)
    classes = ["person"]
    classes += ["me"] if mine else []
    classes += ["out"] if outside else []
    classes += ["lg"] if large else []
    return format_html(
        '<span class="{}" aria-hidden="true" title="{}">{}</span><span class="sr">{}</span>',
        " ".join(classes),
        name,
        initials_of(name),
        name,
    )
