"""Drawing in a child process that ends with its work.

matplotlib takes a second to import, 90 MB of memory and 0.3 s of processor time a picture: on the event loop that would hold
up a window of three seconds, so nothing of it happens in the bot's own process. The child runs at a lower priority; one
works at a time, the others wait. The newest pictures are kept: a bracket goes to every group of a tournament and is drawn
once.
"""

import asyncio
import os
import pickle
import sys
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from weakref import WeakKeyDictionary

from handlers.present.pictures.drawing import Drawing

CHILD = "handlers.present.pictures.child"
_ROOT = Path(__file__).parents[3]
_PATIENCE = 60.0
_PATIENCE_EACH = 10.0
"""Seconds for a batch and for each of its drawings: a busy machine is slow, a stuck child has to go."""
_PRIVATE = "STUDYHALL_"
"""Variables that begin so may hold the token; the child has no use for them."""
_KEPT = 8
"""So many pictures are kept, of some 100 kB each: those that go to several groups are asked for within a minute or two."""

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()
_newest: OrderedDict[bytes, bytes] = OrderedDict()
"""The pictures drawn last, by the drawing as it goes to the child."""


class DrawingFailed(Exception):
    """The child gave no pictures; ``str()`` is what it said. A fault of ours or of the machine, never of the input."""


async def png(drawing: Drawing) -> bytes:
    """One picture as PNG; the same drawing asked for again soon is not drawn again.

    Raises:
        DrawingFailed: it could not be drawn.
    """
    wanted = pickle.dumps(drawing)
    async with _turn():
        if wanted not in _newest:
            _newest[wanted] = (await _drawn([drawing], ("png",)))[0]
        _newest.move_to_end(wanted)
        while len(_newest) > _KEPT:
            _newest.popitem(last=False)
        return _newest[wanted]


async def drawn(drawings: Sequence[Drawing], *forms: str) -> list[bytes]:
    """Every drawing in each of ``forms`` (``png``, ``pdf``), in order, the forms of one beside each other.

    Raises:
        DrawingFailed: one of them could not be drawn; there are none then.
    """
    async with _turn():
        return await _drawn(drawings, forms)


def _turn() -> asyncio.Lock:
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())


async def _drawn(drawings: Sequence[Drawing], forms: Sequence[str]) -> list[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_PRIVATE)}
    environment["PYTHONPATH"] = os.pathsep.join(
        part for part in (str(_ROOT), environment.get("PYTHONPATH", "")) if part
    )
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        CHILD,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
    )
    patience = _PATIENCE + _PATIENCE_EACH * len(drawings)
    try:
        async with asyncio.timeout(patience):
            result, said = await child.communicate(pickle.dumps((list(drawings), tuple(forms))))
    except TimeoutError as error:
        raise DrawingFailed(f"no picture after {patience:g} s") from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        raise DrawingFailed(said.decode(errors="replace").strip()[-2000:] or f"exit status {child.returncode}")
    pictures: list[bytes] = pickle.loads(result)
    return pictures
