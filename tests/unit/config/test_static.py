from __future__ import annotations

import re

from django.templatetags.static import static

STYLE = "components/concilia.css"


class TestAddresses:
    def test_end_in_a_digest_of_the_content(self):
        assert re.fullmatch(rf"/static/{STYLE}\?v=[0-9a-f]{{10}}", static(STYLE))

    def test_are_plain_while_somebody_works_on_the_file(self, settings):
        settings.DEBUG = True

        assert static(STYLE) == f"/static/{STYLE}"

    def test_are_plain_for_a_file_that_does_not_exist(self):
        assert static("nowhere.css") == "/static/nowhere.css"
