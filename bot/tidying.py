"""When Python walks its memory for rings of objects that nobody needs any more.

Most garbage goes at once, when the last reference does. For the rest Python stops everything now and then and walks the
objects of a generation; the oldest is everything that lives long. With a thousand contests in memory such a walk took 320 ms
(median; 700 ms at worst), some every two seconds, and each press and timer of that moment waited for it. So it is put off
to a moment in which no window is being timed, and what the start made, which stays anyhow, is not walked at all.
"""

import asyncio
import gc
import time
from collections.abc import Callable
from typing import Final

_YOUNG: Final = 2_000
"""So many new objects are walked together (Python: 700)."""
_MIDDLE: Final = 10
_NEVER: Final = 2**31 - 1
_EVERY = 60.0
_AT_THE_LATEST = 3600.0


async def keep_tidy(
    is_busy: Callable[[], bool], *, every: float = _EVERY, at_the_latest: float = _AT_THE_LATEST
) -> None:
    """Walk all memory every so many seconds unless ``is_busy`` then, and in any case after ``at_the_latest`` seconds.

    Until cancelled; then Python does as before.
    """
    before = gc.get_threshold()
    gc.collect(1)  # a whole walk would keep a start waiting for a tenth of a second
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
    walked = time.monotonic()
    try:
        while True:
            await asyncio.sleep(every)
            if not is_busy() or time.monotonic() - walked >= at_the_latest:
                gc.collect()
                walked = time.monotonic()
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
