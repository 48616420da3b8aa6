"""Kinds of notices and the ways they reach a member, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concilia.cases.models import NoticeKind, NoticePreference

Word = str | Promise
KINDS: Final[Mapping[str, tuple[Word, Word]]] = MappingProxyType(
    {
        NoticeKind.STEP: (_("Something to do"), _("a question or a paper is asked of you")),
        NoticeKind.APPROVAL: (_("Signatures"), _("something waits for your signature")),
        NoticeKind.MENTION: (_("Mentions"), _("somebody names you in a note")),
        NoticeKind.MESSAGE: (_("Answers"), _("a customer or carrier wrote about a case of yours")),
        NoticeKind.HANDED_OVER: (_("Handed over"), _("a case or a step becomes yours")),
        NoticeKind.REMINDER: (_("Reminders"), _("half, and four fifths of the time are gone")),
        NoticeKind.LATE: (_("Late"), _("a deadline of yours has passed")),
        NoticeKind.ESCALATION: (_("Escalations"), _("something of your team is long overdue")),
        NoticeKind.INFORMED: (_("For information"), _("the process of a case tells you something")),
        NoticeKind.WATCHED: (_("Cases you watch"), _("something happens in one of them")),
    }
)
MAIL: Final[Mapping[str, Word]] = MappingProxyType(
    {
        NoticePreference.Mail.NOW: _("at once"),
        NoticePreference.Mail.DIGEST: _("once a day, together"),
        NoticePreference.Mail.NEVER: _("not by e-mail"),
    }
)
SMS: Final[Mapping[str, Word]] = MappingProxyType(
    {
        NoticePreference.Sms.NEVER: _("no short message"),
        NoticePreference.Sms.NOW: _("at once"),
    }
)
