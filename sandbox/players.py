"""Players that play by themselves, so that one visitor can watch a contest, or take a seat in it.

They do what people do, through the people's side: the host writes the command that opens a contest, the players join
their teams, the host presses Start, whoever is quick presses the buzzer and answers. The scene says who they are:
people with the same ``team`` (or, where it names none, the same ``part``) are a team; ``scene["watch"]`` says what is
played (``group``, ``host``, ``preset``, ``bank``, ``count``). ``Sandbox.knowledge`` holds the right answers, of which
each player knows a share of their own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from random import Random
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.asking import Wishes, json
from sandbox.errors import NotPossible
from sandbox.players_cast import TEMPERS, Order, Seat
from sandbox.players_game import Game
from sandbox.players_show import EventLoopPace, Pace, Show

if TYPE_CHECKING:
    from sandbox.server import Sandbox

_HOST_PARTS = ("主持", "host")
_COUNT = 5
_COUNTS = range(100 + 1)
"""0: as many as the preset says."""


class Players:
    """The players of one sandbox, at rest or in a game.

    ``show`` is the game that is played or was played last.

    Args:
        pace: the time they live in; the event loop's by default.
        dice: their chances; give a seeded one to play the same game again.
    """

    def __init__(self, sandbox: Sandbox, *, pace: Pace | None = None, dice: Random | None = None) -> None:
        self._sandbox = sandbox
        self._pace = pace or EventLoopPace()
        self._dice = dice or Random()
        self._visitors: set[int] = set()
        self.show: Show | None = None
        self._task: asyncio.Task[None] | None = None
        self._told: dict[str, Any] | None = None

    @property
    def playing(self) -> bool:
        """Whether a game is under way."""
        return self._task is not None and not self._task.done() and self.show is not None and not self.show.game.over

    def watch(self, url: str, wanted: Mapping[str, Any]) -> None:
        """Begin a contest; what ``wanted`` leaves open the scene says.

        Args:
            url: where the sandbox serves.

        Raises:
            NotPossible: one is being played, or the scene does not say by whom and where.
        """
        if self.playing:
            raise NotPossible("the players are in a contest already")
        order = order_of(self._sandbox.scene, wanted)
        seats = seats_of(self._sandbox.scene)
        if len({seat.team for seat in seats}) < 2:
            raise NotPossible("the scene has no two teams to play")
        game = Game(order, seats, self._sandbox.knowledge, self._dice, now=self._pace.now())
        for user_id in self._visitors:
            game.visitor_takes(user_id)
        self.show = Show(game, url, self._pace, self._tell)
        self._task = asyncio.create_task(self.show.run())
        self._tell()

    async def stop(self) -> None:
        """The host calls the contest off, and nobody plays by themselves any more."""
        if self.show is not None:
            self.show.stop()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)
        self._tell()

    async def close(self) -> None:
        """The sandbox stops."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def take_seat(self, user_id: int) -> None:
        """The visitor plays this person from now on.

        Raises:
            NotPossible: this person has no seat.
        """
        self._check_seat(user_id)
        self._visitors.add(user_id)
        if self.show is not None:
            self.show.game.visitor_takes(user_id)
            self.show.nudge()
        self._tell()

    def leave_seat(self, user_id: int) -> None:
        """This person plays by themselves again.

        Raises:
            NotPossible: this person has no seat.
        """
        self._check_seat(user_id)
        self._visitors.discard(user_id)
        if self.show is not None:
            self.show.game.visitor_leaves(user_id, self._pace.now())
            self.show.nudge()
        self._tell()

    def state(self) -> dict[str, Any]:
        """What the page shows: ``ready`` (there is something to watch), ``playing``, ``host``, ``seats``, ``contest``."""
        scene = self._sandbox.scene
        seats = seats_of(scene)
        host = _host(scene)
        return {
            "ready": len({seat.team for seat in seats}) >= 2 and _can_order(scene),
            "playing": self.playing,
            "host": host and self._place(host["id"], _words(host["name"]), ""),
            "seats": [self._place(seat.user_id, seat.name, seat.team) for seat in seats],
            "contest": self._contest(),
        }

    def _contest(self) -> dict[str, Any] | None:
        if self.show is None:
            return None
        game, order = self.show.game, self.show.game.order
        return {
            "state": game.phase.value,
            "question": game.question,
            "count": order.count,
            "group": order.group,
            "host": order.host,
            "preset": order.preset,
            "bank": order.bank,
            "trouble": asdict(game.trouble) if game.trouble else None,
            "errors": list(self.show.errors),
        }

    def _place(self, user_id: int, name: str, team: str) -> dict[str, Any]:
        played_by = "visitor" if user_id in self._visitors else "player"
        return {"user_id": user_id, "name": name, "team": team, "played_by": played_by}

    def _check_seat(self, user_id: int) -> None:
        scene = self._sandbox.scene
        host = _host(scene)
        if user_id not in {seat.user_id for seat in seats_of(scene)} and user_id != (host and host["id"]):
            raise NotPossible(f"user {user_id} has no seat")

    def _tell(self) -> None:
        """Show the state to everyone who looks on, if it is another one."""
        state = self.state()
        if state != self._told:
            self._told = state
            self._sandbox.world.journal.write("players", state)


