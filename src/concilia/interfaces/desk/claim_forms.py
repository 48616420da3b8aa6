"""The small forms of a claim: ask, hand over, rest, end; each asks for what one act needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from concilia.cases.models import Step
from concilia.cases.queries.processes import outcomes_of
from concilia.claims.models import Claim
from concilia.claims.queries.letters import recipient_of
from concilia.identity.queries import members_of
from concilia.interfaces.components.formats import format_day
from concilia.interfaces.components.outcomes import outcome_words
from concilia.interfaces.desk.claim_words import (
    HOLDERS,
    ROOT_CAUSES,
    evidence_choices,
    language,
    reason_groups,
)

TEXT_MAX: Final = 4000
SNOOZE_DAYS_MAX: Final = 180
MORNING: Final = time(8, 0)
UPLOADS_MAX: Final = 10


class ClaimForm(forms.Form):
    """A form about one claim; `about` fills its choices and first values."""

    def __init__(
        self,
        claim: Claim,
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.claim = claim
        self.about(claim)
        first = next((field for field in self.visible_fields()), None)
        if first is not None:
            first.field.widget.attrs["autofocus"] = True

    def about(self, claim: Claim) -> None:
        """Fill choices from the claim; nothing for a form without any."""

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _words(label: Promise, *, required: bool, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=cast("str", label),
        required=required,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": gettext_lazy("This needs words.")},
    )


class AskForm(ClaimForm):
    holder = forms.ChoiceField(label=gettext_lazy("Whom"), choices=list(HOLDERS.items()))
    text = _words(gettext_lazy("Question"), required=True, rows=6)
    subject = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    evidence = forms.ChoiceField(label=gettext_lazy("Paper wanted"), required=False)
    to = forms.CharField(
        label=gettext_lazy("E-mail address"), required=False, max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "list": "known-addresses"}),
    )  # fmt: skip
    assignee = forms.ChoiceField(label=gettext_lazy("Colleague"), required=False)

    def about(self, claim: Claim) -> None:
        self.members = {str(row.pk): row for row in members_of(entity_id=claim.entity_id)}
        nobody = [("", gettext("Whoever is free"))]
        people = [(key, row.user.name) for key, row in self.members.items()]
        self._choose("assignee", [*nobody, *people])
        self._choose("evidence", [("", gettext("None, an answer in words")), *evidence_choices()])
        self.addresses = [address for address in (recipient_of(claim)[0],) if address]
        partners = claim.entity.settings.get("partners", [])
        self.addresses += [str(one.get("email", "")) for one in partners]
        if not self.is_bound and self.addresses:
            self.initial.setdefault("to", self.addresses[0])


class HandOverForm(ClaimForm):
    to = forms.ChoiceField(label=gettext_lazy("To"))
    reason = _words(gettext_lazy("Why, for the timeline"), required=False, rows=2)

    def about(self, claim: Claim) -> None:
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (str(row.pk), row.user.name)
            for row in members_of(entity_id=claim.entity_id)
            if row.pk != claim.case.owner_id
        ]


class SnoozeForm(ClaimForm):
    until = forms.DateField(
        label=gettext_lazy("Rest until"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = _words(gettext_lazy("Why"), required=True, rows=2)
    past_deadline = forms.BooleanField(
        label=gettext_lazy("Also past the deadline: it is meant to wake after it"), required=False
    )

    def __init__(
        self,
        claim: Claim,
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
        *,
        is_one: bool = True,
    ) -> None:
        self.is_one = is_one
        super().__init__(claim, data, initial)

    def about(self, claim: Claim) -> None:
        self.zone = ZoneInfo(claim.entity.timezone)
        if not self.is_one:
            self.fields["past_deadline"].label = gettext(
                "Also those due before that day: they are meant to wake after it"
            )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until > date.max - timedelta(days=SNOOZE_DAYS_MAX):
            raise forms.ValidationError(gettext("Choose a nearer day."))
        return until

    def clean(self) -> dict[str, Any]:
        """A case that would wake after its deadline rests only if that is said to be meant."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        due = self.claim.case.due_at
        says_so = data.get("past_deadline")
        if self.is_one and due and "until" in data and not says_so and self.moment() > due:
            self.add_error(
                "until",
                gettext("It is due %(day)s, before that: choose an earlier day, or say so below.")
                % {"day": format_day(due.astimezone(self.zone).date(), due.date(), language())},
            )
        return data

    def moment(self) -> datetime:
        """The morning of the chosen day, where the entity works."""
        return datetime.combine(self.cleaned_data["until"], MORNING, self.zone)


class WhyForm(ClaimForm):
    """Only words, and they must be there."""

    reason = _words(gettext_lazy("Why"), required=True)


class MaybeWhyForm(ClaimForm):
    """Only words, if there are any."""

    reason = _words(gettext_lazy("Why, for the timeline"), required=False, rows=2)


class ReasonForm(ClaimForm):
    reason = forms.ChoiceField(label=gettext_lazy("Reason"))
    words = _words(gettext_lazy("How do you know?"), required=False, rows=2)

    def about(self, claim: Claim) -> None:
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = reason_groups()
        self.initial.setdefault("reason", claim.reason)


class CloseForm(ClaimForm):
    root_cause = forms.ChoiceField(
        label=gettext_lazy("What caused it"),
        choices=list(ROOT_CAUSES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the causes.")},
    )


class AnswerStepForm(ClaimForm):
    """An answer in words; where it may lead several ways, one of them."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("How it goes on"),
        error_messages={"required": gettext_lazy("Choose how it goes on.")},
    )
    text = _words(gettext_lazy("Answer"), required=True, rows=4)

    def __init__(self, step: Step, claim: Claim, data: QueryDict | None = None) -> None:
        self.step = step
        super().__init__(claim, data)

    def about(self, claim: Claim) -> None:  # noqa: ARG002 - the step says it
        """Offer the outcomes of a form of the process; nothing where there is one."""
        outcomes = outcomes_of(self.step)
        if outcomes:
            self._choose("outcome", [(one, outcome_words(one)) for one in outcomes])
        else:
            del self.fields["outcome"]


class NothingForm(ClaimForm):
    """An act that needs no word, only a second look."""
