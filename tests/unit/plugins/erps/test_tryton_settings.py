from __future__ import annotations

import pytest

from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.ports import ConfigurationInvalid
from concilia.plugins.erps.tryton.settings import read_settings

VALUES = {
    "url": "https://tryton.example.com",
    "database": "aurora",
    "user": "concilia",
    "password": "secret",
    "accounts": "AR = 1.2.1\nPRICE_ALLOWANCE = 4.3.1\n\n",
    "taxes": "22 = IVA 22%\n10 = IVA 10%",
}


class TestReadSettings:
    def test_reads_mappings_as_lines_or_as_such(self):
        settings = read_settings(VALUES)
        assert settings.accounts == {AccountRole.AR: "1.2.1", AccountRole.PRICE_ALLOWANCE: "4.3.1"}
        assert settings.taxes == {"22": "IVA 22%", "10": "IVA 10%"}
        assert read_settings(VALUES | {"taxes": dict(settings.taxes)}).taxes == settings.taxes

    def test_has_defaults(self):
        settings = read_settings(VALUES)
        assert (settings.journal, settings.general_journal) == ("REV", "MISC")
        assert settings.apply_to_invoice
        assert not read_settings(VALUES | {"apply_to_invoice": "no"}).apply_to_invoice

    def test_does_not_print_the_password(self):
        assert "secret" not in repr(read_settings(VALUES))

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"url": ""}, "Address is missing"),
            ({"url": "ftp://tryton.example.com"}, "Address"),
            ({"url": "https://me:pw@tryton.example.com"}, "settings of their own"),
            ({"password": ""}, "Password is missing"),
            ({"accounts": "AR 1.2.1"}, "line 1"),
            ({"accounts": "RECEIVABLES = 1.2.1"}, "is not a role"),
            ({"apply_to_invoice": "perhaps"}, "yes or no"),
            ({"jornal": "REV"}, "no setting 'jornal'"),
        ],
    )
    def test_says_what_cannot_be_right(self, change, said):
        with pytest.raises(ConfigurationInvalid, match=said):
            read_settings(VALUES | change)
