"""Materials as people see them: the card, the question, the list, the plan; and what came of an import."""

from collections.abc import Sequence

from handlers.present.banks import error_lines
from handlers.texts import N_, Texts
from quizzes.bank.items import Fault, ItemError
from study.material_import import MaterialPlan
from study.material_rules import Flaw, Mistake
from study.materials import HasRead, MaterialResult

_COLUMNS = {
    "title": N_("title"),
    "series": N_("series"),
    "topic": N_("topic"),
    "text": N_("text"),
    "link": N_("link"),
    "tags": N_("tags"),
}
_FLAWS = {
    Flaw.NO_TITLE: N_("there is no title"),
    Flaw.NO_TEXT: N_("there is nothing to read: no text, no link, no picture"),
    Flaw.TOO_LONG: N_("the {column} is too long: {length} characters, {limit} at most"),
    Flaw.TWICE: N_("the same series and title stand in line {first_line}"),
    Flaw.BAD_LINK: N_("this is no web address: {link}"),
    Flaw.NO_PICTURE: N_("the picture {name} is not beside the file"),
    Flaw.BAD_PICTURE: N_("the picture {name} is neither PNG nor JPEG"),
    Flaw.BIG_PICTURE: N_("the picture {name} is larger than {limit_mb} MB"),
}


def mistake_lines(plan: MaterialPlan, t: Texts) -> list[str]:
    """A line for each mistake, with the line of the table where it stands."""
    lines: list[str] = []
    for mistake in plan.mistakes:
        lines += question_lines([mistake], t) if isinstance(mistake, ItemError) else [_line(mistake, t)]
    return lines


def question_lines(errors: Sequence[ItemError], t: Texts) -> list[str]:
    """What is wrong with a question, a line each."""
    lines: list[str] = []
    for error in errors:
        if error.code is Fault.UNSUPPORTED_KIND:
            what = t("only choices and true/false can be asked with a material")
            lines.append(t("Line {line}: {what}", line=error.line, what=what))
        else:
            lines += error_lines([error], t)
    return lines


def _line(mistake: Mistake, t: Texts) -> str:
    params = dict(mistake.params)
    if "column" in params:
        params["column"] = t(_COLUMNS[str(params["column"])])
    return t("Line {line}: {what}", line=mistake.line, what=t(_FLAWS[mistake.flaw], **params))


def result_line(result: MaterialResult, t: Texts) -> str:
    """What became of the table."""
    line = t(
        "Materials: {new} new, {renewed} brought up to date, {unchanged} unchanged.",
        new=result.new,
        renewed=result.renewed,
        unchanged=result.unchanged,
    )
    rest = t.plural(" {n} row was left out.", " {n} rows were left out.", result.left_out)
    return f"{line}{rest}" if result.left_out else line


def read_toast(done: HasRead, t: Texts) -> str:
    """What a reader hears: the own count of this week."""
    if done.again:
        return t.plural(
            "You have read this already. {n} material this week.",
            "You have read this already. {n} materials this week.",
            done.this_week,
        )
    return t.plural("Read. {n} material this week.", "Read. {n} materials this week.", done.this_week)


def answer_toast(*, right: bool, t: Texts) -> str:
    """Whether an answer is right."""
    return t("Right!") if right else t("Not quite. The explanation is below.")


def sent_toast(t: Texts) -> str:
    """Where the question is."""
    return t("I have sent you the question in private.")


def pushed_toast(count: int, t: Texts) -> str:
    """To how many groups a material goes."""
    return t.plural("It goes to {n} group.", "It goes to {n} groups.", count)


def reminded_toast(count: int, t: Texts) -> str:
    """How many were reminded."""
    if not count:
        return t(
            "Nobody is left to remind: everybody has read it, was reminded today, is on leave or cannot be reached."
        )
    return t.plural("{n} person is reminded.", "{n} people are reminded.", count)


def removed_toast(t: Texts) -> str:
    """A material is off the list."""
    return t("It is off the list. What was read of it stays on record.")


def question_link(me: str, material_id: int) -> str:
    """Where somebody who cannot be written to gets the question."""
    return f"https://t.me/{me}?start=mat_{material_id}"


_QUERY_BYTES = 45
"""The words that are searched for travel in the buttons that turn the pages."""


def query_of(words: str) -> str:
    """What is searched for: so much of it as fits a button."""
    flat = " ".join(words.replace(":", " ").split())
    return flat.encode()[:_QUERY_BYTES].decode("utf-8", "ignore").strip()
