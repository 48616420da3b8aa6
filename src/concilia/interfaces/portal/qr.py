"""QR codes as pictures in a page: one path, no script, no request."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from concilia.dunning.core.epc import ERROR_CORRECTION

QUIET_MODULES: Final = 4


def qr_picture(text: str, label: str) -> SafeString:
    """This will be the code of a text as an SVG; whoever cannot see it reads `label`."""
    code = segno.make(text, error=ERROR_CORRECTION, micro=False, boost_error=False)
    drawn = BytesIO()
    code.save(
        drawn, kind="svg", border=QUIET_MODULES, xmldecl=False, svgns=False, nl=False,
        omitsize=True, svgclass=None, lineclass=None,
    )  # fmt: skip
    return format_html(
        '<span class="qr" role="img" aria-label="{}">{}</span>',
        label,
        mark_safe(drawn.getvalue().decode()),  # noqa: S308 - numbers of our own only
    )
