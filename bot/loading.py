"""Loading many modules at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Keep the garbage collector away while modules are loaded, and let it never look at them again.

    Some hundred thousand objects are made then and none of them is garbage: looking for some again and again took a fifth
    of the start. Nor are they afterwards: a full collection that walks through them stops everything for a tenth of a
    second, in the middle of a contest.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
