"""Excel's own escapes in texts."""

import re

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Text with Excel's own escapes undone: ``_x000D_`` is a carriage return [ECMA-376 part 1, 22.9.2.19]."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def escaped(text: str) -> str:
    """Text that Excel shows as it stands even if it looks like one of Excel's escapes."""
    return _ESCAPE.sub(r"_x005F_x\1_", text) if "_x" in text else text
