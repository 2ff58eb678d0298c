"""What is wrong in the files of a programme, in words: the file, the key, a sentence."""

from handlers.texts import N_, Texts
from study.programme.reading import Mistake

_PROBLEMS = {
    "no_folder": N_("There is no programme: a folder with a programme.toml in it is needed ({value})."),
    "unknown_file": N_("No part of a programme has this file name; check how it is spelt."),
    "not_toml": N_("The file cannot be read as TOML: {value}"),
    "unknown": N_("There is no such key; check how it is spelt, or take it out."),
    "missing": N_("This key is missing."),
    "wrong_type": N_("This is not of the right kind: {value}"),
    "too_small": N_("This is too small or too short: {value}"),
    "too_large": N_("This is too large or too long: {value}"),
    "not_one_of": N_("This is none of the words that are allowed: {value}"),
    "wrong": N_("This is not written as it has to be: {value}"),
    "unknown_name": N_("Nothing in the programme has this name: {value}"),
    "twice": N_("This name stands there twice; each has to be another: {value}"),
    "reserved": N_("This name is kept for the bot itself; take another one: {value}"),
}
_WITH_EXPECTED = {
    "not_one_of": N_("This is none of the words that are allowed ({expected}): {value}"),
    "too_small": N_("This has to be at least {expected}: {value}"),
    "too_large": N_("This may be at most {expected}: {value}"),
    "key": N_(
        "A key begins with a lower-case letter and has only lower-case letters, digits and _ (at most 32): {value}"
    ),
    "title": N_("A title is a text, or texts by language (zh-CN, zh-TW, en), none of them empty: {value}"),
}
_LONGEST = 80


def mistake_line(mistake: Mistake, t: Texts) -> str:
    """One mistake with its file and its key."""
    words = _PROBLEMS.get(mistake.problem, _PROBLEMS["wrong"])
    if mistake.expected is not None:
        known = mistake.expected if mistake.problem == "wrong" else mistake.problem
        words = _WITH_EXPECTED.get(str(known), words)
    value = str(mistake.value)
    shown = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
    where = f"{mistake.file}: {mistake.key}" if mistake.key else mistake.file
    return t("{where}: {what}", where=where, what=t(words, value=shown, expected=mistake.expected))
