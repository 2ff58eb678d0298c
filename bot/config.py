"""The configuration: one TOML file, any key also as an environment variable ``STUDYHALL_SECTION__KEY``."""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import (
    SecretStr,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from bot.config_problems import (
    BETWEEN,
    PREFIX,
    ConfigError,
    Problem,
    problems_of,
    strange_variables,
    unreadable_variables,
)
from bot.config_sections import (
    Backup,
    Certificates,
    Checkin,
    Contest,
    Exams,
    Health,
    Log,
    Materials,
    Points,
    Practice,
    Programme,
    Reflections,
    Section,
    Storage,
    Telegram,
    Web,
)


class Config(BaseSettings):
    """The whole configuration."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=BETWEEN,
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
    health: Health = Health()
    backup: Backup = Backup()
    log: Log = Log()


def load(path: Path | None) -> Config:
    """Read the configuration from a file (``None``: from the environment alone).

    A relative path counts from the folder of the file; a token that stands in a file of its own is read from there.

    Raises:
        ConfigError: the file is missing, is not TOML, or a key is unknown or has a wrong value.
    """
    if path is not None:
        _check_toml(path)
    strange = strange_variables(Config)
    if strange:
        raise ConfigError(strange, _language(path))

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
        raise ConfigError(list(problems_of(error, Config, path)), _language(path)) from error
    except SettingsError as error:
        raise ConfigError(list(unreadable_variables(error, Config)), _language(path)) from error
    if path is not None:
        config = config.model_copy(update=dict(_beside(config, path.absolute().parent)))
    return _with_token(config, path)


def _beside(config: Config, folder: Path) -> Iterator[tuple[str, Section]]:
    """The sections in which a relative path stands, with the path counted from the folder of the file."""
    if not config.storage.path.is_absolute():
        yield "storage", Storage(url=f"sqlite:///{(folder / config.storage.path).as_posix()}")
    named: tuple[tuple[str, Section, str], ...] = (
        ("contest", config.contest, "presets"),
        ("backup", config.backup, "folder"),
        ("telegram", config.telegram, "token_file"),
    )
    for name, section, key in named:
        value = getattr(section, key)
        if value:
            yield name, section.model_copy(update={key: (folder / value).as_posix()})


def _with_token(config: Config, path: Path | None) -> Config:
    """The configuration with the token of the file that it names.

    Raises:
        ConfigError: the token is named twice, or the file has none.
    """
    telegram = config.telegram
    if not telegram.token_file:
        return config
    where = "telegram.token_file" if path is None else f"{path}: telegram.token_file"
    if telegram.token.get_secret_value():
        raise ConfigError([Problem.of(where, "token_twice")], config.programme.language)
    try:
        token = Path(telegram.token_file).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([Problem.of(where, "unreadable", reason=error)], config.programme.language) from error
    if not token:
        raise ConfigError([Problem.of(where, "token_empty", file=telegram.token_file)], config.programme.language)
    return config.model_copy(update={"telegram": telegram.model_copy(update={"token": SecretStr(token)})})


def _check_toml(path: Path) -> None:
    try:
        tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError([Problem.of(str(path), "no_file")], _language(None)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([Problem.of(str(path), "unreadable", reason=error)], _language(None)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([Problem.of(str(path), "not_toml", reason=error)], _language(None)) from error


def wants_json_log(path: Path) -> bool:
    """Whether the log is to be JSON, however wrong the rest of the configuration is."""
    return _named(path, "log", "format") == "json"


def _language(path: Path | None) -> str:
    """The language that a configuration names, however wrong the rest of it is; empty if that cannot be told."""
    return _named(path, "programme", "language")


def _named(path: Path | None, section: str, key: str) -> str:
    named = os.environ.get(f"{PREFIX}{section}{BETWEEN}{key}".upper())
    if named is None and path is not None:
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8")).get(section)
        except (OSError, ValueError):
            return ""  # what is wrong with the file is told elsewhere
        named = table.get(key) if isinstance(table, dict) else None
    return named if isinstance(named, str) else ""
