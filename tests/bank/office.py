"""Office files built part by part, so that a test says exactly what is in them."""

import io
import zipfile
from collections.abc import Mapping

_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{entries}</Relationships>'


def xlsx(rows: str, *, formats: str = "", more: Mapping[str, str | bytes] | None = None, prolog: str = "") -> bytes:
    """A workbook whose only sheet has these rows; ``formats`` are the ``xf`` elements of its cell styles."""
    styles = f'<styleSheet xmlns="{_MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>'
    return archive(
        {
            "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>'
            '<sheet name="题库" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
            "xl/styles.xml": styles,
            "xl/worksheets/sheet1.xml": f'{prolog}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
            **(more or {}),
        }
    )


def row(*texts: str) -> str:
    """A row of texts."""
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + "</row>"


def docx(body: str, *, numbering: str = "", pictures: Mapping[str, bytes] | None = None) -> bytes:
    """A Word document with this body; ``numbering`` is the inside of its list definitions, pictures get rId2, rId3 …"""
    pictures = pictures or {}
    targets = [("numbering", "numbering.xml"), *(("image", f"media/{name}") for name in pictures)]
    return archive(
        {
            "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
            "word/document.xml": f'<w:document xmlns:w="{_WORD}" xmlns:r="{_RELS}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": _relations(*targets),
            "word/numbering.xml": f'<w:numbering xmlns:w="{_WORD}">{numbering}</w:numbering>',
            **{f"word/media/{name}": content for name, content in pictures.items()},
        }
    )


def paragraph(text: str, *, in_list: str = "", depth: int = 0) -> str:
    """A paragraph, as part of a list if one is named."""
    listed = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{in_list}"/></w:numPr></w:pPr>' if in_list else ""
    )
    return f"<w:p>{listed}<w:r><w:t>{text}</w:t></w:r></w:p>"
