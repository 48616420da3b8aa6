"""A backtest in figures people compare: what happened, with this plan, and the difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from concilia.dunning.core.backtest.figures import PAID_WITHIN_DAYS, SO, SPAN_NAMES, THEN
from concilia.dunning.core.backtest.moments import Pace
from concilia.dunning.core.strategy.terms import Stage
from concilia.dunning.models import Backtest
from concilia.interfaces.components.formats import format_day, format_number, money_text
from concilia.interfaces.desk.claim_words import department_name, language
from concilia.interfaces.desk.run_words import WAYS, tone_words, way_words, why_words

Word = str | Promise
NOT_KNOWN: Final = "–"
BY_HAND: Final = ("call", "letter")
SPANS: Final[Mapping[str, Word]] = {
    "-31": _("more than 30 days earlier"),
    "-15": _("15 to 30 days earlier"),
    "-8": _("8 to 14 days earlier"),
    "-1": _("1 to 7 days earlier"),
    "0": _("the same day"),
    "1": _("1 to 7 days later"),
    "8": _("8 to 14 days later"),
    "15": _("15 to 30 days later"),
    "31": _("more than 30 days later"),
}
PACES: Final[Mapping[str, Word]] = {
    Pace.RUNS: _("on the days of the real runs"),
    Pace.WEEKS: _("every Monday"),
}
# What of the past is known, and what stands in for what is not.
PARTS: Final[Mapping[str, Word]] = {
    "ledger": _("What was open"),
    "runs": _("What really left"),
    "passes": _("Who heard nothing in real runs"),
    "contacts": _("Calls and other contacts"),
    "motives": _("Reasons"),
    "promises": _("Promises"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    One figure; `then` and `so` are for its bars, `most` is the length of the longest.

    :param before: empty words mean that it is not known
    :param is_amount: it is money, and its words are long
    """

    name: str
    before: str
    after: str
    change: str
    then: int = 0
    so: int = 0
    most: int = 1
    query: str = ""
    is_amount: bool = False

    @property
    def then_left(self) -> int:
        """What its bar leaves empty."""
        return self.most - self.then

    @property
    def so_left(self) -> int:
        """What its bar leaves empty."""
        return self.most - self.so


@dataclass(frozen=True, slots=True)
class Section:
    """
    Figures of one kind, with a sentence where one is needed.

    :param is_count: how many customers there are of each kind, not both sides of a figure
    """

    key: str
    title: str
    lines: list[Line]
    note: str = ""
    is_count: bool = False

    @property
    def has_amounts(self) -> bool:
        """Whether some of it is money."""
        return any(line.is_amount for line in self.lines)


def sections_of(tried: Backtest) -> list[Section]:
    """All figures, section by section; none before the first customers are done."""
    if not tried.figures:
        return []
    words = _Words(tried)
    found = [
        Section("touches", gettext("Touches"), words.touches(), words.cost_note()),
        Section(
            "first", gettext("First touches"), words.first(), words.first_note(), is_count=True
        ),
        Section("spans", gettext("How much earlier or later"), words.spans(), is_count=True),
        Section("reached", gettext("Asked for the first time, by days late"), words.reached()),
        Section("firm", gettext("How firm it gets"), words.firm()),
        Section("hands", gettext("Work for people"), words.hands()),
        Section("nothing", gettext("Who hears nothing, and why"), words.nothing()),
    ]
    return [section for section in found if section.lines]


def known_of(tried: Backtest) -> list[tuple[str, str]]:
    """Each part of the past with since when it is known, as far as that is not from before."""
    found = []
    for name, words in PARTS.items():
        since = tried.known.get("since", {}).get(name)
        if since is None:
            found.append((str(words), gettext("nothing is known")))
        elif date.fromisoformat(since) > tried.since_date:
            day = format_day(date.fromisoformat(since), timezone.localdate(), language())
            found.append((str(words), gettext("known since %(day)s") % {"day": day}))
    if changed := tried.known.get("wishes_changed"):
        told = ngettext(
            "%(n)s customer changed them in these days: those of today are taken",
            "%(n)s customers changed them in these days: those of today are taken",
            changed,
        )
        found.append((gettext("Wishes about contacts"), told % {"n": _n(changed)}))
    return found


def days_words(days: int | None) -> str:
    """How much earlier or later a first touch is."""
    if days is None:
        return ""
    if not days:
        return gettext("the same day")
    told = (
        ngettext("%(n)s day later", "%(n)s days later", days)
        if days > 0
        else ngettext("%(n)s day earlier", "%(n)s days earlier", -days)
    )
    return told % {"n": _n(abs(days))}


