"""Every text that a user can see is there in every language, and none is left over."""

import ast
import re
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from handlers.errors import COMMON
from handlers.registry import COMMANDS, ROOMS, SENTENCES
from handlers.room import Command
from handlers.texts import LANGUAGES, LOCALES, SOURCE, texts
from quizzes.engine.errors import ContestError
from quizzes.errors import QuizError
from study.errors import StudyError

ROOT = Path(__file__).parent.parent
KEYWORDS = {"t": None, "N_": None, "t.html": None, "html": None, "plural": (1, 2), "t.plural": (1, 2)}
TRANSLATED = [language for language in LANGUAGES if language != SOURCE]


def in_code() -> set[str]:
    """Every text that the code shows, by its English form (plural ones by their singular)."""
    found: set[str] = set()
    for folder in ("handlers", "bot"):
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            found.add(message if isinstance(message, str) else message[0])
    return found


def entries(language: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Every entry of a language's catalogues: file, forms of the key, forms of the translation."""
    result = []
    for path in sorted((LOCALES / language.replace("-", "_") / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    keys = (message.id,) if isinstance(message.id, str) else tuple(message.id)
                    texts = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
                    result.append((path.name, keys, texts))
    return result


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_missing_or_unused(language: str) -> None:
    """The catalogues have exactly what the code shows."""
    translated = {keys[0] for _, keys, texts in entries(language) if all(texts)}

    assert sorted(in_code() - translated) == []
    assert sorted({keys[0] for _, keys, _ in entries(language)} - in_code()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_translated_twice(language: str) -> None:
    """Two files never disagree about a text."""
    counts = Counter(keys[0] for _, keys, _ in entries(language))

    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_in_the_same_fields(language: str) -> None:
    """A translation names no field that the text does not have."""
    field = re.compile(r"(?<!\{)\{(\w+)")
    wrong = [
        keys[0]
        for _, keys, texts in entries(language)
        if not set(field.findall(" ".join(texts))) <= set(field.findall(" ".join(keys)))
    ]

    assert wrong == []


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
    "command", [command for command in COMMANDS if command.usage], ids=lambda command: command.name
)
def test_what_follows_a_command_is_said_in_chinese(command: Command) -> None:
    """A placeholder such as NAME means nothing to somebody who reads Chinese."""
    usage = texts("zh-CN", ZoneInfo("UTC"))(command.usage)

    assert re.findall(r"[A-Z]{2,}", usage.replace("zh-CN", "")) == []
