"""The configuration: the example has every key, and every mistake is named."""

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel, SecretStr

from bot.commands.config_words import problem_line
from bot.config import Config, load
from bot.config_problems import ConfigError
from bot.config_sections import Contest
from bot.services import presets_of
from handlers.texts import texts

ROOT = Path(__file__).parents[2]
Problems = Callable[[str], list[str]]
EXAMPLE = ROOT / "config.example.toml"


def keys(model: type[BaseModel] = Config, within: str = "") -> Iterator[tuple[str, object]]:
    """Every key of the models as it is written in the file, with its default."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from keys(field.annotation, f"{within}{name}.")
        else:
            yield f"{within}{name}", field.default


def in_file(table: dict[str, object], within: str = "") -> Iterator[tuple[str, object]]:
    """Every key of a TOML file with its value."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from in_file(value, f"{within}{name}.")
        else:
            yield f"{within}{name}", value


def written(default: object) -> object:
    """A default as TOML writes it."""
    match default:
        case time():
            return f"{default:%H:%M}"
        case SecretStr():
            return default.get_secret_value()
        case tuple():
            return list(default)
    return default


@pytest.fixture
def problems(tmp_path: Path) -> Problems:
    """What is said about a configuration."""

    def of(text: str) -> list[str]:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            load(path)
        t = texts("en", ZoneInfo("UTC"))
        return [problem_line(problem, t).removeprefix(f"{path}: ") for problem in caught.value.problems]

    return of


def test_example_has_every_key_with_its_default() -> None:
    """An office that copies the example changes nothing by it."""
    example = dict(in_file(tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))))

    assert example == {name: written(default) for name, default in keys()}


def test_example_is_a_good_configuration(tmp_path: Path) -> None:
    """The example is read, and the database lies beside it."""
    path = tmp_path / "config.toml"
    path.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")

    config = load(path)

    assert config.storage.path == tmp_path / "studyhall.db"
    assert config.model_dump(exclude={"storage"}) == Config().model_dump(exclude={"storage"})


def test_every_key_of_the_example_is_explained() -> None:
    """In the file itself, in Chinese and English, and on the page, in the section of its table."""
    page = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^#+ `\[([\w.]+)\]`(.*?)(?=^#|\Z)", page, re.M | re.S))
    commented = re.findall(r"((?:^#.*\n)+)(?:^\w+ = .*\n)+", EXAMPLE.read_text(encoding="utf-8"), re.M)

    for name, _ in keys():
        section, _, key = name.rpartition(".")
        assert f"| `{key}` |" in sections[section], name
    assert len(commented) > 20
    assert all(re.search("[一-鿿]", comment) and re.search("[a-z]{3}", comment) for comment in commented)


def test_defaults_on_the_page_are_the_defaults() -> None:
    """The page and the program agree."""
    page = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^#+ `\[([\w.]+)\]`(.*?)(?=^#|\Z)", page, re.M | re.S))

    for name, default in keys():
        section, _, key = name.rpartition(".")
        said = re.search(rf"^\| `{key}` \| (.*?) \|", sections[section], re.M)
        assert said is not None
        value = written(default)
        toml = {"": "empty"}.get(value) if isinstance(value, str) and not value else None  # type: ignore[call-overload]
        assert said[1] == (toml or f"`{_toml(value)}`"), name


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def test_every_mistake_is_named_with_its_key(problems: Problems) -> None:
    """One line each, with a guess for a typo, and nothing of Python's."""
    found = problems(
        """
        checkin = 5
        [materials]
        days = "weekdays"
        at = "25:00"
        [reflections]
        days = ["monday", "someday"]
        [contest]
        grace = "x"
        qestions = 3
        [telegram]
        api_url = "example.org"
        [telegram.webhook]
        prot = 3
        [programme]
        timezone = "Mars/Olympus"
        country = "XX"
        """
    )

    assert sorted(found) == [
        "checkin: is a table of its own, which begins with [checkin]",
        "contest.grace: must be a number",
        "contest.qestions: there is no such key; did you mean questions?",
        "materials.at: must be a time of day such as 07:30",
        'materials.days: must be one of "workdays", "every day", or must be a list',
        "programme.country: is not a country whose holidays are known; write its two letters, such as CN",
        "programme.timezone: is not a time zone; an example is Asia/Shanghai",
        'reflections.days.1: must be one of "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"',
        "telegram.api_url: must look like https://api.telegram.org",
        "telegram.webhook.prot: there is no such key; did you mean port?",
    ]


def test_hours_of_check_in_follow_one_another(problems: Problems) -> None:
    """A check-in that is late before it opens is refused."""
    assert problems('[checkin]\nopens = "9:00"\nlate = "08:00"') == [
        "checkin: opens, late and closes must follow one another within a day"
    ]


def test_environment_counts_more_than_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any key can be given as a variable; a single admin needs no list."""
    path = tmp_path / "config.toml"
    path.write_text('[programme]\nname = "甲"\nlanguage = "en"\n[contest]\nquestions = 3', encoding="utf-8")
    monkeypatch.setenv("STUDYHALL_PROGRAMME__NAME", "乙")
    monkeypatch.setenv("STUDYHALL_PROGRAMME__ADMINS", "5")
    monkeypatch.setenv("STUDYHALL_TELEGRAM__WEBHOOK__PORT", "9000")
    monkeypatch.setenv("STUDYHALL_CHECKIN__DAYS", '["monday"]')

    config = load(path)

    assert (config.programme.name, config.programme.language, config.programme.admins) == ("乙", "en", (5,))
    assert (config.telegram.webhook.port, config.contest.questions, config.checkin.days) == (9000, 3, ("monday",))


@pytest.mark.parametrize(
    ("variable", "value", "problem"),
    [
        ("STUDYHALL_CHEKIN__OPENS", "7:30", "there is no such key; did you mean checkin?"),
        ("STUDYHALL_CHECKIN__OPNES", "7:30", "there is no such key; did you mean opens?"),
        ("STUDYHALL_CONTEST__GRACE", "x", "must be a number"),
        ("STUDYHALL_PROGRAMME__ADMINS", "1,2", 'cannot be read; a list is written like [1, 2] or ["monday", "friday"]'),
        ("STUDYHALL_CHECKIN", "off", 'cannot be read; a list is written like [1, 2] or ["monday", "friday"]'),
    ],
)
def test_mistake_in_the_environment_names_the_variable(
    problems: Problems, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, problem: str
) -> None:
    """Nobody looks in the file for what is wrong in the environment."""
    monkeypatch.setenv(variable, value)

    assert problems("") == [f"{variable}: {problem}"]


def test_contests_follow_the_configuration() -> None:
    """The grace and the number of questions hold for the presets that ship."""
    presets = presets_of(Config(contest=Contest(grace=1.5, questions=7)))

    assert {preset.rules.grace for preset in presets.values()} == {timedelta(seconds=1.5)}
    assert {
        preset.rules.planned for preset in presets.values() if len(preset.rules.segments) == 1 and preset.rules.planned
    } == {7}
