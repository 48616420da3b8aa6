from __future__ import annotations

from concilia.cases.core.papers import who_has
from concilia.cases.core.process.model import Holder
from concilia.kernel.reason_words import Department, Evidence


class TestHolders:
    def test_every_kind_of_paper_has_a_holder_and_a_department(self):
        for paper in Evidence:
            _, department = who_has(paper, owner="LOG")
            assert department in set(Department)

    def test_an_unknown_paper_is_the_owners_affair(self):
        assert who_has("XYZ", owner="QUA") == (Holder.US, "QUA")
