"""``studyhall`` with a stopwatch at its door: ``python -m benchmarks.marked FILE run -c config.toml``.

The product is started as it is. Beside the halls of the big screen one more watcher is told of every event that was
committed, and notes which press it is about and when it heard of it; at the end this goes into ``FILE``. A press counts as
ruled on when that is on disk, not a moment sooner.
"""

import atexit
import json
import sys
import time
from functools import wraps
from pathlib import Path
from typing import Any

from bot.__main__ import main
from bot.app import App

marks: list[tuple[int, float]] = []
late: list[float] = []
"""How late each timer of a contest rang, in ms."""


def _committed(_row: Any, _first: int, events: tuple[Any, ...]) -> None:
    now = time.monotonic()
    for event in events:
        update = getattr(event, "update_id", None)
        if update is not None:
            marks.append((update, now))


def _write(path: Path) -> None:
    first: dict[int, float] = {}
    for update, at in marks:
        first.setdefault(update, at)
    path.write_text(json.dumps(first))
    path.with_suffix(".timers").write_text(json.dumps(late))


_begin = App.__init__


@wraps(_begin)
def _watched(self: App, *arguments: Any, **more: Any) -> None:
    _begin(self, *arguments, **more)
    self.house.contests.running.watchers.append(_committed)
    self.house.contests.running.late.append(lambda length: late.append(length.total_seconds() * 1000))


if __name__ == "__main__":
    path = Path(sys.argv.pop(1)).absolute()
    App.__init__ = _watched  # type: ignore[method-assign]
    atexit.register(_write, path)
    main()
