"""``studyhall demo``: the sandbox, the real bot against it over HTTP, and a programme to look at."""

import asyncio
import tempfile
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.panel import Panel

from bot import log
from bot.app import App
from bot.clock import SystemClock
from bot.commands.ending import stop_signal, unless
from bot.commands.importing import take_in
from bot.commands.outcome import Failed, words_of
from bot.commands.ports import free_port
from bot.commands.terminal import out
from bot.config import Config
from bot.config_sections import Checkin, Contest, Health, Materials, Programme, Storage, Telegram, Web
from bot.scheduler import ApschedulerAlarms
from handlers.texts import Texts
from quizzes.bank.formats import read_bank
from quizzes.bank.items import Kind
from sandbox.people import Group, Person, Town
from sandbox.server import Sandbox
from study.programme.reading import SHIPPED, read_programme

DATA = Path(__file__).parent.parent / "demo_data"
BANKS = ("公文与法规常识.csv", "科技与文化常识.txt", "general-knowledge.csv")
ADMIN = "SF001"
HOST = "SF002"
JUDGE = "SF003"
TEAMS = (("SF101", "SF102", "SF103"), ("SF201", "SF202", "SF203"))
_FIRST_ID = 10_001


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody to be in the demo: their code on the roster, and the part they play."""

    code: str
    name: str
    zh: str
    en: str
    team: str | None = None


CAST = (
    Role("SF001", "周明远", "管理员", "Admin"),
    Role("SF002", "林晓云", "组织者·主持", "Organiser and host"),
    Role("SF003", "陈国栋", "评委", "Judge"),
    Role("SF004", "何静怡", "观察员", "Observer"),
    Role("SF101", "王若兰", "第一支部", "First branch", "第一支部"),
    Role("SF102", "李文涛", "第一支部", "First branch", "第一支部"),
    Role("SF103", "赵一鸣", "第一支部", "First branch", "第一支部"),
    Role("SF201", "刘思源", "第二支部", "Second branch", "第二支部"),
    Role("SF202", "孙悦然", "第二支部", "Second branch", "第二支部"),
    Role("SF203", "吴启航", "第二支部", "Second branch", "第二支部"),
    Role("SF301", "冯立新", "第三支部组织者", "Organiser, third branch"),
    Role("SF302", "许文博", "第三支部", "Third branch"),
)


def demo(host: str, port: int, folder: Path | None) -> None:
    """Run the demo until Ctrl-C.

    Raises:
        Failed: the address is taken, or the demo's data cannot be read.
    """
    log.set_up("error", "text")
    try:
        asyncio.run(_demo(host, port, folder))
    except OSError as error:
        raise Failed(f"{host}:{port}: {error.strerror or error}") from error


async def _demo(host: str, port: int, folder: Path | None) -> None:
    stop = stop_signal()
    out.print("…", end="\r")
    async with AsyncExitStack() as stack:
        url = ""

        async def start() -> None:
            nonlocal url
            url = await stack.enter_async_context(showing(host, port, folder))

        if await unless(stop, start()):
            shown = url.replace("0.0.0.0", "127.0.0.1")
            out.print(
                Panel.fit(
                    f"Studyhall  ·  {shown}\n\n在浏览器里打开上面的地址；按 Ctrl-C 结束。\nOpen this address in a browser; Ctrl-C ends it.",
                    padding=(1, 3),
                )
            )
            await stop.wait()
        out.print("再见。 / Goodbye.")


@asynccontextmanager
async def showing(host: str, port: int, folder: Path | None, sandbox: Sandbox | None = None) -> AsyncIterator[str]:
    """The demo while it can be looked at; gives its address.

    Args:
        folder: where the database is kept; ``None`` takes a temporary folder.
        sandbox: one that was made ready beforehand.
    """
    async with AsyncExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="studyhall-demo-")))
        sandbox = sandbox or Sandbox()
        running = await sandbox.start(host, port)
        stack.push_async_callback(running.stop)
        config = demo_config(running.url, sandbox.token, folder, host)
        app = App(config, SystemClock(), ApschedulerAlarms)
        stack.push_async_callback(app.stop)
        await app.start()
        async with Town(running.url) as town:
            await Stage(sandbox, app, town, words_of(config)).set()
        yield running.url


def demo_config(url: str, token: str, folder: Path, host: str = "127.0.0.1") -> Config:
    """The configuration of the demo: check-in all day, today's material at once."""
    now = SystemClock().now().astimezone(Programme().zone)
    return Config(
        telegram=Telegram.model_validate({"token": token, "api_url": url}),
        storage=Storage(url=f"sqlite:///{folder.absolute() / 'studyhall.db'}"),
        web=_web(host),
        health=Health(port=0),
        programme=Programme(name="示范区学习计划", admins=(_id_of(ADMIN),)),
        contest=Contest(presets=str(DATA / "presets")),
        checkin=Checkin(days="every day", opens=time(0, 0), late=time(23, 50), closes=time(23, 59)),
        materials=Materials(days="every day", at=(now - timedelta(minutes=1)).time().replace(second=0, microsecond=0)),
    )


