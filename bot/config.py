"""The configuration: one TOML file, any key also as an environment variable ``STUDYHALL_SECTION__KEY``."""

import difflib
import os
import tomllib
from collections.abc import Iterator, Sequence
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from study.calendar import is_country

_PREFIX = "STUDYHALL_"
_BETWEEN = "__"

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Days = Literal["workdays", "every day"] | tuple[Weekday, ...]
"""``workdays`` follows the official calendar with its swapped days; else the weekdays by name."""


def _time(value: object) -> object:
    """Read ``7:30`` as well as ``07:30`` and TOML's own time."""
    if isinstance(value, str) and len(value.split(":")[0]) == 1:
        return f"0{value}"
    return value


def _listed(value: object) -> object:
    """A single number stands for a list of one."""
    return (value,) if isinstance(value, int | str) else value


TimeOfDay = Annotated[time, BeforeValidator(_time)]
"""A time of day on the programme's own clock, ``HH:MM``."""


class Section(BaseModel):
    """A table of the file; an unknown key is an error that names it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Webhook(Section):
    """How Telegram reaches us, if ``mode = "webhook"``."""

    public_url: str = ""
    listen: str = "127.0.0.1"
    port: int = Field(8443, ge=0, le=65535)
    secret_token: SecretStr = SecretStr("")


class Telegram(Section):
    """The bot's account."""

    token: SecretStr = SecretStr("")
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook: Webhook = Webhook()

    @field_validator("api_url")
    @classmethod
    def _is_web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must look like https://api.telegram.org")
        return url


class Storage(Section):
    """Where everything is kept."""

    url: str = "sqlite:///studyhall.db"

    @field_validator("url")
    @classmethod
    def _is_sqlite(cls, url: str) -> str:
        if not url.startswith("sqlite:///") or len(url) == len("sqlite:///"):
            raise ValueError("must look like sqlite:///studyhall.db")
        return url

    @property
    def path(self) -> Path:
        """The file behind the URL."""
        return Path(self.url.removeprefix("sqlite:///"))


class Programme(Section):
    """The study programme as a whole."""

    name: str = "Studyhall"
    timezone: str = "Asia/Shanghai"
    language: Literal["zh-CN", "en"] = "zh-CN"
    admins: Annotated[tuple[int, ...], BeforeValidator(_listed)] = ()
    country: str = "CN"

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("is not a time zone; an example is Asia/Shanghai") from error
        return name

    @field_validator("country")
    @classmethod
    def _is_country(cls, code: str) -> str:
        if not is_country(code):
            raise ValueError("is not a country whose holidays are known; write its two letters, such as CN")
        return code

    @property
    def zone(self) -> ZoneInfo:
        """The programme's time zone."""
        return ZoneInfo(self.timezone)


class Checkin(Section):
    """The daily check-in."""

    enabled: bool = True
    days: Days = "workdays"
    opens: TimeOfDay = time(7, 30)
    late: TimeOfDay = time(9, 0)
    closes: TimeOfDay = time(20, 0)
    announce_missing: bool = True

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if not self.opens <= self.late <= self.closes or self.opens == self.closes:
            raise ValueError("opens, late and closes must follow one another within a day")
        return self


class Materials(Section):
    """The daily material."""

    enabled: bool = True
    days: Days = "workdays"
    at: TimeOfDay = time(8, 0)
    private: bool = False


class Reflections(Section):
    """Reflections that are asked for by schedule; ``days`` empty means only on request."""

    days: Days = ()
    at: TimeOfDay = time(17, 0)
    due_days: int = Field(3, ge=1, le=60)
    least: int = Field(50, ge=1, le=4000)
    prompt: str = ""


class Contest(Section):
    """What holds for every contest; ``/contest PRESET BANK N`` says otherwise for the number of questions."""

    grace: float = Field(0.5, ge=0, le=5)
    presets: str = ""
    """A folder of the programme's own rule sheets; a relative path counts from the configuration's folder."""
    questions: int = Field(10, ge=1, le=200)
    picture: bool = True

    @property
    def own_presets(self) -> Path | None:
        """The office's own folder of rule sheets, if there is one."""
        return Path(self.presets) if self.presets else None


class Certificates(Section):
    """How certificates name the places, down to which place there is one, and who issues them."""

    style: Literal["prizes", "ranks"] = "prizes"
    places: int = Field(3, ge=1, le=50)
    issuer: str = ""
    numerals: Literal["chinese", "digits"] = "chinese"


class Practice(Section):
    """Spaced review: the most that one day asks of each person."""

    daily_new: int = Field(10, ge=0, le=200)
    daily_reviews: int = Field(50, ge=1, le=1000)


class Exams(Section):
    """What a new exam begins with; the organiser changes it for each."""

    questions: int = Field(20, ge=1, le=100)
    minutes: int = Field(30, ge=1, le=300)
    points: int = Field(5, ge=1, le=100)
    pass_percent: int = Field(60, ge=1, le=100)


class Points(Section):
    """The points ledger; this version keeps none yet, so nothing depends on it."""

    enabled: bool = True


_OWN_HOSTS = ("127.0.0.1", "::1", "localhost")
"""Addresses that only this machine can reach."""