class _Words:
    """The lines of one backtest."""

    def __init__(self, tried: Backtest) -> None:
        self._tried, self._figures = tried, tried.figures
        self._then, self._so = self._figures[THEN], self._figures[SO]
        self._is_known = bool(tried.real_versions)
        self._costs: Mapping[str, int] = tried.known.get("costs", {})

    def touches(self) -> list[Line]:
        """How many by each way, to how many customers, at what cost, and how many for nothing."""
        unneeded = self._figures["unneeded"]["touches"]
        lines = self._lines([
            (gettext("Touches"), "touches", None),
            *((way_words(way), "ways", way) for way in WAYS),
            (gettext("Customers who hear from us"), "customers", None),
        ])  # fmt: skip
        told = gettext("Not needed: paid within %(n)s days without being asked")
        lines.append(
            self._line(told % {"n": PAID_WITHIN_DAYS}, None, unneeded, query="so=unneeded")
        )
        if self._costs:
            lines.append(self._line(
                gettext("Cost"), self._cost(self._then), self._cost(self._so), shown=self._money
            ))  # fmt: skip
        return lines

    def cost_note(self) -> str:
        """Which ways cost nothing because nobody said what they cost."""
        without = [way_words(way) for way in WAYS if way not in self._costs]
        if not without:
            return ""
        return gettext("Without a cost, for none is set: %(ways)s.") % {"ways": ", ".join(without)}

    def first(self) -> list[Line]:
        """Who would have heard earlier, later, or on one side only."""
        if not self._is_known:
            return []
        found = self._figures["first"]
        names = (
            (gettext("Earlier than they did"), "earlier"),
            (gettext("On the same day"), "same"),
            (gettext("Later than they did"), "later"),
            (gettext("With this plan only"), "only_so"),
            (gettext("In reality only"), "only_then"),
        )
        most = max(1, *(found[key] for _name, key in names))
        return [
            Line(name=name, before="", after=_n(found[key]), change="", so=found[key], most=most,
                 query=f"so={key}")
            for name, key in names
        ]  # fmt: skip

    def spans(self) -> list[Line]:
        """How many hear for the first time how much earlier or later."""
        found = self._figures["first"]["spans"]
        most = max(found.values(), default=1)
        return [
            Line(name=str(SPANS[name]), before="", after=_n(found[name]), change="",
                 so=found[name], most=most, query=f"span={name}")
            for name in SPAN_NAMES if name in found
        ]  # fmt: skip

    def first_note(self) -> str:
        """What is compared."""
        return gettext("The first touch of each customer in these days, beside the real one.")

    def reached(self) -> list[Line]:
        """By how late it was, what was asked for the first time."""
        stages = [
            (stage.value.replace("366-", "> 365").replace("-", "–"), "reached", stage.value)
            for stage in Stage
        ]
        return [line for line in self._lines(stages, shown=self._money) if line.then or line.so]

    def firm(self) -> list[Line]:
        """The firmest tone each customer hears, and whether they were asked why before."""
        tones = sorted({*self._then["firmest"], *self._so["firmest"]}, key=int)
        lines = self._lines([
            (gettext("Firmest: %(tone)s") % {"tone": tone_words(int(tone))}, "firmest", tone)
            for tone in tones
        ])  # fmt: skip
        return [*lines, *self._lines([
            (gettext("Customers who are warned"), "warned", None),
            (gettext("… of them asked why before, in these days"), "asked_first", None),
        ])]  # fmt: skip

    def hands(self) -> list[Line]:
        """Calls and letters: in all, on the fullest day, by team."""
        lines = []
        for way in BY_HAND:
            lines += self._lines([(way_words(way), "ways", way)])
            then, so = (max(side["load"].get(way, {}).values(), default=0)
                        for side in (self._then, self._so))  # fmt: skip
            name = gettext("%(way)s, on the fullest day") % {"way": way_words(way)}
            lines.append(self._line(name, then, so))
        teams = sorted({*self._then["teams"], *self._so["teams"]})
        for team in teams:
            name = department_name(team) if team else gettext("nobody named")
            then, so = (sum(side["teams"].get(team, {}).values())
                        for side in (self._then, self._so))  # fmt: skip
            lines.append(self._line(gettext("Team: %(team)s") % {"team": name}, then, so))
        return lines

    def nothing(self) -> list[Line]:
        """How often somebody heard nothing, by reason and by rule of the contact policy."""
        whys = _largest(self._then["passes"], self._so["passes"])
        rules = _largest(self._then["rules"], self._so["rules"])
        return [
            *self._lines([(why_words(why), "passes", why) for why in whys]),
            *self._lines([(rule, "rules", rule) for rule in rules]),
        ]

    def _lines(
        self,
        names: Iterable[tuple[str, str, str | None]],
        shown: Callable[[int], str] | None = None,
    ) -> list[Line]:
        """Figures by their names, drawn to one scale."""
        values = [
            (name, *(side[key] if part is None else side[key].get(part, 0)
                     for side in (self._then, self._so)))
            for name, key, part in names
        ]  # fmt: skip
        most = max([1, *(n for _name, *both in values for n in both)])
        return [self._line(name, then, so, shown=shown, most=most) for name, then, so in values]

    def _line(
        self,
        name: str,
        then: int | None,
        so: int,
        *,
        shown: Callable[[int], str] | None = None,
        most: int | None = None,
        query: str = "",
    ) -> Line:
        shown = shown or _n
        is_known = self._is_known and then is not None
        before = then if is_known and then is not None else 0
        return Line(
            name=name,
            before=shown(before) if is_known else NOT_KNOWN,
            after=shown(so),
            change=_signed(so - before, shown) if is_known else "",
            then=before,
            so=so,
            most=most or max(1, before, so),
            query=query,
            is_amount=shown is not _n,
        )

    def _cost(self, side: Mapping[str, Any]) -> int:
        return sum(self._costs.get(way, 0) * n for way, n in side["ways"].items())

    def _money(self, minor: int) -> str:
        return money_text(minor, self._tried.currency, language())


def _largest(then: Mapping[str, int], so: Mapping[str, int]) -> Sequence[str]:
    return sorted({*then, *so}, key=lambda name: (-max(then.get(name, 0), so.get(name, 0)), name))


def _n(n: int) -> str:
    return format_number(n, language())


def _signed(value: int, shown: Callable[[int], str]) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return f"{sign}{shown(abs(value))}"
