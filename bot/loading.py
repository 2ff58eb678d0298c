"""Loading many modules at once, and leaving out what a bot that runs never uses."""

import gc
import importlib
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


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


@contextmanager
def without_rich() -> Iterator[None]:
    """Let structlog do without Rich, as it does where Rich is not installed: our log writes plain tracebacks."""
    if "rich" in sys.modules:
        yield
        return
    sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["rich"]


class _Named(ModuleType):
    """Stands for a module that others name in annotations; asked for anything later, it gives what the module has."""

    loads = False

    def __getattr__(self, name: str) -> Any:
        if not self.loads:
            return Any
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def httpx_when_used() -> Iterator[None]:
    """Let python-telegram-bot name httpx and not load it: we bring a request class of our own (``bot.delivery.request``).

    Whoever imports httpx afterwards gets the real one, and so does PTB's own request class as soon as one is made.
    """
    if "httpx" in sys.modules:
        yield
        return
    stand_in = sys.modules["httpx"] = _Named("httpx")
    try:
        yield
    finally:
        if sys.modules.get("httpx") is stand_in:
            del sys.modules["httpx"]
        stand_in.loads = True


@contextmanager
def certificates_when_used() -> Iterator[None]:
    """Let aiohttp be loaded without the system's certificates, which it would read twice and our calls bring themselves.

    Its own two contexts trust nobody then: a connection that is made without ours is refused, never let through.
    """

    def nothing(_context: ssl.SSLContext, *_how: object) -> None:
        pass

    names = ("set_default_verify_paths", "load_default_certs")
    kept = {name: vars(ssl.SSLContext).get(name) for name in names}
    for name in names:
        setattr(ssl.SSLContext, name, nothing)
    try:
        yield
    finally:
        for name, method in kept.items():
            if method is None:  # its parent's, in C
                delattr(ssl.SSLContext, name)
            else:
                setattr(ssl.SSLContext, name, method)