def _web(host: str) -> Web:
    """The big screen is where the demo is; whoever shows the demo to others shows them the screen too."""
    web = Web(host=host, port=0)
    if web.base("http://"):
        return web
    port = free_port(host)
    return Web(host=host, port=port, url=f"http://127.0.0.1:{port}")


def _id_of(code: str) -> int:
    return _FIRST_ID + [role.code for role in CAST].index(code)


class Stage:
    """Sets the scene: imports, people who join by their links, groups, an assignment."""

    def __init__(self, sandbox: Sandbox, app: App, town: Town, t: Texts) -> None:
        self._sandbox = sandbox
        self._app = app
        self._town = town
        self._t = t

    async def set(self) -> None:
        """Do everything; afterwards the page shows it."""
        await self._app.house.programmes.apply(read_programme(SHIPPED / "starter"), now=self._app.clock.now())
        await self._import("roster", "roster.csv")
        for bank in BANKS:
            await self._import("bank", bank)
        await self._import("materials", "materials.csv")
        people = {role.code: await self._town.person(role.name, id=_id_of(role.code)) for role in CAST}
        for code, person in people.items():
            await self._said(person, f"/start {code}")
        admin, host = people[ADMIN], people[HOST]
        group = await self._town.group("示范区学习群", list(people.values()))
        english = await self._town.group("Study group (English)", [people[c] for c in (ADMIN, HOST, "SF301", "SF302")])
        # The third branch first: a group bound to all of it would count those who have one of their own.
        await self._said(admin, "/lang en", english)
        await self._bound(admin, "第三支部", english)
        await self._bound(admin, "示范区", group)
        await self._assignment(host)
        self._sandbox.knowledge = _knowledge()
        self._sandbox.scene = {**_scene(people, group, english), "screen": await self._screen(host, group)}

    async def _import(self, kind: str, filename: str) -> None:
        path = DATA / filename
        done = await take_in(
            self._app.house, kind, path.read_bytes(), filename, name=None, confirmed=False, t=self._t, folder=DATA
        )
        if done.refused or done.question or done.problems:
            raise Failed(f"{filename}: {done.refused or done.problems}")

    async def _said(self, person: Person, text: str, chat: Group | None = None) -> None:
        await person.says(text, chat)
        await self._sandbox.settled()

    async def _bound(self, admin: Person, unit: str, group: Group) -> None:
        """Bind a group, and wait until its day has begun: its card of check-in comes last."""
        await self._said(admin, f"/bind {unit}", group)
        for _ in range(600):
            if (await admin.last(group)).labels:
                return
            await asyncio.sleep(0.05)
        raise Failed(f"/bind {unit}: {group.title}")

    async def _screen(self, host: Person, group: Group) -> dict[str, Any]:
        """Where the big screen of the group is."""
        screens = self._app.house.screens
        path = await screens.path(group.id, host.id, now=self._app.clock.now())
        return {"port": urlsplit(screens.base).port, "path": path}

    async def _assignment(self, host: Person) -> None:
        wanted = tomllib.loads((DATA / "assignment.toml").read_text(encoding="utf-8"))["assignment"]
        days = wanted["days_until_deadline"]
        await self._said(host, f"/assign {days}天 {wanted['title']}：{wanted['text']}")
        for _ in range(600):
            message = await host.last()
            if any(label == "发送" for label in message.labels):
                await host.presses("发送", message=message)
                return
            await asyncio.sleep(0.05)
        raise Failed(f"/assign: {message.text}")


def _knowledge() -> dict[str, str | list[str]]:
    """What is right for every question, for the players."""
    options = {Kind.SINGLE: (), Kind.SEVERAL: (), Kind.TRUE_FALSE: ("正确", "错误"), Kind.FILL_IN: ()}
    return {
        item.text: list(item.accepted) or [(options[item.kind] or item.options)[answer] for answer in item.answers]
        for bank in BANKS
        for item in read_bank((DATA / bank).read_bytes(), bank).items
        if item.kind in options
    }


