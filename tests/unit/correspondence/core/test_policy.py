from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.correspondence.core.policy import (
    POLICY,
    SAME_DAY_MAX,
    Party,
    Planned,
    Purpose,
    Stop,
    Why,
    is_machine,
    may_write,
)

DECISION = Planned("jens.albers@frischmarkt.example", Party.CUSTOMER, Purpose.DECISION, person=True)
RECEIPT = replace(DECISION, purpose=Purpose.ACKNOWLEDGE, person=False)


class TestAllowed:
    def test_a_decision_people_took_goes_to_a_known_address(self):
        contact = may_write(DECISION)

        assert (contact.allowed, contact.why, contact.policy) == (True, None, POLICY)

    @pytest.mark.parametrize(
        "purpose", [Purpose.ACKNOWLEDGE, Purpose.ASK_EVIDENCE, Purpose.ASK_REMITTANCE]
    )
    def test_a_receipt_or_a_question_may_go_by_rule(self, purpose):
        assert may_write(replace(RECEIPT, purpose=purpose)).allowed

    def test_the_carrier_is_asked_for_the_proof(self):
        asked = replace(RECEIPT, purpose=Purpose.ASK_THIRD_PARTY, party=Party.THIRD_PARTY)

        assert may_write(asked).allowed


class TestWithheld:
    @pytest.mark.parametrize(
        ("planned", "why"),
        [
            (replace(DECISION, address=""), Why.NO_ADDRESS),
            (replace(DECISION, address="jens.albers"), Why.ADDRESS_WRONG),
            (replace(DECISION, address="a@b.example\nBcc: all@x.example"), Why.ADDRESS_WRONG),
            (replace(DECISION, address="a@b.example, c@d.example"), Why.ADDRESS_WRONG),
            (replace(DECISION, address="x" * 250 + "@b.example"), Why.ADDRESS_WRONG),
            (replace(DECISION, party=Party.UNKNOWN), Why.ADDRESS_UNKNOWN),
            (replace(DECISION, party=Party.THIRD_PARTY), Why.WRONG_PARTY),
            (replace(DECISION, purpose=Purpose.ASK_COLLEAGUE), Why.WRONG_PARTY),
            (
                replace(DECISION, own_addresses=frozenset({"Jens.Albers@Frischmarkt.example"})),
                Why.OWN_ADDRESS,
            ),
            (replace(DECISION, address="no-reply@frischmarkt.example"), Why.NO_REPLY_ADDRESS),
            (replace(RECEIPT, answers_machine=True), Why.AUTO_REPLY),
            (replace(DECISION, bounced=True), Why.BOUNCED),
            (replace(DECISION, opted_out=True), Why.OPTED_OUT),
            (replace(DECISION, stops=frozenset({Stop.INSOLVENT})), Why.CONTACT_STOPPED),
            (replace(DECISION, person=False), Why.NOBODY_ANSWERS_FOR_IT),
            (
                replace(RECEIPT, purpose=Purpose.COLLECT_BACK),
                Why.NOBODY_ANSWERS_FOR_IT,
            ),
            (replace(RECEIPT, sent_today=SAME_DAY_MAX), Why.TOO_MANY_TODAY),
        ],
    )
    def test_says_why(self, planned, why):
        contact = may_write(planned)

        assert (contact.allowed, contact.why) == (False, why)

    def test_a_person_may_answer_a_machine_and_write_often(self):
        assert may_write(replace(DECISION, answers_machine=True, sent_today=99)).allowed

    @given(
        st.builds(
            Planned,
            address=st.sampled_from(["a@b.example", "noreply@b.example", ""])
            | st.text(max_size=20),
            party=st.sampled_from(Party),
            purpose=st.sampled_from(Purpose),
            person=st.booleans(),
            answers_machine=st.booleans(),
            opted_out=st.booleans(),
            bounced=st.booleans(),
            sent_today=st.integers(0, 10),
            stops=st.frozensets(st.sampled_from(Stop)),
        )
    )
    def test_what_leaves_always_meets_every_rule(self, planned):
        contact = may_write(planned)

        assert contact.allowed == (contact.why is None)
        if contact.allowed:
            assert planned.party is not Party.UNKNOWN
            assert not planned.bounced
            assert "\n" not in planned.address
            assert not (planned.party is Party.CUSTOMER and (planned.stops or planned.opted_out))
            assert planned.person or planned.purpose is not Purpose.DECISION


class TestMachines:
    @pytest.mark.parametrize(
        "local",
        [
            "noreply", "no-reply", "No_Reply", "donotreply", "do-not-reply", "mailer-daemon",
            "postmaster", "bounces+123", "ne-pas-repondre", "non.rispondere", "noresponder",
            "keineantwort", "nicht-antworten", "auto-reply",
        ],
    )  # fmt: skip
    def test_are_recognised_in_five_languages(self, local):
        assert is_machine(f"{local}@frischmarkt.example")

    @pytest.mark.parametrize("local", ["reply", "norbert.reply", "noemi", "post", "antwort.maria"])
    def test_people_are_not_taken_for_machines(self, local):
        assert not is_machine(f"{local}@frischmarkt.example")
