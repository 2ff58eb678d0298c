"""Act on a call of the bot: find the method, read the parameters, do it, and say what came of it."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from sandbox import methods as _rooms  # noqa: F401 - importing it registers the methods
from sandbox.asked import METHODS, Asked
from sandbox.calls import Calls
from sandbox.errors import ApiError, bad_request
from sandbox.files import Upload
from sandbox.params import read
from sandbox.profile import Profile
from sandbox.spec import load
from sandbox.webhook import Webhook
from sandbox.world import World

NOT_ACTED_ON = frozenset(
    {
        "business_connection_id",
        "message_thread_id",
        "direct_messages_topic_id",
        "suggested_post_parameters",
        "inline_message_id",
        "rich_message",
        "video_start_timestamp",
        "allow_paid_broadcast",
    }
)
"""Parameters whose effect the sandbox would have to pretend; silence would be a trap."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call gets."""

    status: int
    body: bytes
    error: str | None = None

    @classmethod
    def refusal(cls, error: ApiError) -> Answer:
        """The answer to a call that was refused."""
        return cls(error.code, orjson.dumps(error.body()), error.description)


class Api:
    """The Bot API over one world."""

    def __init__(self, world: World, profile: Profile, webhook: Webhook, calls: Calls) -> None:
        self._world = world
        self._profile = profile
        self._webhook = webhook
        self._calls = calls
        self._names = {name.lower(): name for name in load().methods}

    def name(self, written: str) -> str | None:
        """The method as the Bot API spells it; case does not matter there."""
        return self._names.get(written.lower())

    async def call(
        self, written: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload], *, fault: str | None = None
    ) -> Answer:
        """Act on one call and log it."""
        params: Mapping[str, Any] = raw
        try:
            method = self._acted_on(written)
            self._check_login(method)
            params = self._read(method, raw, uploads)
            asked = Asked(self._world, self._profile, self._webhook, method, params, uploads)
            result = METHODS[method](asked)
            if inspect.isawaitable(result):
                result = await result
            answer = Answer(200, orjson.dumps({"ok": True, "result": result}))
        except ApiError as error:
            answer = Answer.refusal(error)
        self.log(written, params, uploads, answer, fault)
        return answer

    def log(
        self,
        written: str,
        params: Mapping[str, Any],
        uploads: Mapping[str, Upload],
        answer: Answer,
        fault: str | None = None,
    ) -> None:
        """Note a call and what it was told."""
        self._calls.note(
            self.name(written) or written,
            params,
            uploads,
            status=answer.status,
            error=answer.error,
            at=self._world.clock.now(),
            fault=fault,
        )

    def _acted_on(self, written: str) -> str:
        method = self.name(written)
        if method is None:
            raise ApiError(404, "Not Found")
        if method not in METHODS:
            raise ApiError(501, f"Not Found: the sandbox does not act on {method}")
        return method

    def _check_login(self, method: str) -> None:
        if self._world.clock.now() < self._profile.logged_out_until and method != "close":
            raise bad_request("Logged out")

    def _read(self, method: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload]) -> dict[str, Any]:
        # A file may come in the field of its own name; the field then counts as given.
        named = {name: f"attach://{name}" for name in uploads if name in load().methods[method]}
        params = read(load(), method, {**raw, **named})
        for name in params:
            if name in NOT_ACTED_ON:
                raise bad_request(f'the sandbox does not act on parameter "{name}"')
        return params
