"""Passwords of ERPs, which were kept in the clear, are sealed."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from concilia.foundation.plugins import UnknownPlugin
from concilia.foundation.secrets import seal
from concilia.ledger.ports import ERPS

USUAL = {"password", "secret", "token", "api_key"}  # of a connector that is not installed any more


def seal_secrets(apps: Any, _schema: Any) -> None:
    for entity in apps.get_model("identity", "Entity").objects.exclude(erp_settings={}):
        kept, secret = dict(entity.erp_settings), _secret_names(entity.erp)
        found = {name: kept.pop(name) for name in secret & set(kept)}
        if not found:
            continue
        entity.erp_settings = kept
        sealed = {name: seal(str(value)) for name, value in found.items() if value}
        entity.erp_secrets = {**sealed, **entity.erp_secrets}
        entity.save(update_fields=["erp_settings", "erp_secrets"])


def _secret_names(erp: str) -> set[str]:
    try:
        return {each.name for each in ERPS[erp].settings if each.secret}
    except UnknownPlugin:
        return USUAL


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_balance_by_sets"),
        ("identity", "0004_secrets_of_the_erp"),
    ]

    operations = [migrations.RunPython(seal_secrets, migrations.RunPython.noop)]