def _scene(people: Mapping[str, Person], group: Group, english: Group) -> dict[str, Any]:
    """What the page shows."""
    cast = {role.code: role for role in CAST}
    return {
        "title": "Studyhall",
        "people": [
            {
                "id": person.id,
                "name": person.name,
                "part": {"zh": cast[code].zh, "en": cast[code].en},
                **({"team": cast[code].team} if cast[code].team else {}),
            }
            for code, person in people.items()
        ],
        "groups": [{"id": group.id, "title": group.title}, {"id": english.id, "title": english.title}],
        "start": {"user": people["SF101"].id, "chat": group.id},
        "watch": {"group": group.id, "host": people[HOST].id, "preset": "buzzer", "bank": "科技与文化常识", "count": 5},
        "shows": [
            {
                "zh": "看一场决赛（必答、抢答、风险）",
                "en": "Watch a final",
                "preset": "short-final",
                "bank": "公文与法规常识",
                "count": 0,
                "judge": cast[JUDGE].name,
            }
        ],
        "hints": _hints({code: person.id for code, person in people.items()}, group.id),
    }


def _hints(ids: Mapping[str, int], group: int) -> list[dict[str, Any]]:
    """What a newcomer may try; pressing one makes one the person, opens the chat and puts the words into it."""
    return [
        {
            "zh": "按群里卡片上的“签到”，看人数变化",
            "en": "Press “签到” on the card in the group and watch the count",
            "user": ids["SF101"],
            "chat": group,
        },
        {
            "zh": "按“观看一场竞赛”，再按“由我来玩”，亲自抢答",
            "en": "Press “Watch a contest”, then “I’ll play”, and buzz yourself",
            "user": ids["SF101"],
            "chat": group,
        },
        {
            "zh": "以王若兰的身份写一篇心得",
            "en": "Write a reflection as 王若兰",
            "user": ids["SF101"],
            "chat": ids["SF101"],
            "text": "心得",
        },
        {
            "zh": "以李文涛的身份请假",
            "en": "Ask for leave as 李文涛",
            "user": ids["SF102"],
            "chat": ids["SF102"],
            "text": "/leave 明天 出差",
        },
        {
            "zh": "做几道练习题，答错的过几天再来",
            "en": "Practise; what you get wrong comes again",
            "user": ids["SF101"],
            "chat": ids["SF101"],
            "text": "/practice 科技与文化常识",
        },
        {
            "zh": "当评委：先按“看一场决赛”，队长在群里发 /protest，评委在私聊里表决",
            "en": "Judge: watch a final, let a captain send /protest to the group, and vote here",
            "user": ids[JUDGE],
            "chat": ids[JUDGE],
        },
        {
            "zh": "开一场口答赛，自己当主持人",
            "en": "Open an oral contest and be its host",
            "user": ids[HOST],
            "chat": group,
            "text": "/contest oral 公文与法规常识 3",
        },
        {
            "zh": "先签到、答一道材料题，再看自己的积分卡",
            "en": "Check in, answer the question of the day, then look at the points card",
            "user": ids["SF101"],
            "chat": ids["SF101"],
            "text": "/card",
        },
        {
            "zh": "在群里点名：按钮、签到码、逐人，任选一种",
            "en": "Call the roll in the group: by button, by code or by name",
            "user": ids[HOST],
            "chat": group,
            "text": "/rollcall 周五集中学习",
        },
        {
            "zh": "看本月统计，点开每个数字的明细",
            "en": "Look at the month's figures and the rows behind them",
            "user": ids[HOST],
            "chat": ids[HOST],
            "text": "/report",
        },
        {
            "zh": "取大屏链接，投到会场的屏幕上",
            "en": "Get the link of the big screen",
            "user": ids[HOST],
            "chat": ids[HOST],
            "text": "/screen",
        },
        {
            "zh": "看题库，或把自己的题库文件发来导入",
            "en": "Look at the question banks, or send a file of your own",
            "user": ids[HOST],
            "chat": ids[HOST],
            "text": "/banks",
        },
        {
            "zh": "以组织者的身份看谁还没签到",
            "en": "See who is missing, as the organiser",
            "user": ids[HOST],
            "chat": ids[HOST],
            "text": "/missing",
        },
        {
            "zh": "以管理员的身份群发通知",
            "en": "Write to everybody, as the admin",
            "user": ids[ADMIN],
            "chat": ids[ADMIN],
            "text": "/broadcast 大家好",
        },
    ]
