"""``python -m tests.chaos.nursery SPEED SINCE AT``: starts the bot again and again without reading all of its code again.

Most of a start is Python's imports. This process does them once, and forks for each start that a line on its standard
input asks for (the files for standard output and error stand on it): each bot is a process of its own, that begins at the
command line and opens everything anew, and dies by itself. It answers with the process id, and with the id and the status
once that process has ended. Every tenth start of a run is a whole one all the same.
"""

import os
import sys
import threading
from pathlib import Path
from typing import NoReturn

from bot import cli
from bot.commands import running
from handlers.registry import ROOMS
from handlers.texts import LANGUAGES, texts
from storage.database import queries
from tests.chaos.office import START
from tests.cli.hasty import HastyAlarms, HastyClock


def _child(out: str, err: str) -> NoReturn:
    status = 1
    try:
        for number, name in ((0, os.devnull), (1, out), (2, err)):
            file = os.open(name, os.O_RDWR | os.O_CREAT | os.O_APPEND)
            os.dup2(file, number)
        sys.argv[1:] = ["run"]
        cli.main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def main() -> None:
    """Fork for every line, until there are no more."""
    HastyClock.speed, HastyClock.since, HastyClock.at = (float(word) for word in sys.argv[1:4])
    running.SystemClock = HastyClock  # type: ignore[assignment,misc]
    running.ApschedulerAlarms = HastyAlarms  # type: ignore[misc]
    queries()
    assert ROOMS
    for language in LANGUAGES:
        texts(language, START.tzinfo)  # type: ignore[arg-type]
    assert threading.active_count() == 1, "a fork takes no threads along"
    for line in sys.stdin:
        out, err = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            _child(out, err)
        print(child, flush=True)  # noqa: T201 - what whoever asked reads
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    assert Path.cwd()
    main()
