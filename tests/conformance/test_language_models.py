"""What every way to talk to language models must do, ours and other people's."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from concilia.intake.core.proposals.question import SCHEMA
from concilia.intake.ports import (
    LANGUAGE_MODELS,
    Failure,
    LanguageModel,
    ModelFailed,
    ModelPlace,
    Question,
)

KEY = "sk-una-chiave-9"
HERE = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
QUESTION = Question(instructions="Describe it.", document="BEGIN x\nHello\nEND x", schema=SCHEMA)


@pytest.fixture(params=list(LANGUAGE_MODELS))
def connector(request):
    return LANGUAGE_MODELS[request.param]


def place(url: str, networks=HERE) -> ModelPlace:
    return ModelPlace(url=url, model="marmotta", key=KEY, networks=networks, seconds=2)


def failure_of(connector, where: ModelPlace) -> ModelFailed:
    with pytest.raises(ModelFailed) as failed:
        connector.placed(where).answer(QUESTION)
    return failed.value


def test_is_a_language_model(connector):
    assert isinstance(connector.placed(place("http://127.0.0.1:9/v1")), LanguageModel)


def test_nobody_there_is_for_later(connector):
    assert failure_of(connector, place("http://127.0.0.1:9/v1")).failure == Failure.LATER


@pytest.mark.parametrize("url", ["https://10.1.2.3/v1", "http://169.254.169.254/v1", "http://x/"])
def test_goes_nowhere_inside_without_leave(connector, url):
    failed = failure_of(connector, place(url, networks=()))
    assert failed.failure in {Failure.NEVER, Failure.LATER}


def test_tells_nobody_the_key(connector):
    where = place("http://127.0.0.1:9/v1")
    assert KEY not in repr(where) + str(failure_of(connector, where))
