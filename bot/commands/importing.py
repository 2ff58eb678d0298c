"""Taking files in: the same steps for the command line, for the running bot's control socket and for the demo."""

import asyncio
from pathlib import Path, PurePath

from pydantic import BaseModel

from handlers.house import House
from handlers.present import materials, syllabus
from handlers.present.banks import bad_line, error_lines, near_lines, taken_line
from handlers.present.files import file_sentence
from handlers.present.joining import mistake_lines
from handlers.registry import SENTENCES
from handlers.texts import Texts
from quizzes.bank.bundle import is_bundle, open_bundle
from quizzes.bank.formats import read_bank
from quizzes.bank.items import ParsedBank
from quizzes.bank.media import LIMITS, gathered
from quizzes.files import FileError
from study.errors import StudyError
from study.material_rules import PICTURE_LIMIT

KINDS = ("roster", "bank", "materials", "syllabus")
_LINES_SHOWN = 200
MEDIA_MOST = max(LIMITS.values())


class Imported(BaseModel):
    """How an import went.

    ``lines`` say what was done, ``problems`` what was left out, ``question`` that it waits for a confirmation and
    changed nothing yet, ``refused`` that nothing can be done with the file.
    """

    lines: list[str] = []
    problems: list[str] = []
    question: str | None = None
    refused: str | None = None


async def take_in(
    house: House,
    kind: str,
    content: bytes,
    filename: str,
    *,
    name: str | None,
    confirmed: bool,
    t: Texts,
    folder: Path,
) -> Imported:
    """Import a file of one of ``KINDS``; what is bad is named line by line. ``folder`` holds the pictures it names."""
    try:
        if kind == "bank":
            return await _bank(house, content, filename, name, t, folder)
        if kind == "roster":
            return await _roster(house, content, filename, confirmed, t)
        if kind == "syllabus":
            return await _syllabus(house, content, filename, confirmed, t)
        return await _materials(house, content, filename, folder, t)
    except FileError as error:
        return Imported(refused=f"{filename}: {file_sentence(error, t)}")
    except StudyError as error:
        return Imported(refused=f"{filename}: {SENTENCES.of(error, t)}")


def _read_bank(content: bytes, filename: str, folder: Path) -> ParsedBank:
    if is_bundle(content):
        bundle = open_bundle(content)
        return gathered(read_bank(bundle.content, bundle.name), bundle.beside)
    return gathered(read_bank(content, filename), lambda name: _beside(folder, name, MEDIA_MOST))


async def _bank(house: House, content: bytes, filename: str, name: str | None, t: Texts, folder: Path) -> Imported:
    parsed = await asyncio.to_thread(_read_bank, content, filename, folder)
    problems = error_lines(parsed.errors, t)
    if not parsed.items:
        return Imported(refused=t("{file}: there is no good question in it.", file=filename), problems=problems)
    taken = await house.banks.take_in(
        name or PurePath(filename).stem, parsed.items, media=parsed.media, now=house.clock.now()
    )
    if problems:
        problems.insert(0, bad_line(len(problems), len(parsed.items), t))
    return Imported(
        lines=[taken_line(taken, t), *near_lines(taken, t), *error_lines(parsed.warnings, t)],
        problems=problems[:_LINES_SHOWN],
    )


async def _roster(house: House, content: bytes, filename: str, confirmed: bool, t: Texts) -> Imported:
    plan = await house.roster.plan(content, filename)
    problems = mistake_lines(plan, t)[:_LINES_SHOWN]
    if not plan.good:
        return Imported(refused=t("{file}: there is no good row in it.", file=filename), problems=problems)
    if problems and not confirmed:
        question = t("{bad} rows are left out. Take in the other {good}?", bad=plan.bad_rows, good=plan.good)
        return Imported(problems=problems, question=question)
    result = await house.roster.take_in(plan, now=house.clock.now())
    line = t(
        "Roster: {new} new, {changed} changed, {unchanged} unchanged; {absent} on the roster are not in this file.",
        new=result.new,
        changed=result.changed,
        unchanged=result.unchanged,
        absent=result.absent,
    )
    return Imported(lines=[line], problems=problems)


async def _syllabus(house: House, content: bytes, filename: str, confirmed: bool, t: Texts) -> Imported:
    plan = await house.syllabi.plan(content, filename, now=house.clock.now())
    problems = syllabus.mistake_lines(plan, t)[:_LINES_SHOWN]
    if not plan.rows:
        return Imported(refused=t("{file}: there is no good row in it.", file=filename), problems=problems)
    if problems and not confirmed:
        question = t(
            "{bad} rows are left out. Take in the other {good}?", bad=plan.reading.bad_rows, good=len(plan.rows)
        )
        return Imported(problems=problems, question=question)
    done = await house.syllabi.take_in(plan, now=house.clock.now())
    return Imported(lines=[syllabus.result_line(done, t)], problems=problems)


async def _materials(house: House, content: bytes, filename: str, folder: Path, t: Texts) -> Imported:
    plan = house.materials.plan(content, filename, lambda name: _beside(folder, name))
    problems = materials.mistake_lines(plan, t)[:_LINES_SHOWN]
    if not plan.good:
        return Imported(refused=t("{file}: there is no good row in it.", file=filename), problems=problems)
    result = await house.materials.take_in(plan, now=house.clock.now())
    return Imported(lines=[materials.result_line(result, t)], problems=problems)


def _beside(folder: Path, name: str, limit: int = PICTURE_LIMIT) -> bytes | None:
    """The bytes of a picture or sound in ``folder`` or below it; a name that leads out of it, or nowhere, has none."""
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(limit + 1)  # one more shows that it is too large
    except (OSError, ValueError):
        return None
