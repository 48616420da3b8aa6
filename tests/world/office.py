"""Letters and sheets of word processors, as small as they can be."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(**members: str) -> bytes:
    """A zip archive; `__` in a name stands for `/`, `_xml` at its end for `.xml`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A letter of Word; `body` is what stands in `w:body`."""
    members = {name: f'<w:{root} xmlns:w="{W}">{xml}</w:{root}>' for name, root, xml in (
        ("word__document_xml", "document", f"<w:body>{body}</w:body>"),
        *((f"word__{name}_xml", "hdr", xml) for name, xml in parts.items()),
    )}  # fmt: skip
    return zipped(**members)


def paragraph(*runs: str) -> str:
    """A paragraph of Word made of runs."""
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def grid(*rows: list[str]) -> str:
    """A table of Word."""
    lines = (
        f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def odf(kind: str, body: str) -> bytes:
    """A file of OpenOffice; `kind` is `text` or `spreadsheet`."""
    spaces = " ".join(
        f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table", "style")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:{kind}>{body}'
        f"</office:{kind}></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return out.getvalue()


def odf_table(*rows: list[str]) -> str:
    """A table of OpenOffice."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="Sheet">{lines}</table:table>'
