"""The town of these tests: an admin, a host, a judge, two teams of three, one group."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.people import Group, Person, Town
from sandbox.server import Sandbox

GROUP = -1_001_234_567_890
CAST = (
    (7001, "陈静", {"zh": "管理员", "en": "admin"}, None),
    (7002, "刘伟", {"zh": "主持人", "en": "host"}, None),
    (7003, "赵敏", {"zh": "评委", "en": "judge"}, None),
    (7011, "王芳", "甲队", "甲队"),
    (7012, "李强", "甲队", "甲队"),
    (7013, "张丽", "甲队", "甲队"),
    (7021, "孙浩", "乙队", "乙队"),
    (7022, "周婷", "乙队", "乙队"),
    (7023, "吴磊", "乙队", "乙队"),
)
HOST, ANNA = 7002, 7011


@dataclass(frozen=True)
class Stage:
    """Everyone who is there."""

    town: Town
    group: Group
    people: dict[int, Person]


async def set_stage(sandbox: Sandbox, town: Town) -> Stage:
    """Let everyone enter, and say in the scene who they are."""
    people = {user_id: await town.person(name, id=user_id) for user_id, name, _, _ in CAST}
    group = await town.group("第一党支部学习群", list(people.values()), id=GROUP)
    sandbox.scene = {
        "title": {"zh": "学习堂", "en": "Studyhall"},
        "people": [
            {"id": user_id, "name": name, "part": part, **({"team": team} if team else {})}
            for user_id, name, part, team in CAST
        ],
        "groups": [{"id": GROUP, "title": "第一党支部学习群"}],
        "start": {"user": ANNA, "chat": GROUP},
        "hints": [
            {"zh": "点「观看一场竞赛」,再入座抢答", "en": "Watch a contest, then take a seat"},
            {
                "zh": "以王芳的身份在私聊里签到",
                "en": "Check in as 王芳",
                "user": ANNA,
                "chat": ANNA,
                "text": "/checkin",
            },
        ],
        "watch": {"bank": "公文与法规常识", "count": 3},
    }
    return Stage(town, group, people)
