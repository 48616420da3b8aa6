"""House rules that no linter knows. Each failure message says what to do instead."""

from __future__ import annotations

import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType

from django.apps import apps
from django.db import models

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
# From the top of the stack to the bottom; rooms beside each other share a number.
STORIES = {
    name: story
    for story, line in enumerate(CONTRACTS[0]["layers"])
    for name in re.findall(r"\w+", line)
}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("concilia.")]
FIELDS = [
    field
    for model in MODELS
    for field in model._meta.local_fields
    if field.name != "last_login"  # Django's word for it
]


def package_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def is_act(function: FunctionType, package: ModuleType) -> bool:
    """What opens a transaction, or is offered to others and told who does it, or when."""
    told = set(inspect.signature(function).parameters)
    is_offered = hasattr(package, function.__name__)
    return hasattr(function, "__wrapped__") or (
        is_offered and bool({"at", "actor", "member"} & told)
    )


def find_actions() -> Iterator[FunctionType]:
    """Every act in every `actions`, be it one module or a folder of them."""
    for home in sorted((ROOT / "src/concilia").glob("*/actions*")):
        name = f"concilia.{home.parent.name}.actions"
        actions = import_module(name)
        modules = [actions]
        modules += [
            import_module(found.name)
            for found in pkgutil.walk_packages(getattr(actions, "__path__", []), f"{name}.")
        ]
        for module in modules:
            for called, function in inspect.getmembers(module, inspect.isfunction):
                # What a decorator wrapped still says where it was written.
                is_ours = function.__module__ == module.__name__ and not called.startswith("_")
                if is_ours and is_act(function, actions):
                    yield function


ACTIONS = list(find_actions())


class TestFields:
    def test_foreign_keys_point_down_and_leave_no_way_back(self):
        assert [wrong for field in FIELDS for wrong in wrong_with_key(field)] == []

    def test_times_end_in_at_and_dates_in_date(self):
        assert [wrong for field in FIELDS for wrong in wrong_with_time(field)] == []

    def test_money_is_an_integer_beside_its_currency(self):
        assert [wrong for field in FIELDS for wrong in wrong_with_money(field)] == []


class TestActions:
    def test_takes_keywords_only(self):
        keyword = {inspect.Parameter.KEYWORD_ONLY}
        takes = {action: inspect.signature(action).parameters.values() for action in ACTIONS}
        wrong = [
            action.__qualname__
            for action, parameters in takes.items()
            if not {parameter.kind for parameter in parameters} <= keyword
        ]
        assert wrong == [], "put a * first"

    def test_says_what_it_does(self):
        silent = [action.__qualname__ for action in ACTIONS if not inspect.getdoc(action)]
        assert silent == [], "an action needs a docstring: what, errors, source"


def wrong_with_key(field: models.Field) -> Iterator[str]:
    if not field.is_relation or not field.related_model.__module__.startswith("concilia."):
        return
    source, target = package_of(field.model), package_of(field.related_model)
    if source == target:
        return
    if STORIES[source] >= STORIES[target]:
        yield f"{field} points up or across the stack; keep the id, or turn the key round"
    if field.remote_field.related_name != "+":
        yield f"{field} opens a way back up the stack; say related_name='+' and write a query"


def wrong_with_time(field: models.Field) -> Iterator[str]:
    if isinstance(field, models.DateTimeField):
        if field.name != "at" and not field.name.endswith("_at"):
            yield f"{field}: call a moment …_at"
        if field.auto_now or field.auto_now_add:
            yield f"{field}: the caller knows the time"
    elif isinstance(field, models.DateField) and not field.name.endswith("_date"):
        yield f"{field}: call a day …_date"


def wrong_with_money(field: models.Field) -> Iterator[str]:
    if isinstance(field, models.FloatField):
        yield f"{field}: no floats, not even for rates"
    if field.name.endswith("_minor"):
        if not isinstance(field, models.BigIntegerField):
            yield f"{field}: an amount is a whole number of cents"
        names = [other.name for other in field.model._meta.local_fields]
        related = [
            other.name
            for key in field.model._meta.local_fields
            if key.is_relation
            for other in key.related_model._meta.local_fields
        ]
        if not any("currency" in name for name in [*names, *related]):
            yield (f"{field}: an amount needs a currency, in its row or in the row it belongs to")
