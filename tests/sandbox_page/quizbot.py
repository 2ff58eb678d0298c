"""A small bot that talks the Bot API over HTTP, so that the page and the players have somebody to deal with.

It is no part of the product: it holds one buzzer contest in a group, in the button words that players know, and shows
off what a chat can contain in private.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp

from sandbox.players_show import EventLoopPace, Pace

QUESTIONS = (
    ("我国的根本政治制度是什么?", ("人民代表大会制度", "政治协商制度", "民族区域自治制度", "基层群众自治制度"), 0),
    (
        "公文标题由哪三部分组成?",
        ("发文机关、事由、文种", "事由、文种、日期", "机关、日期、签发人", "文号、事由、机关"),
        0,
    ),
    ("「五一口号」发布于哪一年?", ("1945 年", "1948 年", "1949 年", "1954 年"), 1),
)
KNOWLEDGE = {text: options[right] for text, options, right in QUESTIONS}
COMMANDS = (("start", "开始使用"), ("checkin", "今日签到"), ("contest", "开一场竞赛"), ("help", "看看能做什么"))

Keyboard = list[list[dict[str, str]]]


def keys(*rows: tuple[tuple[str, str], ...]) -> dict[str, Keyboard]:
    """An inline keyboard from rows of (label, data)."""
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]}


class QuizBot:
    """Answers what it is told; ``async with`` runs it."""

    def __init__(self, url: str, token: str, *, pace: Pace | None = None, buzz_seconds: float = 12.0) -> None:
        self._api = f"{url}/bot{token}/"
        self._pace = pace or EventLoopPace()
        self._buzz_seconds = buzz_seconds
        self._tasks: set[asyncio.Task[None]] = set()
        self.presses: list[tuple[int, str]] = []
        self.teams: dict[str, list[str]] = {"甲队": [], "乙队": []}
        self.scores: dict[str, int] = {"甲队": 0, "乙队": 0}
        self.questions = QUESTIONS
        self.asked = 0
        self.wanted = 0
        self.lobby_id = 0
        self.question_id = 0
        self.group = 0
        self.answerer: str | None = None
        self.open = False
        self.says_over = "最终成绩"
        self.holds: asyncio.Event | None = None
        self.refuses = ""
        self._in_hand = 0

    async def __aenter__(self) -> QuizBot:
        self._session = aiohttp.ClientSession(trust_env=False)
        commands = [{"command": name, "description": words} for name, words in COMMANDS]
        await self.call("setMyCommands", commands=commands)
        self._poller = asyncio.create_task(self._poll())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in (self._poller, *self._tasks):
            task.cancel()
        await asyncio.gather(self._poller, *self._tasks, return_exceptions=True)
        await self._session.close()

    @property
    def busy(self) -> bool:
        """Whether it does something else than to wait for what people do."""
        return self._in_hand > 0

    async def call(self, method: str, **params: Any) -> Any:
        """One call of the Bot API; what it gives."""
        waits = method == "getUpdates"
        self._in_hand += not waits
        try:
            async with self._session.post(self._api + method, json=params) as response:
                answer = await response.json()
        finally:
            self._in_hand -= not waits
        assert answer["ok"], answer
        return answer["result"]

    async def upload(self, method: str, kind: str, content: bytes, name: str, **params: Any) -> Any:
        """One call with a file."""
        form = aiohttp.FormData({name_: str(value) for name_, value in params.items()}, quote_fields=False)
        form.add_field(kind, content, filename=name)
        async with self._session.post(self._api + method, data=form) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def _poll(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=30):
                offset = update["update_id"] + 1
                if message := update.get("message"):
                    await self._hears(message)
                elif query := update.get("callback_query"):
                    await self._pressed(query)

    async def _hears(self, message: dict[str, Any]) -> None:
        text, chat_id = message.get("text", ""), message["chat"]["id"]
        if text == "/contest stop":
            self.asked += 1  # whatever was asked is no longer
            self.open, self.answerer = False, None
        elif text.startswith("/contest") and self.refuses:
            await self.call("sendMessage", chat_id=chat_id, text=self.refuses)
        elif text.startswith("/contest"):
            await self._opens_lobby(chat_id, int(text.split()[-1]))
        elif text == "/start":
            await self.call(
                "sendMessage",
                chat_id=chat_id,
                parse_mode="HTML",
                text=f"<b>欢迎,{escaped(message['from']['first_name'])}!</b>\n今天的材料和签到都在这里。"
                "\n\n发送 /checkin 签到,或点下面的按钮。",
                reply_markup=keys((("签到", "checkin"), ("已读", "read")), (("我的积分卡", "card"),)),
            )
        elif text == "/checkin":
            await self.call("sendMessage", chat_id=chat_id, text="今日签到", reply_markup=keys((("签到", "checkin"),)))

    async def _opens_lobby(self, chat_id: int, wanted: int) -> None:
        self.group, self.wanted, self.asked = chat_id, wanted, 0
        self.teams = {"甲队": [], "乙队": []}
        self.scores = dict.fromkeys(self.teams, 0)
        sent = await self.call("sendMessage", chat_id=chat_id, **self._lobby())
        self.lobby_id = sent["message_id"]

    def _lobby(self) -> dict[str, Any]:
        lines = [f"<b>{team}</b>:{escaped('、'.join(names)) or '等待加入'}" for team, names in self.teams.items()]
        return {
            "text": "<b>知识竞赛 · 抢答</b>\n一次抢答就够,连按不会更快。\n\n" + "\n".join(lines),
            "parse_mode": "HTML",
            "reply_markup": keys((("加入 甲队", "join:甲队"), ("加入 乙队", "join:乙队")), (("开始", "start"),)),
        }

    async def _pressed(self, query: dict[str, Any]) -> None:
        who, data = query["from"], query["data"]
        self.presses.append((who["id"], data))
        if self.holds:
            await self.holds.wait()
        acts: dict[str, Callable[[dict[str, Any]], Coroutine[Any, Any, None]]] = {
            "join": self._joins,
            "start": self._starts,
            "buzz": self._buzzes,
            "pick": self._picks,
        }
        act = acts.get(data.partition(":")[0])
        if act:
            await act(query)
        elif data == "card":
            await self._toast(query, "积分卡\n\n本月 36 分,排名第 4。", alert=True)
        else:
            await self._toast(query, {"checkin": "签到成功,连续 5 天", "read": "已记下:已读"}.get(data, "好"))

    async def _joins(self, query: dict[str, Any]) -> None:
        team, name = query["data"].partition(":")[2], query["from"]["first_name"]
        if name in self.teams[team]:
            return await self._toast(query, f"你已经在{team}了")
        self.teams[team].append(name)
        await self._toast(query, f"你加入了{team}")
        await self.call("editMessageText", chat_id=self.group, message_id=self.lobby_id, **self._lobby())
        return None

    async def _starts(self, query: dict[str, Any]) -> None:
        await self._toast(query, "开始!")
        await self.call("editMessageReplyMarkup", chat_id=self.group, message_id=self.lobby_id)
        await self._asks()

    async def _asks(self) -> None:
        self.asked += 1
        self.answerer, self.open = None, True
        text, options, _ = self.questions[(self.asked - 1) % len(self.questions)]
        listed = "\n".join(f"{letter}. {option}" for letter, option in zip("ABCD", options, strict=True))
        self._words = f"<b>第 {self.asked}/{self.wanted} 题</b>\n{text}\n\n{listed}"
        sent = await self.call(
            "sendMessage",
            chat_id=self.group,
            text=self._words,
            parse_mode="HTML",
            reply_markup=keys((("抢答", f"buzz:{self.asked}"),)),
        )
        self.question_id = sent["message_id"]
        self._later(self._buzz_seconds, self.asked, "无人抢答,本题作废")

    async def _buzzes(self, query: dict[str, Any]) -> None:
        if not self.open or query["data"] != f"buzz:{self.asked}":
            return await self._toast(query, f"慢了一步,{self.answerer or '本题'}已抢到")
        self.open, self.answerer = False, query["from"]["first_name"]
        await self._toast(query, "抢到了!请在 3 秒内作答")
        _, options, _ = self.questions[(self.asked - 1) % len(self.questions)]
        rows = [
            ((f"{letter}. {option}", f"pick:{place}"),)
            for place, (letter, option) in enumerate(zip("ABCD", options, strict=True))
        ]
        await self._edit(f"{self._words}\n\n<b>{escaped(self.answerer or '')}</b> 抢到,请作答", keys(*rows))
        self._later(8.0, self.asked, "超时,不得分")
        return None

    async def _picks(self, query: dict[str, Any]) -> None:
        name = query["from"]["first_name"]
        if name != self.answerer:
            return await self._toast(query, f"现在由 {self.answerer} 作答")
        _, options, right = self.questions[(self.asked - 1) % len(self.questions)]
        hit = int(query["data"].partition(":")[2]) == right
        team = next((team for team, names in self.teams.items() if name in names), "甲队")
        self.scores[team] += 10 if hit else -10
        await self._toast(query, "答对了,+10" if hit else "答错了,−10")
        await self._rules(f"{'✓ 正确' if hit else '✗ 错误'} · 答案:{'ABCD'[right]}. {options[right]}")
        return None

    async def _rules(self, ruling: str) -> None:
        self.answerer, self.open = None, False
        await self._edit(f"{self._words}\n\n{ruling}", None)
        number = self.asked
        task = asyncio.create_task(self._goes_on(number))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _goes_on(self, number: int) -> None:
        await self._pace.sleep(3.0)
        if self.asked != number:
            return
        if self.asked < self.wanted:
            await self._asks()
            return
        lines = [
            f"{place}. {team} {score} 分"
            for place, (team, score) in enumerate(sorted(self.scores.items(), key=lambda one: -one[1]), 1)
        ]
        await self.call(
            "sendMessage", chat_id=self.group, text=f"<b>{self.says_over}</b>\n" + "\n".join(lines), parse_mode="HTML"
        )

    def _later(self, seconds: float, number: int, ruling: str) -> None:
        waited_for = self.answerer

        async def wait() -> None:
            await self._pace.sleep(seconds)
            if self.asked == number and self.answerer == waited_for and (self.open or waited_for):
                await self._rules(ruling)

        task = asyncio.create_task(wait())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _edit(self, text: str, markup: dict[str, Keyboard] | None) -> None:
        wanted = {"reply_markup": markup} if markup else {}
        await self.call(
            "editMessageText", chat_id=self.group, message_id=self.question_id, text=text, parse_mode="HTML", **wanted
        )

    async def _toast(self, query: dict[str, Any], text: str, *, alert: bool = False) -> None:
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=alert)


def escaped(text: str) -> str:
    """A text for Telegram's HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
