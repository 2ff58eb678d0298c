"""What is wrong in the files of presets, in words."""

from handlers.texts import N_, Texts
from quizzes.presets import Mistake

_PROBLEMS = {
    "unreadable": N_("cannot be read as TOML: {value}"),
    "missing": N_("is missing"),
    "unknown": N_("is no key that is known"),
    "wrong_type": N_("is not of the right kind: {value}"),
    "negative": N_("may not be negative: {value}"),
    "too_long": N_("is longer than a day: {value}"),
    "not_one_of": N_("is none of the words that are known: {value}"),
    "bad_name": N_(
        "has a name that cannot be typed after /contest: one word of at most 32 bytes, without dots and colons"
    ),
    "unplayable": N_("cannot be played ({value})"),
}


def mistake_line(mistake: Mistake, t: Texts) -> str:
    """One mistake with its file and its key."""
    what = t(_PROBLEMS[mistake.problem], value=mistake.value)
    where = f"{mistake.file}: {mistake.key}" if mistake.key else mistake.file
    return f"{where} {what}"