class Web(Section):
    """The bot's own pages and health checks; ``port = 0`` takes any free port, ``host`` empty serves none.

    ``url`` is where people's browsers find the pages; on an address that others can reach there are no big screens
    without it.
    """

    host: str = ""
    port: int = Field(8765, ge=0, le=65535)
    url: str = ""

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("must look like https://study.example.org")
        return url.rstrip("/")

    def base(self, listening: str) -> str:
        """Where the screens are found if we listen at ``listening``; empty if there are to be none."""
        return self.url or (listening if self.host in _OWN_HOSTS else "")


class Log(Section):
    """What is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Config(BaseSettings):
    """The whole configuration."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_nested_delimiter=_BETWEEN,
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    telegram: Telegram = Telegram()
    storage: Storage = Storage()
    programme: Programme = Programme()
    checkin: Checkin = Checkin()
    materials: Materials = Materials()
    reflections: Reflections = Reflections()
    contest: Contest = Contest()
    certificates: Certificates = Certificates()
    practice: Practice = Practice()
    exams: Exams = Exams()
    points: Points = Points()
    web: Web = Web()
    log: Log = Log()


class ConfigError(Exception):
    """The configuration cannot be used; each line of ``problems`` names a key and says what is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


def load(path: Path | None) -> Config:
    """Read the configuration from a file (``None``: from the environment alone).

    A relative path of the database counts from the folder of the file.

    Raises:
        ConfigError: the file is missing, is not TOML, or a key is unknown or has a wrong value.
    """
    _check_environment()
    if path is not None:
        _check_toml(path)

    class FromFile(Config):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return (env_settings,) if path is None else (env_settings, TomlConfigSettingsSource(settings_cls, path))

    try:
        config: Config = FromFile()
    except ValidationError as error:
        raise ConfigError(list(_problems(error, path))) from error
    except SettingsError as error:
        raise ConfigError(list(_unreadable(error))) from error
    if path is not None and not config.storage.path.is_absolute():
        beside = (path.absolute().parent / config.storage.path).as_posix()
        config = config.model_copy(update={"storage": Storage(url=f"sqlite:///{beside}")})
    if path is not None and config.contest.presets:
        folder = (path.absolute().parent / config.contest.presets).as_posix()
        config = config.model_copy(update={"contest": config.contest.model_copy(update={"presets": folder})})
    return config


def _check_toml(path: Path) -> None:
    try:
        tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError([f"{path}: there is no such file; start from config.example.toml"]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}: cannot be read: {error}"]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: is not valid TOML: {error}"]) from error


def _problems(error: ValidationError, path: Path | None) -> Iterator[str]:
    found: dict[tuple[str, ...], list[str]] = {}
    for problem in error.errors():
        keys = tuple(str(part) for part in problem["loc"] if not str(part).startswith(_NOT_KEYS))
        if problem["type"] == "extra_forbidden":
            text = f"there is no such key{_hint(keys)}"
        elif problem["type"] in ("model_type", "model_attributes_type"):
            text = f"is a table of its own, which begins with [{'.'.join(keys)}]"
        elif problem["type"] == "time_parsing":
            text = "must be a time of day such as 07:30"
        else:
            text = problem["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
            text = text.partition(", unable to parse")[0]
            text = text.replace("a valid tuple", "a list").replace("a valid integer", "a whole number")
        found.setdefault(keys, []).append(f"{text[:1].lower()}{text[1:]}")
    for keys, texts in found.items():
        # A key that takes a word or a list is complained of for both; what is wrong within the list says more.
        if not any(other[: len(keys)] == keys and other != keys for other in found):
            yield f"{_where(keys, path)}: {', or '.join(texts)}"


_NOT_KEYS = ("literal[", "tuple[", "constrained", "function-")
"""Steps of pydantic's own in the way to a value."""


def _where(keys: Sequence[str], path: Path | None) -> str:
    """Where a value stands: its environment variable, which counts more than the file, or its place in the file."""
    names = {name.upper(): name for name in os.environ}
    for length in range(len(keys), 0, -1):
        variable = names.get(_PREFIX + _BETWEEN.join(keys[:length]).upper())
        if variable is not None:
            return variable
    return ".".join(keys) if path is None else f"{path}: {'.'.join(keys)}"


def _hint(keys: Sequence[str]) -> str:
    guess = difflib.get_close_matches(keys[-1], _known(keys[:-1]), n=1)
    return f"; did you mean {guess[0]}?" if guess else ""


def _check_environment() -> None:
    """Refuse variables that look like ours and name no section; those within a section are found by pydantic."""
    problems = []
    for name in sorted(os.environ):
        section, found, _ = name.upper().removeprefix(_PREFIX).partition(_BETWEEN)
        if name.upper().startswith(_PREFIX) and found and section.lower() not in Config.model_fields:
            problems.append(f"{name}: there is no such key{_hint([section.lower()])}")
    if problems:
        raise ConfigError(problems)


def _unreadable(error: SettingsError) -> Iterator[str]:
    """A variable that should hold a list or a table, and does not."""
    for section in Config.model_fields:
        if f'"{section}"' in str(error):
            for name in sorted(os.environ):
                if name.upper().startswith(f"{_PREFIX}{section.upper()}"):
                    yield f'{name}: cannot be read; a list is written like [1, 2] or ["monday", "friday"]'


def _known(section: Sequence[str]) -> list[str]:
    model: Any = Config
    for key in section:
        field = model.model_fields.get(key)
        if field is None or not isinstance(field.annotation, type):
            return []
        model = field.annotation
    return list(model.model_fields)
