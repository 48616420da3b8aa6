"""The flow that ships: who are you, then pay, a date, instalments, a problem, a person, no more."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from concilia.dunning.core.calls.terms import Ask, Branch, Deed, Do, End, Fact, Flow, Hand, Say

# The reason behind each key of “something is in the way” (domain.md §3.1).
REASON_OF_KEY: Final = MappingProxyType(
    {
        "1": "NR-02",  # the invoice never came
        "2": "NR-11",  # something is wrong with it
        "3": "NR-08",  # paid already
        "4": "NR-09",  # no money just now
        "5": "NR-04",  # the way to pay does not work
        "6": "NR-06",  # an approval or a number of ours is missing
    }
)

ACCOUNT: Final = Flow(
    name="account-1",
    start="who_calls",
    rescue="rescue",
    nodes=MappingProxyType(
        {
            "who_calls": Branch(Fact.OUTBOUND, yes="who_answers", no="welcome"),
            "who_answers": Branch(Fact.MACHINE, yes="left_word", no="are_you"),
            "left_word": End("left_word"),
            "are_you": Ask(
                "are_you",
                choices={"1": "ask_number", "2": "not_them", "9": "opt_out"},
                otherwise="goodbye_early",
            ),
            "not_them": Do(Deed.WRONG_PERSON, {"noted": "sorry"}),
            "sorry": End("sorry"),
            "goodbye_early": End("goodbye_early"),
            "welcome": Say("welcome", then="ask_number"),
            "ask_number": Ask(
                "ask_number", digits=20, keep="number", then="ask_code", otherwise="cannot"
            ),
            "ask_code": Ask(
                "ask_code", digits=10, keep="code", then="identify", otherwise="cannot"
            ),
            "identify": Do(
                Deed.IDENTIFY, {"ok": "owes", "wrong": "wrong_number", "too_often": "cannot"}
            ),
            "wrong_number": Say("wrong_number", then="ask_number"),
            "cannot": Say("cannot", then="person_now"),
            "owes": Branch(Fact.OWES, yes="balance", no="nothing"),
            "nothing": Say("nothing", then="menu_clear"),
            "menu_clear": Ask(
                "menu_clear",
                choices={"5": "problem", "6": "person_now", "9": "opt_out"},
                otherwise="thanks",
                tells=True,
            ),
            "balance": Say("balance", then="menu", tells=True),
            "menu": Ask(
                "menu",
                choices={
                    "1": "send_link",
                    "2": "dates",
                    "3": "plan",
                    "5": "problem",
                    "6": "person_now",
                    "9": "opt_out",
                    "0": "balance",
                },
                otherwise="thanks",
                tells=True,
            ),
            "send_link": Do(Deed.SEND_LINK, {"sent": "link_sent", "not_sent": "no_link"}),
            "link_sent": Say("link_sent", then="more"),
            "no_link": Say("no_link", then="call_back"),
            "dates": Do(Deed.OFFER_DATES, {"dates": "which_date", "none": "no_dates"}),
            "no_dates": Say("no_dates", then="call_back"),
            "which_date": Ask(
                "which_date",
                choices={"1": "confirm", "2": "confirm", "3": "confirm", "0": "menu"},
                keep="date",
                otherwise="menu",
                tells=True,
            ),
            "confirm": Ask(
                "confirm",
                choices={"1": "promise", "2": "dates", "0": "menu"},
                otherwise="menu",
                tells=True,
            ),
            "promise": Do(Deed.PROMISE, {"kept": "promised", "refused": "no_dates"}),
            "promised": Say("promised", then="more", tells=True),
            "plan": Do(Deed.OFFER_PLAN, {"sent": "plan_sent", "asked": "plan_asked"}),
            "plan_sent": Say("plan_sent", then="more"),
            "plan_asked": Say("plan_asked", then="more"),
            "problem": Ask(
                "problem",
                choices={**dict.fromkeys(REASON_OF_KEY, "say_why"), "7": "person_now"},
                keep="why",
                otherwise="more",
                tells=True,
            ),
            "say_why": Do(Deed.SAY_WHY, {"noted": "noted", "disputed": "disputed"}),
            "noted": Say("noted", then="more"),
            "disputed": Say("disputed", then="more"),
            "more": Ask(
                "more",
                choices={"1": "owes", "6": "person_now"},
                otherwise="thanks",
                repeats=1,
            ),
            "person_now": Branch(Fact.PERSON_NOW, yes="hand", no="call_back"),
            "hand": Hand("hand", then="call_back", taken="thanks"),
            "call_back": Do(Deed.CALL_BACK, {"asked": "called_back"}),
            "called_back": End("called_back"),
            "rescue": Say("too_long", then="call_back_rescued"),
            "call_back_rescued": Do(Deed.CALL_BACK, {"asked": "called_back"}),
            "opt_out": Do(Deed.OPT_OUT, {"done": "opted_out"}),
            "opted_out": End("opted_out"),
            "thanks": End("thanks"),
        }
    ),
)
