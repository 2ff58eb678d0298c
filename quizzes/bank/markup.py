"""Plain text out of the HTML that learning platforms put into questions."""

from html.parser import HTMLParser

from quizzes.bank.items import tidy

_BLOCKS = frozenset(
    ["p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"]
)
_LONGEST = 20_000
_SKIPPED = frozenset({"script", "style"})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.media: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        elif tag in _BLOCKS:
            self._break()
        elif tag in ("img", "audio", "source"):
            self.media.extend(value for name, value in attrs if name == "src" and value)
        elif tag == "sup":
            self.pieces.append("^")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.pieces.append(data)

    def _break(self) -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append("\n")


def plain(html: str) -> tuple[str, str | None]:
    """The text that a browser would show, blocks on lines of their own, and the address of the first picture or sound."""
    if len(html) > _LONGEST:
        return tidy(html), None  # too long for a question anyhow, and too costly for this parser
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return tidy("\n".join(lines)), next(iter(parser.media), None)
