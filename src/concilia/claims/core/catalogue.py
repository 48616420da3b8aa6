"""Every sentence a verdict can say, in five languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from concilia.claims.core.wording_goods import GOODS
from concilia.claims.core.wording_money import MONEY
from concilia.correspondence.core.figures import Language

CATALOGUE: Final[Mapping[str, Mapping[Language, str]]] = MappingProxyType(
    {
        key: MappingProxyType(dict(zip(Language, sentences, strict=True)))
        for key, sentences in {**GOODS, **MONEY}.items()
    }
)
