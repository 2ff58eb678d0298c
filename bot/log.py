"""The log: structured lines on standard error, with the token taken out wherever it would appear.

In JSON every line is one object with at least ``time`` (UTC, ISO 8601), ``level``, ``logger`` and ``event``; whatever else
would be written to standard error (a warning, an exception that nobody caught in any thread, a line that cannot be
written) is such a line too. As text every line that does not begin with a blank is one that the bot meant: what somebody
else has written (a name, an error's words) neither begins a line nor speaks to the terminal.
"""

import logging
import math
import re
import sys
import threading
import warnings
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, Literal

import structlog

_TOKEN = re.compile(r"(?:(?<=bot)|\b)\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
_HIDDEN = "<token>"
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What begins a line, speaks to a terminal or turns the direction of writing."""

Form = Literal["text", "json"]


def redact(text: str) -> str:
    """Take anything that looks like a bot's token out of a text."""
    return _TOKEN.sub(_HIDDEN, text)


def _redact_event(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
        elif not isinstance(value, int | float | bool | None) or (
            isinstance(value, float) and not math.isfinite(value)
        ):
            # JSON knows no infinity, and nothing of our objects.
            event[key] = redact(str(value))
    return event


class _Shown:
    """A value that the renderer has to take as it is."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def _visible(text: str) -> str:
    return _CONTROLS.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def _escape_event(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Show control characters as Python would write them; the lines of a traceback stay, each behind a margin."""
    for key, value in event.items():
        if not isinstance(value, str):
            continue
        if key in ("exception", "stack"):
            event[key] = "\n".join(f"  {_visible(line)}" for line in value.split("\n"))
        elif _CONTROLS.search(value):
            event[key] = _visible(value) if key in ("event", "logger") else _Shown(f'"{_visible(value)}"')
    return event


class _Handler(logging.StreamHandler[Any]):
    """A line that cannot be made is told of in a line, not in the standard library's traceback."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say which line was lost, and why, with nothing in it that could fail again."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):  # nobody is left to be told if standard error is gone
            told = f"a line of {record.name} could not be written: {error!r}"
            again = logging.LogRecord("bot.log", logging.ERROR, record.pathname, record.lineno, told, None, None)
            self.stream.write(self.format(again) + self.terminator)


def set_up(level: Literal["debug", "info", "warning", "error"], form: Form) -> None:
    """Let structlog, the standard library's loggers, warnings and uncaught exceptions write the same lines."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time" if form == "json" else "timestamp"),
    ]
    written: list[Any] = (
        [structlog.processors.JSONRenderer(ensure_ascii=False)]
        if form == "json"
        else [
            _escape_event,
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
    last: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        _redact_event,
        *written,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = _Handler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for chatty in ("httpx", "apscheduler", "telegram", "aiosqlite", "asyncio", "alembic"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelName(level.upper())))
    _take_over()


def _take_over() -> None:
    """What Python itself would write to standard error becomes lines of the log."""
    logger = logging.getLogger("python")

    def warned(
        message: Warning | str, category: type[Warning], filename: str, lineno: int, *_more: object, **_named: object
    ) -> None:
        logger.warning("%s: %s (%s:%s)", category.__name__, message, filename, lineno)

    def uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            logger.critical("nobody caught this", exc_info=(kind, error, traceback))

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            uncaught(args.exc_type, args.exc_value, args.exc_traceback)

    def unraisable(args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            logger.error(
                "%s: %r",
                args.err_msg or "ignored",
                args.object,
                exc_info=(args.exc_type, args.exc_value, args.exc_traceback),
            )

    warnings.showwarning = warned
    sys.excepthook = uncaught
    threading.excepthook = in_thread
    sys.unraisablehook = unraisable
