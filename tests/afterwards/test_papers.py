"""Words and drawings of certificates and standings."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from matplotlib.image import imread

from handlers.present.certificates import Awarding, Occasion, Placed, certificates, file_name
from handlers.present.contest_words import date_in_words
from handlers.present.pictures import studio
from handlers.present.pictures.standings import Line, StandingsPicture
from handlers.present.standings_picture import movements, standings_picture
from handlers.texts import texts
from tests.afterwards.grand import ZONE, history, played
from tests.engine.play import BLUE, GREEN, RED

ZH, EN = texts("zh-CN", ZONE), texts("en", ZONE)
EVENING = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)
"""In Shanghai it is the 26th already."""
OCCASION = Occasion("示范学习", "抢答赛（公文与法规常识）", EVENING)
TEAMS = (
    Placed(1, "红队", ("安娜", "卡尔")),
    Placed(1, "$x^2$<b>队😀"),
    Placed(3, "先锋" * 32, ("某某",) * 30),
    Placed(4, "绿队"),
)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 25, tzinfo=UTC), "二〇二六年十一月二十五日"),
        (datetime(2030, 10, 10, tzinfo=UTC), "二〇三〇年十月十日"),
        (datetime(2027, 1, 30, tzinfo=UTC), "二〇二七年一月三十日"),
        (datetime(2027, 12, 11, tzinfo=UTC), "二〇二七年十二月十一日"),
        (datetime(2027, 2, 20, tzinfo=UTC), "二〇二七年二月二十日"),
    ],
)
def test_dates_in_chinese_numerals(at: datetime, said: str) -> None:
    """As an office reads them out; in digits and in English too, by the programme's calendar."""
    assert date_in_words(at, ZH, chinese=True) == said
    assert date_in_words(EVENING, ZH) == "2026年11月26日"
    assert date_in_words(EVENING, EN, chinese=True) == "26 November 2026"


def test_ties_share_a_place_and_the_rest_gets_none() -> None:
    """Two first prizes leave no second one; the fourth gets none unless the office says so."""
    three = certificates(TEAMS, OCCASION, Awarding(), ZH)
    four = certificates(TEAMS, OCCASION, Awarding(style="ranks", places=4, issuer="学习办", numerals="digits"), ZH)

    assert [one.prize for one in three] == ["一等奖", "一等奖", "三等奖"]
    assert three[0].winner == "红队："
    assert three[0].members == "队员：安娜、卡尔"
    assert three[0].deed == "在“示范学习”抢答赛（公文与法规常识）中表现优异，荣获"
    assert (three[0].issuer, three[0].date) == ("示范学习", "二〇二六年十一月二十六日")
    assert [one.prize for one in four] == ["第一名", "第一名", "第三名", "第4名"]
    assert (four[0].issuer, four[0].date) == ("学习办", "2026年11月26日")
    assert certificates(TEAMS, OCCASION, Awarding(places=4), EN)[3].prize == "Prize of excellence"


def test_file_names_are_harmless() -> None:
    """Nothing of a team's name leads out of the folder or is refused by a file system."""
    made = certificates((Placed(1, '../../x:*?"<>|\\'), Placed(2, "/")), OCCASION, Awarding(), ZH)
    names = [file_name(number, one, "pdf") for number, one in enumerate(made, 1)]

    assert not any(set(name) & set('/\\:*?"<>|') for name in names)
    assert not any(".." in name for name in names)
    assert len(set(names)) == 2


async def test_certificates_in_both_languages_keep_within_their_frame() -> None:
    """Long names shrink: outside of the inner frame there is nothing but the border, whatever the words."""
    made = [*certificates(TEAMS[:3], OCCASION, Awarding(), ZH), *certificates(TEAMS[2:3], OCCASION, Awarding(), EN)]
    short, hostile, long, english = [pixels(one) for one in await studio.drawn(made, "png")]

    for one in (hostile, long, english):
        assert one.shape == (1654, 2338, 4)
        for side in (np.s_[:130], np.s_[-130:], np.s_[:, :130], np.s_[:, -130:]):
            assert (one[side] == short[side]).all()
    assert (hostile != long).sum() > 1000


def pixels(png: bytes):  # type: ignore[no-untyped-def]
    """A picture's pixels."""
    return imread(io.BytesIO(png), format="png")


async def test_standings_of_few_and_many() -> None:
    """Two teams, and fifty with names of 64 characters and ties: neither blank nor out of what Telegram takes."""
    many = tuple(Line(1 if n < 9 else n + 1, "先锋突击队" * 13, "-1000", "", 3 - n % 7) for n in range(50))
    few = (Line(1, "红队", "110", "对 1，错 0"), Line(2, "$蓝队$", "90", "对 0，错 1", -1))
    drawings = [StandingsPicture("示范学习", "最终成绩", "抢答赛", lines, "▲▼") for lines in (few, many, many[:12], ())]

    for drawn in await studio.drawn(drawings, "png"):
        height, width, _ = pixels(drawn).shape
        assert width + height <= 10_000
        assert 0.05 < height / width < 4
        assert 0.02 < (pixels(drawn)[..., :3].mean(axis=2) < 0.5).mean() < 0.7


def test_movement_is_counted_from_half_time() -> None:
    """After four of eight questions Red and Green led; Blue has gained a place since."""
    found = history(played())

    drawing = standings_picture(found, "示范学习", {"zh-CN": "决赛", "en": "Final"}, ZH)

    assert movements(found.contest) == {RED: 0, BLUE: 1, GREEN: -1}
    assert [(line.rank, line.name, line.score, line.moved) for line in drawing.lines] == [
        (1, "Red", "160", 0), (2, "Blue", "115", 1), (3, "Green", "100", -1),
    ]  # fmt: skip
    assert drawing.note == "▲▼ 与半程名次相比"
    short = replace(found.contest, records=found.contest.records[:3])
    assert movements(short) == {}
