"""The tables of the configuration: their keys, what they are when nobody sets them, and what may stand in them."""

from datetime import time
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from bot.config_problems import (
    Unusable,
)
from study.calendar import is_country

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
    token_file: str = ""
    """A file that holds the token instead; a relative path counts from the configuration's folder."""
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook: Webhook = Webhook()

    @field_validator("api_url")
    @classmethod
    def _is_web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Unusable("api_url")
        return url


class Storage(Section):
    """Where everything is kept."""

    url: str = "sqlite:///studyhall.db"

    @field_validator("url")
    @classmethod
    def _is_sqlite(cls, url: str) -> str:
        if not url.startswith("sqlite:///") or len(url) == len("sqlite:///"):
            raise Unusable("storage_url")
        return url

    @property
    def path(self) -> Path:
        """The file behind the URL."""
        return Path(self.url.removeprefix("sqlite:///"))


class Programme(Section):
    """The study programme as a whole."""

    name: str = "Studyhall"
    timezone: str = "Asia/Shanghai"
    language: Literal["zh-CN", "zh-TW", "en"] = "zh-CN"
    admins: Annotated[tuple[int, ...], BeforeValidator(_listed)] = ()
    country: str = "CN"

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise Unusable("timezone") from error
        return name

    @field_validator("country")
    @classmethod
    def _is_country(cls, code: str) -> str:
        if not is_country(code):
            raise Unusable("country")
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
            raise Unusable("hours")
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
    """The points ledger; switched off, nothing is booked and nothing of it is shown."""

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
            raise Unusable("web_url")
        return url.rstrip("/")

    def base(self, listening: str) -> str:
        """Where the screens are found if we listen at ``listening``; empty if there are to be none."""
        return self.url or (listening if self.host in _OWN_HOSTS else "")


class Health(Section):
    """What watches the bot asks here: ``/health`` and ``/metrics``; ``host`` empty or ``port`` 0 serves neither.

    They tell nothing about anybody, and ask nobody for a password: an address that others can reach has to be meant.
    """

    host: str = "127.0.0.1"
    port: int = Field(9464, ge=0, le=65535)
    public: bool = False

    @model_validator(mode="after")
    def _is_meant(self) -> Self:
        if self.is_on and not self.public and not _is_own(self.host):
            raise Unusable("public")
        return self

    @property
    def is_on(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.host and self.port)


def _is_own(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Backup(Section):
    """Where ``studyhall backup`` puts a copy if no file is named, and how many it keeps there."""

    folder: str = ""
    """Empty: none; a relative path counts from the configuration's folder."""
    keep: int = Field(14, ge=1, le=3650)

    @property
    def path(self) -> Path | None:
        """The folder of the copies, if there is one."""
        return Path(self.folder) if self.folder else None


class Log(Section):
    """What is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"
