from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.quick_answers import FIELDS, open_fields
from concilia.correspondence.core.words_of_blame import blame_in
from concilia.correspondence.models import QuickAnswer
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of

CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
TITLE_MAX: Final = 80
TEXT_MAX: Final = 4000


class AnswerRefused(Refused):
    """A quick answer cannot be kept so; the message says why."""


@transaction.atomic(durable=True)
def keep_answer(
    *,
    code: str,
    titles: Mapping[str, str],
    texts: Mapping[str, str],
    is_active: bool,
    member: Membership,
    at: datetime,
) -> QuickAnswer:
    """
    Keep a company's own quick answer, in place of the shipped one with this code if there is one.

    :param texts: by language; a language without a text is not offered to customers who speak it
    :raises AnswerRefused: for a code that is none, no text at all, a field that no case can fill,
        or words that blame
    """
    titles = _cleaned(titles, TITLE_MAX)
    texts = _cleaned(texts, TEXT_MAX)
    if not CODE.fullmatch(code):
        raise AnswerRefused(_("Name it with small letters, digits and _, beginning with a letter."))
    if not texts or not titles:
        raise AnswerRefused(_("A quick answer needs a title and a text in one language at least."))
    for language, text in texts.items():
        if unknown := sorted(open_fields(text) - FIELDS):
            raise AnswerRefused(_("No case fills {field}."), field="{" + unknown[0] + "}")
        if found := blame_in(text, language):
            raise AnswerRefused(_("“{words}” blames the customer."), words=", ".join(found))
    answer, _is_new = QuickAnswer.objects.update_or_create(
        entity_id=member.entity_id,
        code=code,
        defaults={"titles": titles, "texts": texts, "is_active": is_active},
    )
    data = {"code": code, "texts": texts, "is_active": is_active}
    act = Act("settings.quick_answer", "entity", member.entity_id, data)
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])
    return answer


@transaction.atomic(durable=True)
def reset_answer(*, code: str, member: Membership, at: datetime) -> None:
    """Take a company's own quick answer away; the shipped one with this code speaks again."""
    gone, _rows = QuickAnswer.objects.filter(entity_id=member.entity_id, code=code).delete()
    if gone:
        act = Act("settings.quick_answer_reset", "entity", member.entity_id, {"code": code})
        audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])


def _cleaned(said: Mapping[str, str], most: int) -> dict[str, str]:
    known = {language.value for language in Language}
    return {
        language: text.replace("\x00", "").strip()[:most]
        for language, text in said.items()
        if language in known and text.strip()
    }
