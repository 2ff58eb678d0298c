"""Questions that are nearly the same, found at a cost that grows with their number and not with its square.

Each text is cut into pairs of characters; its sketch is the few pairs whose checksums are smallest (a bottom-k MinHash).
Similar texts share most of their sketch, so only texts that meet in it are compared, and only with so many of them.
"""

import re
import unicodedata
import zlib
from collections import Counter, defaultdict, deque
from itertools import chain

SIMILAR = 0.8  # of all pairs of characters in two texts, those that both have
_SKETCH = 6
_SHARED = 3
_MEET_AT_MOST = 16
_COMPARE_AT_MOST = 4
_LEAST_CHARACTERS = 8

_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"[0-9]+")


class NearTexts:
    """Remembers texts and finds, for a new one, an earlier one that says nearly the same."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._numbers: list[tuple[str, ...]] = []
        self._meetings: defaultdict[int, deque[int]] = defaultdict(lambda: deque(maxlen=_MEET_AT_MOST))

    def add(self, text: str) -> int | None:
        """Remember the text; give the number (from 0, in order of adding) of the most similar earlier one, if any.

        Texts that differ in a number are never nearly the same: the number is what such questions ask for.
        """
        bare = _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())
        number = len(self._texts)
        self._texts.append(bare)
        self._numbers.append(tuple(_NUMBERS.findall(bare)))
        if len(bare) < _LEAST_CHARACTERS:
            return None
        pairs = _pairs(bare)
        sketch = sorted(map(zlib.crc32, pairs))[:_SKETCH]  # the same in every process, unlike hash
        meetings = [self._meetings[checksum] for checksum in sketch]
        met = Counter(chain.from_iterable(meetings))
        for meeting in meetings:
            meeting.append(number)
        return self._closest(number, pairs, met)

    def _closest(self, number: int, pairs: set[bytes], met: Counter[int]) -> int | None:
        numbers = self._numbers
        near = [
            (-shared, other) for other, shared in met.items() if shared >= _SHARED and numbers[other] == numbers[number]
        ]
        best, closest = SIMILAR, None
        for _, other in sorted(near)[:_COMPARE_AT_MOST]:
            theirs = _pairs(self._texts[other])
            common = len(pairs & theirs)
            likeness = common / (len(pairs) + len(theirs) - common)
            if likeness >= best:
                best, closest = likeness, other
        return closest


def _pairs(text: str) -> set[bytes]:
    """Each two characters that follow each other, as four bytes."""
    data = text.encode("utf-16-le", "surrogatepass")
    return {data[at : at + 4] for at in range(0, len(data) - 2, 2)}
