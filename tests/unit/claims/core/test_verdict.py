from __future__ import annotations

import json
from dataclasses import replace

import pytest

from concilia.claims.core import codec
from concilia.claims.core.facts import ClaimFacts
from concilia.claims.core.findings import Outcome, Part, Rule, Verdict
from concilia.claims.core.messages import render
from concilia.claims.core.rules.registry import RULES
from concilia.claims.core.verdict import Held, UnknownRule, checklist, evaluate, replay


class TestFrischmarkt:
    def test_grants_what_is_proven_line_by_line(self, frischmarkt):
        verdict = evaluate(frischmarkt)

        assert verdict.outcome is Outcome.PARTLY_VALID
        assert (verdict.claimed_minor, verdict.valid_minor, verdict.not_valid_minor) == (
            71_640,
            55_080,
            16_560,
        )
        assert [(line.valid_minor, line.not_valid_minor) for line in verdict.lines] == [
            (17_280, 8_640),
            (37_800, 0),
            (0, 7_920),
        ]

    def test_names_the_rule_of_each_line(self, frischmarkt):
        verdict = evaluate(frischmarkt)

        assert verdict.rule == Rule("by_reason", 1)
        assert [line.rule.rule_id for line in verdict.lines] == ["shortage", "damage", "charge"]

    def test_writes_the_arithmetic_out(self, frischmarkt):
        penne = evaluate(frischmarkt).lines[0]

        assert [
            (step.part, str(step.quantity), f"{step.unit_price:f}", step.amount_minor)
            for step in penne.factors
        ] == [
            (Part.CLAIMED, "12", "21.60", 25_920),
            (Part.VALID, "8", "21.60", 17_280),
            (Part.NOT_VALID, "4", "21.60", 8_640),
        ]

    def test_says_what_is_proven_and_by_which_paper(self, frischmarkt):
        penne, frollini, fee = evaluate(frischmarkt).lines

        assert render(penne.proven, "it", "EUR") == (
            "8 mancanti, riserva sul DDT firmato del 15 ottobre 2026"
        )
        assert penne.evidence == ("ev-pod", "ev-ddt")
        assert render(frollini.proven, "de", "EUR") == (
            "14 beschädigt, Vorbehalt vom 15. Oktober 2026 und Fotos"
        )
        assert frollini.evidence == ("ev-pod", "ev-photo")
        assert render(fee.proven, "en", "EUR") == "Not in the contract: Contract 2026, art. 9"

    def test_does_not_ask_for_a_receiving_note_when_the_pod_has_a_reserve(self, frischmarkt):
        verdict = evaluate(frischmarkt)

        assert verdict.missing_evidence == ()
        states = {item.code: item.state for item in checklist(frischmarkt, verdict)}
        assert states["GRN"] is Held.NOT_NEEDED
        assert states["POD"] is Held.HELD


class TestReplay:
    def test_gives_the_same_verdict_byte_for_byte(self, frischmarkt):
        verdict = evaluate(frischmarkt)

        again = replay(codec.to_json(frischmarkt), verdict.rule.rule_id, verdict.rule.version)

        assert again == verdict
        assert codec.to_json(again) == codec.to_json(verdict)

    def test_survives_a_json_column_that_reorders_keys(self, frischmarkt):
        stored = json.dumps(json.loads(codec.to_json(frischmarkt)), indent=2, sort_keys=False)

        assert replay(stored, "by_reason", 1) == evaluate(frischmarkt)

    def test_facts_stored_before_a_field_existed_can_still_be_judged(self, frischmarkt):
        stored = codec.to_data(frischmarkt)
        del stored["tolerance"]
        del stored["invoices"][0]["settled_minor"]

        assert replay(json.dumps(stored), "by_reason", 1).valid_minor == 55_080

    def test_refuses_a_rule_that_was_never_released(self, frischmarkt):
        with pytest.raises(UnknownRule, match="no rule 'shortage' version 99"):
            replay(codec.to_json(frischmarkt), "shortage", 99)

    def test_every_verdict_can_be_read_back(self, frischmarkt):
        verdict = evaluate(frischmarkt)

        assert codec.from_json(Verdict, codec.to_json(verdict)) == verdict

    def test_other_facts_have_another_digest(self, frischmarkt):
        other = replace(frischmarkt, claim="CLM-0419")

        assert evaluate(other).facts_digest != evaluate(frischmarkt).facts_digest


class TestReasonsWithoutATest:
    def test_go_to_a_person_with_the_papers_to_look_for(self, frischmarkt):
        line = replace(frischmarkt.lines[1], reason="NC-06")
        verdict = evaluate(replace(frischmarkt, reason="NC-06", lines=(line,)))

        assert verdict.outcome is Outcome.UNSUPPORTED
        assert verdict.undecided_minor == verdict.claimed_minor
        assert verdict.missing_evidence == ("QCR", "RMA")
        assert verdict.lines[0].evidence == ("ev-photo",)

    def test_an_unknown_reason_goes_to_a_person_too(self, frischmarkt):
        line = replace(frischmarkt.lines[0], reason="XX-99")

        assert evaluate(replace(frischmarkt, lines=(line,))).outcome is Outcome.UNSUPPORTED


class TestInvoiceAsUpperLimit:
    def test_what_several_rules_grant_together_never_exceeds_the_invoice(self, frischmarkt):
        invoice = replace(frischmarkt.invoices[0], credited_minor=894_600 - 30_000)
        verdict = evaluate(replace(frischmarkt, invoices=(invoice,)))

        assert verdict.valid_minor == 30_000
        assert [line.valid_minor for line in verdict.lines] == [17_280, 12_720, 0]
        assert verdict.undecided_minor == 37_800 - 12_720
        assert verdict.needs_person


class TestFacts:
    def test_a_claim_without_lines_cannot_be_judged(self, frischmarkt):
        with pytest.raises(ValueError, match="CLM-0418 has no lines"):
            replace(frischmarkt, lines=())

    def test_two_lines_with_one_number_are_refused(self, frischmarkt):
        with pytest.raises(ValueError, match="same number"):
            replace(frischmarkt, lines=frischmarkt.lines[:1] * 2)

    def test_no_rule_ever_refuses_for_want_of_papers(self, frischmarkt):
        bare = ClaimFacts(
            claim="CLM-1",
            reason="NC-01",
            currency="EUR",
            received_on=frischmarkt.received_on,
            lines=(replace(frischmarkt.lines[0], reason=""),),
        )
        for rule in RULES:
            verdict = replay(codec.to_json(bare), rule.rule_id, rule.version)
            assert verdict.not_valid_minor == 0, rule
            assert verdict.outcome is Outcome.UNSUPPORTED, rule
            assert verdict.missing_evidence, rule
