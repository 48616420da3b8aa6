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

import pytest
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


def name_of(field: models.Field) -> str:
    return str(field)


@pytest.mark.parametrize("field", FIELDS, ids=name_of)
class TestFields:
    def test_foreign_keys_point_down_and_leave_no_way_back(self, field):
        if not field.is_relation or not field.related_model.__module__.startswith("concilia."):
            return
        source, target = package_of(field.model), package_of(field.related_model)
        if source == target:
            return
        assert STORIES[source] < STORIES[target], (
            f"{field} points up or across the stack; keep the id, or turn the key round"
        )
        assert field.remote_field.related_name == "+", (
            f"{field} opens a way back up the stack; say related_name='+' and write a query"
        )

    def test_times_end_in_at_and_dates_in_date(self, field):
        if isinstance(field, models.DateTimeField):
            assert field.name == "at" or field.name.endswith("_at"), "call a moment …_at"
            assert not field.auto_now, "the caller knows the time"
            assert not field.auto_now_add, "the caller knows the time"
        elif isinstance(field, models.DateField):
            assert field.name.endswith("_date"), "call a day …_date"

    def test_money_is_an_integer_beside_its_currency(self, field):
        assert not isinstance(field, models.FloatField), "no floats, not even for rates"
        if field.name.endswith("_minor"):
            assert isinstance(field, models.BigIntegerField), "an amount is a whole number of cents"
            names = [other.name for other in field.model._meta.local_fields]
            related = [
                other.name
                for key in field.model._meta.local_fields
                if key.is_relation
                for other in key.related_model._meta.local_fields
            ]
            assert any("currency" in name for name in [*names, *related]), (
                "an amount needs a currency, in its row or in the row it belongs to"
            )


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__qualname__)
class TestActions:
    def test_takes_keywords_only(self, action):
        kinds = {parameter.kind for parameter in inspect.signature(action).parameters.values()}
        assert kinds <= {inspect.Parameter.KEYWORD_ONLY}, "put a * first"

    def test_says_what_it_does(self, action):
        assert inspect.getdoc(action), "an action needs a docstring: what, errors, source"
