"""`{% load programs %}`: what programs may do and are told, by its code."""

from __future__ import annotations

from django import template

from concilia.interfaces.desk.program_words import event_words, scope_words

register = template.Library()
register.filter("scope_words", scope_words)
register.filter("event_words", event_words)
