"""A Bot API server of its own process, as light as can be, for measuring bots: not a sandbox, it checks nothing.

What it does: ``getMe``, ``getUpdates`` (``offset``, ``timeout``, ``limit``; a batch in the order in which it was fed),
every ``send…`` and ``edit…`` (answered by the message), everything else is answered with ``true``. Parameters come as
JSON or as a form. Answers leave after :meth:`Light.set`'s ``delay``, without keeping each other waiting. Limits are
enforced if wanted: 429 with ``retry_after``.

A benchmark uses it so::

    async with Light.started() as light:             # a process; light.url, light.token for the bot's configuration
        await light.set(delay=0.05, limits=Limits(), follow=["sendMessage"])
        async with bots.ours(light, folder):         # waits until the bot polls
            ids = await light.feed([press(user, chat, message, data), said(user, chat, "/card")], at=[t0, t1])
            await light.until("answerCallbackQuery", 1)
            report = await light.report()            # handed(update), calls, toasts()
            await light.forget()                     # forget what was noted, for the next measurement

Every time is ``time.monotonic()``: on Linux one clock for all processes of a machine. With ``follow``, calls of these
methods are given to ``light.seen`` as they come: that is how a benchmark learns what is on a button.
"""

from benchmarks.light.client import Call, Light, Report
from benchmarks.light.limits import Limits
from benchmarks.light.updates import press, said

__all__ = ["Call", "Light", "Limits", "Report", "press", "said"]