def seats_of(scene: Mapping[str, Any]) -> tuple[Seat, ...]:
    """The scene's teams, in its order: people with one ``team``, or two and more with the same ``part``."""
    people = list(scene.get("people") or ())
    teams = [_words(one.get("team") or one.get("part") or "") for one in people]
    seated = [
        (one, team)
        for one, team in zip(people, teams, strict=True)
        if team and (one.get("team") or teams.count(team) > 1)
    ]
    return tuple(
        Seat(one["id"], _words(one["name"]), team, TEMPERS[place % len(TEMPERS)])
        for place, (one, team) in enumerate(seated)
    )


def order_of(scene: Mapping[str, Any], wanted: Mapping[str, Any]) -> Order:
    """What is to be played: as it is asked for, else as the scene says.

    Raises:
        NotPossible: something is missing or not of its kind.
    """
    host = _host(scene)
    fields: dict[str, Any] = {
        "group": _group(scene),
        "host": host and host["id"],
        "preset": "buzzer",
        "count": _COUNT,
        "judge": "",
    }
    fields.update({name: value for name, value in (scene.get("watch") or {}).items() if value is not None})
    fields.update({name: value for name, value in wanted.items() if value is not None})
    for name, kind, words in (
        ("group", int, "the id of a chat"),
        ("host", int, "the id of a person"),
        ("preset", str, "a text"),
        ("bank", str, "the name of a question bank"),
        ("count", int, "a number of questions"),
        ("judge", str, "the name of a person"),
    ):
        value = fields.get(name)
        if not isinstance(value, kind) or isinstance(value, bool) or (value == "" and name != "judge"):
            raise NotPossible(f'"{name}" has to be {words}')
    if fields["count"] not in _COUNTS:
        raise NotPossible(f'"count" is from {_COUNTS.start} to {_COUNTS.stop - 1}')
    return Order(**{name: fields[name] for name in _ORDERED})


def _can_order(scene: Mapping[str, Any]) -> bool:
    try:
        order_of(scene, {})
    except NotPossible:
        return False
    return True


def routes(sandbox: Sandbox) -> list[web.AbstractRouteDef]:
    """The routes of the players."""
    players = sandbox.players

    async def show(_: web.Request) -> web.Response:
        return json(players.state())

    async def direct(request: web.Request) -> web.Response:
        wishes = await Wishes.of(request)
        match wishes.text("action"):
            case "watch":
                players.watch(_own_url(request), {name: wishes.fields.get(name) for name in _ORDERED})
            case "stop":
                await players.stop()
            case "seat":
                players.take_seat(wishes.number("user_id"))
            case "leave":
                players.leave_seat(wishes.number("user_id"))
            case other:
                raise NotPossible(f'players know "watch", "stop", "seat" and "leave", not "{other}"')
        return json(players.state())

    return [web.get("/sandbox/players", show), web.post("/sandbox/players", direct)]


_ORDERED = ("group", "host", "preset", "bank", "count", "judge")


def _own_url(request: web.Request) -> str:
    """This server as one reaches it from within, whatever name the visitor's browser knows it by."""
    assert request.transport is not None
    host, port, *_ = request.transport.get_extra_info("sockname")
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _host(scene: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Who opens contests: whom the scene names, else the first whose part says so."""
    people: Iterable[Mapping[str, Any]] = scene.get("people") or ()
    named = (scene.get("watch") or {}).get("host")
    for one in people:
        part = _words(one.get("part") or "").lower()
        if one["id"] == named or (named is None and any(word in part for word in _HOST_PARTS)):
            return one
    return None


def _group(scene: Mapping[str, Any]) -> int | None:
    """Where contests are played: what the scene names, else its first group."""
    named = (scene.get("watch") or {}).get("group")
    groups = scene.get("groups") or ()
    return named if named is not None else next((one["id"] for one in groups), None)


def _words(value: Any) -> str:
    """A text of the scene, which may come in two languages."""
    return str(value.get("zh") or value.get("en") or "") if isinstance(value, Mapping) else str(value)
