"""Every ERP connector, ours or installed, keeps the promises of the posting contract (§7.4)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.world import tryton
from tests.world.postings import a_credit_request, a_write_off_request

from concilia.ledger.ports import (
    ERPS,
    ConfigurationInvalid,
    Erp,
    PostingRequest,
    PostingStatus,
    Setting,
)


@dataclass(frozen=True, kw_only=True)
class Stand:
    """A connector set up against something real, and how to let the other side answer."""

    settings: Mapping[str, Any]
    answer: Callable[[PostingRequest], None]


def nobody_answers(_: PostingRequest) -> None:
    """The ERP has answered already."""


@pytest.fixture(scope="module")
def tryton_stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    if tryton.venv() is None:
        pytest.skip(f"{tryton.VARIABLE} names no virtual environment with Tryton")
    with tryton.running(tmp_path_factory.mktemp("tryton")) as server:
        yield Stand(settings=server.settings(), answer=nobody_answers)


@pytest.fixture
def folder_stand(tmp_path: Path) -> Stand:
    def answer(request: PostingRequest) -> None:
        path = tmp_path / "ack" / f"{request.external_ref}.ack.json"
        path.write_text(json.dumps({"status": "posted", "number": "NC-1"}))

    return Stand(settings={"folder": str(tmp_path)}, answer=answer)


@pytest.fixture(params=list(ERPS))
def stand(request: pytest.FixtureRequest) -> Stand:
    fixture = f"{request.param}_stand"
    if request.param not in {"folder", "tryton"}:
        pytest.skip(f"no stand for the connector {request.param!r}; add a fixture {fixture}")
    found: Stand = request.getfixturevalue(fixture)
    return found


@pytest.fixture
def erp(stand: Stand, request: pytest.FixtureRequest) -> Erp:
    return ERPS[request.node.callspec.params["stand"]].configured(stand.settings)


@pytest.mark.parametrize("name", list(ERPS))
class TestDeclaration:
    def test_is_named_as_it_is_registered(self, name):
        assert ERPS[name].name == name
        assert ERPS[name].label

    def test_lists_its_settings_once_each(self, name):
        settings = ERPS[name].settings
        assert all(isinstance(setting, Setting) for setting in settings)
        assert len({setting.name for setting in settings}) == len(settings)

    def test_refuses_to_work_without_its_settings(self, name):
        with pytest.raises(ConfigurationInvalid):
            ERPS[name].configured({})


class TestPosting:
    def test_satisfies_the_port(self, erp):
        assert isinstance(erp, Erp)
        assert erp.check().ready

    def test_knows_nothing_of_what_was_not_posted(self, erp):
        assert erp.find(a_credit_request().external_ref) is None

    @pytest.mark.parametrize("make", [a_credit_request, a_write_off_request])
    def test_posts_once_and_says_the_number(self, stand, erp, make):
        request = make()

        first = erp.post(request)
        stand.answer(request)
        second = erp.post(request)

        assert first.status in {PostingStatus.ACCEPTED, PostingStatus.POSTED}
        assert second.is_booked
        assert second.erp_number
        assert second.erp_number == (first.erp_number or second.erp_number)
        assert second.totals in {None, request.totals}

    def test_another_session_finds_it(self, stand, erp):
        request = a_credit_request()
        erp.post(request)
        stand.answer(request)
        found = type(erp).configured(stand.settings).find(request.external_ref)
        assert found.is_booked
        assert found.external_ref == request.external_ref

    def test_keeps_its_password_to_itself(self, stand, erp):
        secrets = {setting.name for setting in erp.settings if setting.secret}
        for name in secrets:
            assert str(stand.settings[name]) not in repr(vars(erp))
