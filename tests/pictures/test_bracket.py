"""The bracket as a picture and as a text, from the smallest to the largest."""

import struct
from zoneinfo import ZoneInfo

from handlers.present.pictures import studio
from handlers.present.pictures.bracket import BracketPicture
from handlers.present.shown import render
from handlers.present.tournaments import bracket_picture
from handlers.texts import texts
from quizzes.tournament.bracket import bracket
from quizzes.tournament.plan import Stage
from quizzes.tournament_views import BracketView
from tests.tournament.course import FINAL, Course, Drawing, stage

T = texts("zh-CN", ZoneInfo("Asia/Shanghai"))


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def played(course: Course) -> BracketPicture:
    """The picture once everything is decided."""
    while not course.now.is_over:
        if course.now.to_draw is not None:
            course.draws()
        for bout in course.waiting:
            course.plays(bout, *range(30, 30 + len(course.teams(bout))))
    return bracket_picture(bracket(course.now), T)


async def test_every_bracket_can_be_sent_as_a_photo() -> None:
    """Telegram takes a photo whose sides add up to 10,000 at most, the longer at most 20 times the shorter."""
    two = Course(stage(teams=2), FINAL, units={"甲": 1, "乙": 1})
    branches = Course(stage(drawing=Drawing.WITHIN, most=6), FINAL, units={f"第{n}支部": 3 for n in range(12)})
    largest = Course(
        stage(teams=2, repeat=True),
        Stage(FINAL.titles, "buzzer", bouts=1, seats=2),
        units={f"很长的名字的第{n}支部": 1 for n in range(64)},
    )
    empty = bracket_picture(bracket(Course(stage(teams=2), FINAL, units={"甲": 1, "乙": 1}).now), T)

    pictures = await studio.drawn([played(two), played(branches), played(largest), empty], "png")

    for png in pictures:
        width, height = size_of(png)
        assert width + height <= 10_000
        assert max(width, height) <= 20 * min(width, height)
    assert len(bracket_picture(bracket(branches.now), T).columns) == 2
    assert [team.through for team in bracket_picture(bracket(branches.now), T).columns[0].boxes[0].teams].count(
        True
    ) <= 1


def test_largest_bracket_fits_into_a_message() -> None:
    """64 teams with long names: the newest rounds are whole, the first are left to the picture."""
    course = Course(
        stage(teams=2, repeat=True),
        Stage(FINAL.titles, "buzzer", bouts=1, seats=2),
        units={f"一个名字特别特别特别长的基层单位第{n}支部": 1 for n in range(64)},
    )
    played(course)
    view = BracketView(tournament_id=1, bracket=bracket(course.now), at=1)

    shown = render(view.kind, view.model_dump_json(), T)

    assert "<b>决赛</b>" in shown.text
    assert "前面各轮见对阵图" in shown.text
    assert "最终名次" in shown.text
