"""A watched folder: every file is taken once, when it is finished, and kept."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.world.builders import NOON, a_member, an_entity
from tests.world.jobs import jobs_waiting

from concilia.identity.models import Entity
from concilia.intake.actions import SourceRefused, arrivals, unwatch_folder, watch_folder
from concilia.intake.models import Arrival, WatchedFolder
from concilia.interfaces.worker import folders
from concilia.interfaces.worker.folders import poll_folder, poll_folders

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity() -> Entity:
    return an_entity()


@pytest.fixture
def watched(entity: Entity, tmp_path: Path) -> WatchedFolder:
    return watch_folder(path=str(tmp_path), member=a_member(entity), at=NOON)


def poll(watched: WatchedFolder, *, seconds_later: float = 10) -> WatchedFolder:
    """Look into the folder so long after now: files made now have been quiet for as long."""
    at = datetime.now(UTC) + timedelta(seconds=seconds_later)
    poll_folder(folder_id=watched.pk, at=at)
    watched.refresh_from_db()
    return watched


class TestTaking:
    def test_a_file_arrives_and_moves_to_taken(self, watched, tmp_path):
        (tmp_path / "Reclamo 12.pdf").write_bytes(b"%PDF-1.4 reclamo")

        poll(watched)

        arrival = Arrival.objects.get()
        assert (arrival.channel, arrival.filename) == ("folder", "Reclamo 12.pdf")
        assert (tmp_path / "taken/Reclamo 12.pdf").read_bytes() == b"%PDF-1.4 reclamo"
        assert not (tmp_path / "Reclamo 12.pdf").exists()
        assert watched.error == ""
        assert watched.checked_at is not None

    def test_a_file_somebody_still_writes_to_waits(self, watched, tmp_path):
        (tmp_path / "slow.csv").write_text("one line")

        poll(watched, seconds_later=1)
        assert Arrival.objects.count() == 0

        poll(watched, seconds_later=3)
        assert Arrival.objects.count() == 1

    def test_an_old_date_of_change_does_not_make_a_copy_finished(self, watched, tmp_path):
        path = tmp_path / "old.csv"
        path.write_text("copied with its date")
        os.utime(path, (time.time() - 86_400,) * 2)

        poll(watched, seconds_later=1)

        assert Arrival.objects.count() == 0

    def test_unfinished_hidden_and_linked_files_and_folders_are_left_alone(self, watched, tmp_path):
        for name in ("a.part", "b.TMP", ".hidden", "c.csv~"):
            (tmp_path / name).write_text("x")
        (tmp_path / "inside").mkdir()
        (tmp_path / "inside" / "d.csv").write_text("x")
        (tmp_path / "link.csv").symlink_to("/etc/hostname")

        poll(watched)

        assert Arrival.objects.count() == 0
        assert (tmp_path / "link.csv").is_symlink()

    def test_a_worker_killed_between_receiving_and_moving_takes_it_once(self, watched, tmp_path):
        (tmp_path / "one.csv").write_text("content")
        poll(watched)
        (tmp_path / "taken/one.csv").rename(tmp_path / "one.csv")  # as it was at the kill

        poll(watched)

        assert Arrival.objects.get().seen == 2
        assert (tmp_path / "taken/one.csv").exists()

    def test_two_files_of_one_name_are_both_kept(self, watched, tmp_path):
        for content in ("first", "second"):
            (tmp_path / "claims.csv").write_text(content)
            poll(watched)

        assert Arrival.objects.count() == 2
        assert sorted(path.name for path in (tmp_path / "taken").iterdir()) == [
            "claims-2.csv",
            "claims.csv",
        ]

    def test_an_empty_file_is_refused_once_it_is_clear_that_nothing_comes(self, watched, tmp_path):
        (tmp_path / "empty.csv").touch()

        assert poll(watched).error == ""
        assert (tmp_path / "empty.csv").exists()

        assert poll(watched, seconds_later=400).error == (
            "empty.csv was refused: empty.csv is empty."
        )
        assert (tmp_path / "refused/empty.csv").exists()

    def test_a_file_that_is_too_large_is_refused_and_the_next_is_taken(
        self, watched, tmp_path, monkeypatch
    ):
        for module in (folders, arrivals):
            monkeypatch.setattr(module, "SIZE_MAX", 10)
        (tmp_path / "a.csv").write_text("eleven chars")
        (tmp_path / "b.csv").write_text("ten")

        assert "a.csv was refused" in poll(watched).error
        assert Arrival.objects.get().filename == "b.csv"

    def test_many_files_come_in_portions(self, watched, tmp_path, monkeypatch):
        monkeypatch.setattr(folders, "BATCH", 2)
        for n in range(3):
            (tmp_path / f"{n}.csv").write_text(f"file {n}")

        poll(watched)
        assert (Arrival.objects.count(), jobs_waiting()[-1][0]) == (2, "concilia.poll_folder")

        poll(watched)
        assert Arrival.objects.count() == 3


class TestTrouble:
    def test_a_folder_that_is_gone_is_said_and_asked_again(self, watched, tmp_path):
        gone = tmp_path.with_name("unmounted")
        tmp_path.rename(gone)
        assert "cannot be used: No such file or directory" in poll(watched).error
        gone.rename(tmp_path)
        (tmp_path / "a.csv").write_text("x")

        assert poll(watched).error == ""
        assert Arrival.objects.count() == 1


class TestWatching:
    def test_only_a_whole_path_of_a_folder_that_is_there(self, entity):
        member = a_member(entity)
        with pytest.raises(SourceRefused, match="whole path"):
            watch_folder(path="inbox", member=member, at=NOON)
        with pytest.raises(SourceRefused, match="no such folder"):
            watch_folder(path="/nowhere/at/all", member=member, at=NOON)

    def test_nothing_of_concilias_own_is_taken_in(self, entity, settings, tmp_path):
        settings.CONCILIA_HOME = tmp_path
        (tmp_path / "secret-key").write_text("do not tell")
        (tmp_path / "inbox").mkdir()
        (tmp_path / "way-round").symlink_to(tmp_path)
        member = a_member(entity)

        for path in (tmp_path, tmp_path / "way-round", tmp_path / "inbox" / ".."):
            with pytest.raises(SourceRefused, match="Concilia's own"):
                watch_folder(path=str(path), member=member, at=NOON)
        assert watch_folder(path=str(tmp_path / "inbox"), member=member, at=NOON).pk

    def test_who_runs_the_machine_says_what_may_be_watched(
        self, entity, watched, settings, tmp_path
    ):
        post = tmp_path / "post"
        (post / "scans").mkdir(parents=True)
        (tmp_path / "id_rsa").write_text("a key of somebody")
        settings.WATCHED_ROOTS = [str(post)]

        with pytest.raises(SourceRefused, match="Only folders below"):
            watch_folder(path=str(tmp_path), member=a_member(entity), at=NOON)
        assert "Only folders below" in poll(watched).error  # watched before the rule was made
        assert Arrival.objects.count() == 0
        assert watch_folder(path=str(post / "scans"), member=a_member(entity), at=NOON).pk

    def test_a_folder_no_longer_watched_is_left_alone(self, watched, entity, tmp_path):
        (tmp_path / "a.csv").write_text("x")
        unwatch_folder(folder_id=watched.pk, member=a_member(entity), at=NOON)

        poll(watched)

        assert Arrival.objects.count() == 0

    def test_every_folder_is_looked_at_in_its_own_job(self, watched):
        poll_folders(at=NOON)
        poll_folders(at=NOON)

        assert [name for name, _ in jobs_waiting()] == ["concilia.poll_folder"]
