from __future__ import annotations

import pytest

from concilia.kernel.languages import LANGUAGES, Names
from concilia.kernel.non_payment import (
    NON_PAYMENT_REASONS,
    from_bank_return,
    non_payment_name,
)
from concilia.kernel.reason_names import REASON_NAMES
from concilia.kernel.reason_words import (
    DEPARTMENT_NAMES,
    EVIDENCE_NAMES,
    FAMILY_NAMES,
    FAULT_NAMES,
    RESOLUTION_NAMES,
    Accrual,
    Department,
    Evidence,
    Family,
    Fault,
    Resolution,
)
from concilia.kernel.reasons import (
    REASONS,
    InboundReason,
    Reason,
    UnknownReason,
    from_peppol,
    from_uncl4465,
    from_walmart,
    from_x12,
    reason,
    reason_name,
)

EVERY_REASON = list(REASONS.values())
EVERY_NAME = [
    *REASON_NAMES.items(),
    *FAMILY_NAMES.items(),
    *DEPARTMENT_NAMES.items(),
    *FAULT_NAMES.items(),
    *EVIDENCE_NAMES.items(),
    *RESOLUTION_NAMES.items(),
    *((each.code, each.names) for each in NON_PAYMENT_REASONS.values()),
]


def codes(family: str, count: int) -> list[str]:
    return [f"{family}-{number:02d}" for number in range(1, count + 1)]


class TestReasons:
    def test_are_sixty_seven(self):
        assert list(REASONS) == [*codes("CO", 15), *codes("NC", 35), *codes("FI", 17)]
        assert list(REASON_NAMES) == list(REASONS)

    @pytest.mark.parametrize("each", EVERY_REASON, ids=lambda each: each.code)
    def test_can_be_sent_handled_and_decided(self, each: Reason):
        assert each.x12
        assert each.uncl4465
        assert each.departments
        assert each.resolutions
        assert each.evidence or each.code == "FI-05"
        assert (each.sla_business_days is None) != (each.sla_calendar_days is None)
        assert each.peppol or each.code == "FI-08"

    @pytest.mark.parametrize("each", EVERY_REASON, ids=lambda each: each.code)
    def test_codes_sent_come_back_as_the_reason_or_among_the_candidates(self, each: Reason):
        readers = [
            *((from_x12, code) for code in each.x12),
            *((from_uncl4465, code) for code in each.uncl4465),
            *((from_walmart, code) for code in each.walmart),
            *((from_peppol, code) for code in [each.peppol] if code),
        ]
        for read, code in readers:
            assert each.code in read(code).candidates

    def test_hold_what_the_domain_says_of_a_shortage(self):
        shortage = reason("NC-01")

        assert shortage.family is Family.NON_COMMERCIAL
        assert (shortage.x12, shortage.uncl4465, shortage.peppol) == (("06", "RD"), ("4",), "QTY")
        assert shortage.walmart == ("23", "24")
        assert shortage.owner is Department.LOG
        assert shortage.evidence == (Evidence.INV, Evidence.DDT, Evidence.POD, Evidence.GRN)
        assert shortage.sla_business_days == 8
        assert shortage.resolution is Resolution.CREDIT_NOTE
        assert shortage.fault_default is Fault.THIRD_PARTY
        assert shortage.accrual is Accrual.NONE

    def test_commercial_reasons_all_consume_an_accrual(self):
        assert {each.accrual for each in EVERY_REASON if each.family is Family.COMMERCIAL} == {
            Accrual.TRADE_SPEND
        }

    def test_a_legal_term_counts_calendar_days(self):
        assert reason("NC-33").sla_calendar_days == 30

    def test_an_unknown_code_is_refused_with_the_known_ones(self):
        with pytest.raises(UnknownReason, match="'NC-99' is not a claim reason"):
            reason("NC-99")


class TestNames:
    @pytest.mark.parametrize(("code", "names"), EVERY_NAME, ids=lambda part: str(part)[:20])
    def test_exist_in_all_five_languages_and_fit_a_badge(self, code, names: Names):
        for language in LANGUAGES:
            name = names.in_language(language)
            assert name == name.strip()
            assert 2 <= len(name) <= 60

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_tell_the_reasons_apart(self, language):
        assert len({reason_name(code, language) for code in REASONS}) == len(REASONS)
        assert len({non_payment_name(code, language) for code in NON_PAYMENT_REASONS}) == 22

    @pytest.mark.parametrize("enumeration", [Family, Department, Fault, Evidence, Resolution])
    def test_cover_every_word_we_use(self, enumeration):
        names = [FAMILY_NAMES, DEPARTMENT_NAMES, FAULT_NAMES, EVIDENCE_NAMES, RESOLUTION_NAMES]

        assert any(set(each) == set(enumeration) for each in names)

    def test_are_given_in_the_readers_language(self):
        assert reason_name("NC-01", "de") == "Fehlmenge bei Anlieferung"
        assert reason_name("NC-01", "it-IT") == "Ammanco rilevato alla consegna"
        assert reason_name("NC-01", "pt") == "Shortage noted at delivery"
        assert reason_name("??", "en") == "??"


class TestInboundCodes:
    @pytest.mark.parametrize(
        ("read", "code", "candidates"),
        [
            (from_x12, "RD", ("NC-01",)),
            (from_x12, "06", ("NC-01", "NC-02")),
            (from_x12, " 6 ", ("NC-01", "NC-02")),
            (from_x12, "43", ("CO-01", "NC-09")),
            (from_x12, "24", ("FI-02", "NC-09")),
            (from_x12, "rd", ("NC-01",)),
            (from_x12, "ZZ", ("FI-17", "NC-32", "NC-33", "NC-35")),
            (from_uncl4465, "004", ("NC-01", "NC-02")),
            (from_uncl4465, "57", ("NC-08", "CO-10")),
            (from_walmart, "10", ("CO-01", "NC-09")),
            (from_walmart, "024", ("NC-01",)),
            (from_peppol, "REC", ("NC-18",)),
            (from_peppol, "PPD", ("FI-13",)),
        ],
    )
    def test_mean_the_lowest_number_and_say_when_they_are_ambiguous(self, read, code, candidates):
        meaning = read(code)

        assert meaning == InboundReason(candidates[0], candidates)
        assert meaning.needs_qualification == (len(candidates) > 1)

    @pytest.mark.parametrize(
        ("read", "code"),
        [(from_x12, "??"), (from_x12, ""), (from_uncl4465, "0"), (from_peppol, "NON")],
    )
    def test_say_nothing_when_the_list_has_them_not(self, read, code):
        assert read(code) is None


class TestNonPaymentReasons:
    def test_are_twenty_two(self):
        assert list(NON_PAYMENT_REASONS) == [f"NR-{number:02d}" for number in range(22)]

    def test_follow_from_what_the_bank_sent_back(self):
        assert from_bank_return("am04") == ("NR-09",)
        assert from_bank_return("MS02") == ("NR-11", "NR-15")
        assert from_bank_return("XX99") == ()
        assert all(
            each in NON_PAYMENT_REASONS
            for code in ("MD01", "MD06", "MD07", "AC01", "AM05")
            for each in from_bank_return(code)
        )

    def test_say_when_the_next_act_is_due(self):
        assert NON_PAYMENT_REASONS["NR-16"].next_action_business_days == 10
