"""What is wrong with a configuration, in words."""

from bot.config_problems import Problem
from handlers.texts import N_, Texts

SENTENCES = {
    "no_file": N_("there is no such file; start from config.example.toml"),
    "unreadable": N_("cannot be read: {reason}"),
    "not_toml": N_("is not valid TOML: {reason}"),
    "unknown_key": N_("there is no such key"),
    "typo": N_("there is no such key; did you mean {guess}?"),
    "table": N_("is a table of its own, which begins with [{section}]"),
    "time": N_("must be a time of day such as 07:30"),
    "words": N_("must be one of {words}"),
    "list": N_("must be a list"),
    "whole_number": N_("must be a whole number"),
    "number": N_("must be a number"),
    "yes_or_no": N_("must be true or false"),
    "text": N_("must be a text in quotes"),
    "least": N_("must be at least {number}"),
    "most": N_("must be at most {number}"),
    "other": N_("cannot be used: {reason}"),
    "variable": N_('cannot be read; a list is written like [1, 2] or ["monday", "friday"]'),
    "api_url": N_("must look like https://api.telegram.org"),
    "storage_url": N_("must look like sqlite:///studyhall.db"),
    "web_url": N_("must look like https://study.example.org"),
    "token_twice": N_("is named beside telegram.token; keep only one of the two"),
    "token_empty": N_("{file} has no token in it"),
    "public": N_("others can reach host; set public = true if that is meant, or host to 127.0.0.1"),
    "timezone": N_("is not a time zone; an example is Asia/Shanghai"),
    "country": N_("is not a country whose holidays are known; write its two letters, such as CN"),
    "hours": N_("opens, late and closes must follow one another within a day"),
}


def problem_line(problem: Problem, t: Texts) -> str:
    """One line: the place, and everything that is wrong there."""
    reasons = [_sentence(code, dict(params), t) for code, params in problem.reasons]
    between = t(", or ")
    return f"{problem.where}: {between.join(reasons)}"


def _sentence(code: str, params: dict[str, object], t: Texts) -> str:
    words = params.get("words")
    if isinstance(words, tuple):
        params["words"] = t(", ").join(f'"{word}"' for word in words)
    return t(SENTENCES[code], **params)
