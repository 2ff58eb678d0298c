"""``python -m tests.chaos.nursery SPEED SINCE AT``: starts the bot again and again without reading all of its code again.

Most of a start is Python's imports. This process does them once, and forks for each start that a line on its standard
input asks for (the files for standard output and error stand on it): each bot is a process of its own, that begins at the
command line and opens everything anew, and dies by itself. It answers with the process id, and with the id and the status
once that process has ended. Every tenth start of a run is a whole one all the same.
"""

import os
import select
import signal
import sys
import threading
import traceback
from typing import NoReturn
from zoneinfo import ZoneInfo

import bot.app  # noqa: F401 - what a start would have to read
from bot.cli import main
from handlers.texts import LANGUAGES, texts
from storage.transaction import queries
from tests.cli.hasty import make_haste

_LOOK = 0.02
"""Seconds between two looks at whether a bot has ended."""


def _child(out: str, err: str) -> NoReturn:
    status = 1
    try:
        for number, name in ((0, os.devnull), (1, out), (2, err)):
            file = os.open(name, os.O_RDWR | os.O_CREAT | os.O_APPEND)
            os.dup2(file, number)
        sys.argv[1:] = ["run"]
        main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _status(child: int) -> int:
    """How it ended; if whoever asked is gone meanwhile, it is ended too."""
    while True:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        asked, _, _ = select.select([sys.stdin], [], [], _LOOK)
        if asked:
            # Nobody asks for a second one before the first is over: it is the end of the input.
            os.kill(child, signal.SIGKILL)


def serve() -> None:
    """Fork for every line, until there are no more."""
    make_haste(*sys.argv[1:4])
    queries()
    for language in LANGUAGES:
        texts(language, ZoneInfo("Asia/Shanghai"))
    assert threading.active_count() == 1, "a fork takes no threads along"
    while line := sys.stdin.readline():
        out, err = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            _child(out, err)
        print(child, flush=True)  # noqa: T201 - what whoever asked reads
        print(_status(child), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
