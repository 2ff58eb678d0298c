"""Texts in cells: Excel's own escapes, and what keeps a text from being run as a formula."""

import re

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Text with Excel's own escapes undone: ``_x000D_`` is a carriage return [ECMA-376 part 1, 22.9.2.19]."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def escaped(text: str) -> str:
    """Text that Excel shows as it stands even if it looks like one of Excel's escapes."""
    return _ESCAPE.sub(r"_x005F_x\1_", text) if "_x" in text else text


_FORMULA_START = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def defuse(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula (after OWASP, "CSV Injection").

    A text that already begins with apostrophes and such a sign gets one more, so that reading is exact.
    """
    return "'" + text if _FORMULA_START.match(text) else text


def restore(text: str) -> str:
    """Take away the apostrophe that ``defuse`` put there."""
    return text[1:] if text.startswith("'") and _FORMULA_START.match(text) else text
