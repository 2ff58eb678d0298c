"""A Word document in the form in which a Chinese office files it: margins and fonts of an official paper (GB/T 9704-2012).

Fonts are those that every Chinese Word has; they are named for East Asian text too, without which Word takes its own.
"""

import io
import re
from collections.abc import Sequence
from typing import Any

from handlers.texts import Texts

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, whoever put it into a name."""
_SONG, _HEI, _FANGSONG = "宋体", "黑体", "仿宋"
_FONTS_OF_TAIWAN = {_SONG: "新細明體", _HEI: "微軟正黑體", _FANGSONG: "標楷體"}
"""What stands for them where the mainland's fonts lack half of the characters."""
_LATIN = "Times New Roman"


def clean(text: str) -> str:
    """The text without what no XML file can hold."""
    return _FORBIDDEN.sub("", text)


class OfficialPaper:
    """A Word document with the margins and fonts of an official paper (after GB/T 9704-2012)."""

    def __init__(self, t: Texts) -> None:
        # Word files are made seldom: the library is loaded when one is.
        import docx
        from docx.shared import Mm, Pt

        self._t, self._pt, self._mm = t, Pt, Mm
        self._document = docx.Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        normal = self._document.styles["Normal"]
        self._font(normal, _FANGSONG, 14)
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = 1.25
        self._number_pages(section)

    def title(self, text: str) -> None:
        """The heading of the whole paper."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = self._pt(18)
        self._run(paragraph, text, _SONG, 22, bold=True)

    def heading(self, text: str) -> None:
        """The heading of a part."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_before = self._pt(12)
        paragraph.paragraph_format.space_after = self._pt(4)
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, text, _HEI, 16)

    def subheading(self, text: str) -> None:
        """The heading of a question."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_before = self._pt(8)
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, text, _FANGSONG, 14, bold=True)

    def paragraph(self, text: str, *, indent: bool = True, keep: bool = False) -> None:
        """Plain text, its first line indented by two characters."""
        paragraph = self._document.add_paragraph()
        if indent:
            paragraph.paragraph_format.first_line_indent = self._pt(28)
        paragraph.paragraph_format.keep_with_next = keep
        self._run(paragraph, text, _FANGSONG, 14)

    def table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float],
        header: bool = False,
        bold_first: bool = False,
    ) -> None:
        """A table with lines; widths in centimetres."""
        table = self._document.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
        table.autofit = False
        for number, row in enumerate(rows):
            cells = table.rows[number].cells
            for place, text in enumerate(row):
                cells[place].width = self._mm(widths[place] * 10)
                bold = (header and number == 0) or (bold_first and place == 0)
                self._run(cells[place].paragraphs[0], text, _FANGSONG, 12, bold=bold)

    def picture(self, png: bytes) -> None:
        """A picture as wide as the text."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run().add_picture(io.BytesIO(png), width=self._mm(150))

    def content(self) -> bytes:
        """The file."""
        into = io.BytesIO()
        self._document.save(into)
        return into.getvalue()

    def _run(self, paragraph: Any, text: str, font: str, size: float, *, bold: bool = False) -> None:
        run = paragraph.add_run(clean(text))
        run.bold = bold or None
        self._font(run, font, size)

    def _font(self, owner: Any, name: str, size: float) -> None:
        from docx.oxml.ns import qn

        owner.font.name, owner.font.size = _LATIN, self._pt(size)
        fonts = owner._element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), _FONTS_OF_TAIWAN[name] if self._t.language == "zh-TW" else name)

    def _number_pages(self, section: Any) -> None:
        """The page's number at the foot, between dashes."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(paragraph, "— ", _SONG, 12)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)
        self._run(paragraph, " —", _SONG, 12)
