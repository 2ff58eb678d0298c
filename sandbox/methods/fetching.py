"""How the bot gets its updates: by asking, or by webhook."""

from __future__ import annotations

from typing import Any

import orjson

from sandbox import wire
from sandbox.asked import Asked, acts_on
from sandbox.errors import conflict
from sandbox.limits import POLL_SECONDS, UPDATES_A_POLL
from sandbox.spec import load
from sandbox.updates import wanted_kinds


@acts_on("getMe")
def get_me(asked: Asked) -> dict[str, Any]:
    """Who the bot is."""
    return {
        **wire.user(asked.world.bot),
        "first_name": asked.profile.text("name", ""),
        "can_join_groups": True,
        "can_read_all_group_messages": not asked.world.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


@acts_on("getUpdates")
async def get_updates(asked: Asked) -> list[orjson.Fragment]:
    """The next updates; waits for one up to ``timeout`` seconds."""
    if asked.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    queue = asked.world.updates
    kinds = asked.get("allowed_updates")
    if kinds is not None:
        queue.kinds = wanted_kinds(kinds, load().objects["Update"])
    limit = asked.get("limit")
    batch = await queue.poll(
        offset=asked.get("offset") or 0,
        limit=limit if limit is not None and 1 <= limit <= UPDATES_A_POLL else UPDATES_A_POLL,
        wait=min(max(asked.get("timeout") or 0, 0), POLL_SECONDS),
    )
    return [orjson.Fragment(body) for body in batch]


@acts_on("setWebhook")
def set_webhook(asked: Asked) -> bool:
    """Have updates posted to an address; an empty one goes back to asking."""
    kinds = asked.get("allowed_updates")
    wanted = wanted_kinds(kinds, load().objects["Update"]) if kinds is not None else None
    asked.webhook.set(
        asked.get("url") or "",
        secret=asked.get("secret_token") or "",
        connections=asked.get("max_connections"),
        certificate=bool(asked.get("certificate") or asked.uploads),
        drop_pending=bool(asked.get("drop_pending_updates")),
    )
    if wanted is not None:
        asked.world.updates.kinds = wanted
    return True


@acts_on("deleteWebhook")
def delete_webhook(asked: Asked) -> bool:
    """Go back to asking."""
    asked.webhook.remove(drop_pending=bool(asked.get("drop_pending_updates")))
    return True


@acts_on("getWebhookInfo")
def get_webhook_info(asked: Asked) -> dict[str, Any]:
    """How the webhook is doing."""
    return asked.webhook.info()


@acts_on("close")
def close(asked: Asked) -> bool:
    """Leave this server; the sandbox has nothing to let go of."""
    return True


@acts_on("logOut")
def log_out(asked: Asked) -> bool:
    """Move to another server; here every call is refused for ten minutes."""
    asked.profile.logged_out_until = asked.world.clock.now() + 600
    return True
