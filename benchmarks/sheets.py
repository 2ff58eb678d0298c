"""One reading or writing of a workbook in a process of its own: ``python -m benchmarks.sheets WAY FILE ROWS``.

Prints the seconds of processor time that it took (it computes and waits for nothing, so other work is not to be counted) and by how many MB (10^6 bytes) the peak of the process rose meanwhile, as JSON.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from handlers.present.exports import COLUMNS
from quizzes.bank.formats import read_bank
from quizzes.tables import write_xlsx

_BANK = ("题型", "题干", "A", "B", "C", "D", "答案", "解析", "分值", "难度", "分类")


def questions(rows: int) -> Iterator[tuple[str, ...]]:
    """A bank as organisers keep it."""
    for number in range(rows):
        text = f"第{number}题:依照有关规定,下列关于第{number % 97}项工作的说法,正确的是哪一项?"
        options = [f"选项{letter}:第{number}题的第{place}种说法" for place, letter in enumerate("甲乙丙丁")]
        yield ("单选题", text, *options, "ABCD"[number % 4], f"见手册第{number}条", "10", "2", "常识")


def register(rows: int) -> Iterator[tuple[str, ...]]:
    """An attendance register, a line for a person and an event."""
    for number in range(rows):
        unit = f"全市/第{number % 20}片/第{number % 1000}支部"
        yield ("2026-11-20", "签到", unit, f"成员{number}", "present", "2026-11-20T00:12:00+00:00")


def prepare(path: Path, rows: int) -> None:
    """A bank file as a spreadsheet program would have written it."""
    path.write_bytes(write_xlsx(_BANK, questions(rows)))


def our_reading(path: Path, rows: int) -> None:
    """Every question, checked."""
    bank = read_bank(path.read_bytes(), path.name)
    assert (len(bank.items), len(bank.errors)) == (rows, 0)


def their_reading(path: Path, rows: int) -> None:
    """openpyxl's read-only mode, cells as it gives them."""
    book = openpyxl.load_workbook(path, read_only=True)
    assert sum(1 for _ in book.worksheets[0].iter_rows(values_only=True)) == rows + 1
    book.close()


def our_writing(path: Path, rows: int) -> None:
    """The register as ``studyhall export attendance`` writes it, formulas defused."""
    path.write_bytes(write_xlsx(COLUMNS["attendance"], register(rows)))


def their_writing(path: Path, rows: int) -> None:
    """openpyxl's write-only mode, cells as they come."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Sheet1")
    page.append(COLUMNS["attendance"])
    for row in register(rows):
        page.append(row)
    book.save(path)


WAYS = {
    "prepare": prepare, "our_reading": our_reading, "their_reading": their_reading, "our_writing": our_writing,
    "their_writing": their_writing,
}  # fmt: skip


def _peak() -> float:
    """The most memory that this process had, in MB; getrusage would also count what its parent had when it made it."""
    status = Path("/proc/self/status")
    if status.exists():
        found = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(found.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    way, file, count = sys.argv[1:]
    before, began = _peak(), time.process_time()
    WAYS[way](Path(file), int(count))
    print(json.dumps({"seconds": time.process_time() - began, "memory": _peak() - before}))  # noqa: T201 - its answer
