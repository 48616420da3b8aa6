"""What holds for every verdict, whatever the facts: sensible, contradictory or absurd."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from tests.world.claim_facts import claim_facts

from concilia.claims.core import codec
from concilia.claims.core.facts import ClaimFacts
from concilia.claims.core.findings import Outcome, Verdict
from concilia.claims.core.messages import render
from concilia.claims.core.verdict import checklist, evaluate, replay
from concilia.correspondence.core.figures import Language

some = settings(max_examples=60, deadline=None)


class TestEveryVerdict:
    @some
    @given(claim_facts())
    def test_puts_every_claimed_cent_in_exactly_one_bucket(self, facts):
        verdict = evaluate(facts)

        assert (
            verdict.valid_minor + verdict.not_valid_minor + verdict.undecided_minor
            == verdict.claimed_minor
            == sum(line.claimed_minor for line in facts.lines)
        )
        assert [line.n for line in verdict.lines] == [line.n for line in facts.lines]

    @some
    @given(claim_facts())
    def test_never_grants_more_than_an_invoice_has_left(self, facts):
        verdict = evaluate(facts)

        for invoice in facts.invoices:
            granted = sum(
                line.valid_minor
                for fact, line in zip(facts.lines, verdict.lines, strict=True)
                if facts.invoice_of(fact) is invoice
            )
            assert granted <= max(0, invoice.gross_minor - invoice.credited_minor)

    @some
    @given(claim_facts())
    def test_comes_back_and_replays_to_itself(self, facts):
        verdict = evaluate(facts)
        text = codec.to_json(facts)

        assert codec.from_json(ClaimFacts, text) == facts
        assert codec.to_json(codec.from_json(ClaimFacts, text)) == text
        assert codec.from_json(Verdict, codec.to_json(verdict)) == verdict
        assert replay(text, verdict.rule.rule_id, verdict.rule.version) == verdict

    @some
    @given(claim_facts())
    def test_writes_arithmetic_that_gives_the_amount_beside_it(self, facts):
        for line in evaluate(facts).lines:
            for step in line.factors:
                assert step.recompute(facts.currency) == step.amount_minor
            amounts = {step.part: step.amount_minor for step in line.factors}
            assert amounts.get("VALID", line.valid_minor) == line.valid_minor
            assert amounts.get("NOT_VALID", line.not_valid_minor) == line.not_valid_minor

    @some
    @given(claim_facts())
    def test_says_why_and_can_be_read_in_every_language(self, facts):
        verdict = evaluate(facts)

        for line in verdict.lines:
            if line.undecided_minor:
                assert line.why
            assert line.proven not in line.why
            for language in Language:
                for message in (line.proven, *line.why):
                    sentence = render(message, language, facts.currency)
                    assert sentence
                    assert "{" not in sentence
        assert checklist(facts, verdict)

    @some
    @given(claim_facts())
    def test_relies_only_on_papers_we_hold(self, facts):
        held = {item.ref for item in facts.evidence}

        for line in evaluate(facts).lines:
            assert set(line.evidence) <= held

    @some
    @given(claim_facts())
    def test_without_papers_and_records_nothing_is_valid_and_nothing_refused(self, facts):
        bare = replace(
            facts, invoices=(), other_invoice=None, deliveries=(), payment=None, clauses=()
        )

        verdict = evaluate(bare)

        assert verdict.outcome is Outcome.UNSUPPORTED
        assert verdict.undecided_minor == verdict.claimed_minor
