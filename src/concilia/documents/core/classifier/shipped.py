"""The classifier that comes with this version, read when it is first asked for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from concilia.documents.core.classifier.model import Model, unpack

FILE = "reader.npz"


@cache
def shipped_model() -> Model:
    """
    Return the classifier of this version.

    Confined processes, which may open no file, load it before they are confined (`preloaded.py`).
    """
    return unpack(files(__package__).joinpath(FILE).read_bytes())
