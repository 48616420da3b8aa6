from __future__ import annotations

import pytest
from tests.world.small_ledgers import IBAN, customer

from concilia.matching.names import NameIndex, likeness, words_of
from concilia.matching.payers import PayerDirectory
from concilia.matching.policy import DEFAULT
from concilia.matching.records import PayerAlias
from concilia.matching.workbench import Knowledge

ROSSI = customer()
LEFEVRE = customer(
    customer_id="C2", name="Épicerie Lefèvre SARL", ibans=("FR1420041010050500013M02606",)
)
CENTRE = customer(
    customer_id="C3", name="Zentral AG", payer_group="G", ibans=("DE89370400440532013000",)
)
MEMBER = customer(customer_id="C4", name="Markt Süd GmbH", payer_group="G", ibans=())


@pytest.fixture
def directory() -> PayerDirectory:
    return PayerDirectory([ROSSI, LEFEVRE, CENTRE, MEMBER], [], DEFAULT)


class TestWordsOf:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Rossi Alimentari S.r.l.", "ALIMENTARI ROSSI SRL"),
            ("F.lli Bianchi S.n.c.", "FRATELLI BIANCHI"),
            ("Müller & Söhne GmbH & Co. KG", "MUELLER SOEHNE"),
            ("Épicerie Lefèvre SARL", "EPICERIE LEFEVRE"),
            ("Gebr. Weber OHG", "GEBRUEDER WEBER"),
            ("L'Oréal S.A.", "L OREAL"),
        ],
    )
    def test_forms_accents_and_order_do_not_matter(self, one, other):
        assert words_of(one) == words_of(other)

    def test_a_name_of_legal_forms_alone_keeps_them(self):
        assert words_of("S.p.A.") == ("SPA",)


class TestLikeness:
    def test_shortened_words_count_as_whole(self):
        assert likeness(words_of("ROSSI ALIM. MIL."), words_of("Rossi Alimentari Milano")) == 100

    def test_other_names_are_not_alike(self):
        assert likeness(words_of("Rossi Conserve"), words_of("Bianchi Logistica")) < 60


class TestNameIndex:
    def test_a_near_name_must_stand_out(self):
        names = NameIndex([("A", "Rossi Milano"), ("B", "Rossi Milana"), ("C", "Verdi Torino")])

        assert names.alike("Rosi Torino Verdi", 92) == set()
        assert names.alike("VERDI TORINNO", 90) == {"C"}
        assert names.alike("Rossi Milan0", 80) == {"A", "B"}


class TestPayerDirectory:
    def test_an_account_is_a_payer(self, directory):
        payer = directory.by_account("it60 x054 2811 1010 0000 0123 456", "whoever")

        assert payer is not None
        assert (payer.customer_id, payer.knowledge) == ("C1", Knowledge.ACCOUNT)

    def test_a_centre_pays_for_its_group(self, directory):
        payer = directory.by_account("DE89370400440532013000", "")

        assert payer is not None
        assert payer.group == directory.group_of("C4")

    def test_a_shared_account_needs_the_name(self):
        other = customer(customer_id="C9", name="Verdi Srl")
        directory = PayerDirectory([ROSSI, other], [], DEFAULT)

        assert directory.by_account(IBAN, "") is None
        payer = directory.by_account(IBAN, "VERDI")
        assert payer is not None
        assert payer.customer_id == "C9"

    def test_one_name_of_two_customers_is_nobody(self):
        directory = PayerDirectory([ROSSI, customer(customer_id="C9", ibans=())], [], DEFAULT)

        assert directory.by_name("Rossi Alimentari") is None

    def test_aliases_are_believed(self):
        aliases = [
            PayerAlias("C2", iban="LU28 0019 4006 4475 0000"),
            PayerAlias("C2", name="LEF SA"),
        ]
        directory = PayerDirectory([ROSSI, LEFEVRE], aliases, DEFAULT)

        by_account = directory.by_account("LU280019400644750000", "")
        by_name = directory.by_name("Lef S.A.")
        assert by_account is not None
        assert by_name is not None
        assert by_account.customer_id == by_name.customer_id == "C2"

    def test_a_likeness_is_only_fuzzy(self, directory):
        payer = directory.by_likeness("ROSI ALIMENTARI SRL")

        assert payer is not None
        assert payer.knowledge == Knowledge.FUZZY

    def test_a_customer_not_on_file_is_a_group_alone(self, directory):
        assert directory.group_of("X") != directory.group_of("Y")
