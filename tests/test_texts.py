"""Every text that a user can see is there in every language, and none is left over."""

import ast
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.errors import COMMON
from handlers.registry import COMMANDS, ROOMS, SENTENCES
from handlers.room import Command
from handlers.texts import LANGUAGES, texts
from quizzes.engine.errors import ContestError
from quizzes.errors import QuizError
from quizzes.presets import load_presets
from quizzes.tournament_plans import load_plans
from study.errors import StudyError
from tests.scripts import SIMPLIFIED_ONLY, TRADITIONAL_ONLY
from tools.texts import TRANSLATED, entries, left_over, missing, screen_words, screen_words_taiwan

ROOT = Path(__file__).parent.parent
FIELD = re.compile(r"(?<!\{)\{(\w+)")


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_missing_or_unused(language: str) -> None:
    """The catalogues have exactly what the code shows."""
    assert missing(language) == []
    assert left_over(language) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_translated_twice(language: str) -> None:
    """Two files never disagree about a text."""
    counts = Counter(one.keys[0] for one in entries(language))

    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_in_the_same_fields(language: str) -> None:
    """A translation names no field that the text does not have."""
    wrong = [one.keys[0] for one in entries(language) if not _fields(one.texts) <= _fields(one.keys)]

    assert wrong == []


def test_both_scripts_fill_in_the_same_fields() -> None:
    """What a member on the mainland is told, a member in Taiwan is told too."""
    mainland = {one.keys: _fields(one.texts) for one in entries("zh-CN")}

    assert [one.keys[0] for one in entries("zh-TW") if mainland.get(one.keys) != _fields(one.texts)] == []


def test_neither_script_has_characters_of_the_other() -> None:
    """No simplified character in zh-TW, no traditional one in zh-CN (by OpenCC's tables), and each its own quotation marks."""
    taiwan = [text for one in entries("zh-TW") for text in one.texts] + list(screen_words_taiwan().values())
    mainland = [text for one in entries("zh-CN") for text in one.texts] + list(screen_words().values())

    assert [text for text in taiwan if SIMPLIFIED_ONLY & set(text) or set("“”‘’") & set(text)] == []
    assert [text for text in mainland if TRADITIONAL_ONLY & set(text) or set("「」") & set(text)] == []


def test_screen_speaks_every_script() -> None:
    """The big screen's page has each word in traditional characters too, with the same places, and no draft among them."""
    mainland, taiwan = screen_words(), screen_words_taiwan()

    assert {key: _fields([text]) for key, text in taiwan.items()} == {
        key: _fields([text]) for key, text in mainland.items()
    }


def test_shipped_titles_are_in_every_language() -> None:
    """An office's own files may do without zh-TW; ours do not."""
    presets = load_presets()
    plans = load_plans(presets)
    titles = [preset.title for preset in presets.values()] + [plan.title for plan in plans.values()]
    titles += [dict(stage.titles) for plan in plans.values() for stage in plan.plan.stages]

    assert [title for title in titles if title.keys() != set(LANGUAGES)] == []


def _fields(texts: Iterable[str]) -> set[str]:
    return set(FIELD.findall(" ".join(texts)))


def test_every_refusal_has_a_sentence() -> None:
    """Whatever a use case or the engine refuses, the user gets words."""

    def below(error: type[Exception]) -> set[type[Exception]]:
        return {error}.union(*(below(child) for child in error.__subclasses__()))

    codes = {
        error.code  # type: ignore[attr-defined]
        for root in (StudyError, QuizError, ContestError)
        for error in below(root)
        if error.__module__.split(".")[0] in ("study", "quizzes")
    }
    without = {code for code in codes if code not in SENTENCES}

    assert without <= {
        "study",
        "quiz",
        "contest.refused",
        # Only a bug of ours could cause these: the shell opens each contest once, with questions that it has checked.
        "contest.not_opened",
        "contest.already_opened",
        "contest.rules_unusable",
        "contest.question_unusable",
        "contest.too_few_questions",
    }


def test_every_command_is_in_the_docs() -> None:
    """The pages of ``docs`` name every command."""
    docs = "\n".join(path.read_text(encoding="utf-8") for path in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])

    assert [command.name for command in COMMANDS if f"/{command.name}" not in docs] == []


def test_commands_fit_telegrams_menu() -> None:
    """A command has 1 to 32 lower-case letters, digits or _, its line at most 256 characters."""
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", command.name) and len(command.about) <= 256 for command in COMMANDS)


def test_no_handler_holds_a_text() -> None:
    """Handlers parse and call; words are made by presenters (and named by ``N_`` for the menu)."""
    chinese = re.compile(r"[一-鿿]")
    wrong = [
        f"{path.name}:{node.lineno}"
        for path in (ROOT / "handlers").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("toast", "reply")
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and chinese.search(argument.value)
    ]

    assert wrong == []
    assert COMMON
    assert ROOMS


@pytest.mark.parametrize(
    "command",
    [command for command in COMMANDS if command.usage or command.organisers_usage],
    ids=lambda command: command.name,
)
def test_what_follows_a_command_is_said_in_chinese(command: Command) -> None:
    """A placeholder such as NAME means nothing to somebody who reads Chinese."""
    usages = [
        texts(language, ZoneInfo("UTC"))(usage)
        for language in ("zh-CN", "zh-TW")
        for usage in (command.usage, command.organisers_usage)
        if usage
    ]

    assert re.findall(r"[A-Z]{2,}", re.sub("zh-CN|zh-TW", "", " ".join(usages))) == []
