"""What a program of the system may do with a stranger's bytes: answer, and nothing else."""

from __future__ import annotations

import sys

import pytest

from concilia.foundation.programs import ProgramFailed, ProgramLimits, run_confined

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs are confined on Linux")

CAT = "/bin/cat"
SHELL = "/bin/sh"


class TestRunConfined:
    def test_says_what_it_makes_of_what_it_is_given(self):
        given = bytes(range(256)) * 20_000  # more than a pipe holds

        assert run_confined([CAT], given) == given

    @pytest.mark.parametrize(
        "command",
        [
            [CAT, "/etc/passwd"],
            [CAT, __file__],
            [SHELL, "-c", "cat"],  # another program
            [SHELL, "-c", "(true)"],  # another process
            [SHELL, "-c", "exec /bin/cat"],
            [SHELL, "-c", "echo x > /tmp/concilia-written"],
        ],
    )
    def test_can_neither_read_nor_write_nor_start_anything(self, command):
        with pytest.raises(ProgramFailed):
            run_confined(command, b"x")

    def test_reads_the_folder_it_is_given(self, tmp_path):
        (tmp_path / "words").write_bytes(b"known")

        assert (
            run_confined([CAT, str(tmp_path / "words")], b"", readable=[str(tmp_path)]) == b"known"
        )

    @pytest.mark.parametrize(
        ("limits", "said"),
        [
            (ProgramLimits(wall_seconds=0.5), "longer than"),
            (ProgramLimits(cpu_seconds=1), "failed"),
        ],
    )
    def test_one_that_does_not_end_is_ended(self, limits, said):
        with pytest.raises(ProgramFailed, match=said):
            run_confined([SHELL, "-c", "while :; do :; done"], b"", limits=limits)

    def test_one_that_says_too_much_is_ended(self):
        loop = "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done"

        with pytest.raises(ProgramFailed, match="says more than 1 MB"):
            run_confined([SHELL, "-c", loop], b"", limits=ProgramLimits(output_bytes=1 << 20))
