"""A local Telegram: a Bot API server, the people who talk to the bot, and a web chat to be one of them.

The demo and every dialogue test run against it over real HTTP. It keeps everything in memory, takes its time from the
clock it is given and imports nothing of the bot. ``docs/sandbox.md`` is its reference.
"""

from sandbox.server import Running, Sandbox

__all__ = ["Running", "Sandbox"]
