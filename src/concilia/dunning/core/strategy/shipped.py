"""The strategy every company begins with: the cadence of domain.md §3.5."""

from __future__ import annotations

from typing import Final

from concilia.dunning.core.strategy.sheet import read_strategy
from concilia.dunning.core.strategy.terms import Strategy

TEXT: Final = """\
name Standard
rest 3
pause 7
second 100000
rule consumers: who consumer -> b2c
rule key-accounts: who key intercompany -> key
rule all -> b2b
plan b2b
  -7 email T0 courtesy wished
  3 email letter T1 reminder
  7 call T1 reminder
  10 email letter T2 question
  15 call T2 question
  20 email letter T3 firm
  30 call T3 firm
  35 letter T4 formal_notice
  50 letter T5 last_call
  60 letter T6 handed_over
plan b2c
  -5 email sms T0 courtesy wished
  3 email sms letter T1 reminder
  12 email letter T2 question offer PLAN
  15 call T2 question
  25 call T2 question
  30 letter T3 firm
  45 call T3 firm
  60 letter T4 formal_notice
  75 letter T5 last_call
  90 letter T6 handed_over
plan key
  -7 email T0 courtesy wished
  3 email T1 reminder
  7 call T1 reminder
  15 call T2 question
  25 call T3 firm
"""


def _shipped() -> Strategy:
    read = read_strategy(TEXT)
    assert read.strategy is not None, "what comes along can be read"
    return read.strategy


SHIPPED: Final = _shipped()
