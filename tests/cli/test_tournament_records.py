"""A tournament and a season on disk: exports, and an audit that trusts nothing but the logs."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.cli.desk import Desk
from tests.dialogues.cup import gather
from tests.hall import HallMaker


@pytest.fixture
async def office(desk: Desk, hall_with: HallMaker) -> Desk:
    """Two bouts (one played, one by hand), a final, and a season with an outdoor event."""
    hall = await hall_with(contest={"questions": 1})
    cup = await gather(hall, units=4, groups=2)
    await cup.host.says("/season 新建 冬季 2026-11-01 2027-01-31", cup.home)
    await cup.host.says("/tournament knockout 常识 冬季杯", cup.home)
    await cup.host.presses("抽签", cup.home)
    await cup.opens(1, cup.groups[0])
    await cup.wins({1: cup.groups[0]}, {1: (await cup.names(1))[0]}, 1)
    first, second = await cup.names(2)
    await cup.host.says(f"/tournament 成绩 2 {first}=10 {second}=30 停电", cup.home)
    await cup.opens(3, cup.groups[1])
    await cup.wins({3: cup.groups[1]}, {3: second}, 1)
    await cup.host.says("/season 录入 拔河 第一支部 第1名 户外活动", cup.home)
    await cup.host.presses("确认录入", cup.home)
    await hall.advance(minutes=1)
    await hall.stop_bot()
    desk.database = hall.database_path
    return desk


async def test_tournament_and_season_in_every_format(office: Desk) -> None:
    """Rounds with their seeds, results and their reasons; standings and the ledger."""
    for what in ("tournament", "season"):
        for form in ("csv", "xlsx", "json"):
            done = await office.here("export", what, "-f", form, "-o", f"{what}.{form}")
            assert (done.status, done.err) == (0, [])
    missing = await office.here("export", "tournament", "9", "-o", "x.csv")
    cup = json.loads((office.folder / "tournament.json").read_bytes())
    season = json.loads((office.folder / "season.json").read_bytes())

    assert missing.status == 1
    first, final = cup["rounds"]
    assert (cup["state"], len(first["seed"]), [box["bout"] for box in first["bouts"]]) == ("finished", 8, [1, 2])
    assert [(box["source"], box["reason"]) for box in first["bouts"]] == [("contest", ""), ("hand", "停电")]
    assert [team["through"] for box in first["bouts"] for team in box["teams"]] == ["place", None, "place", None]
    winner = final["bouts"][0]["teams"][0]["name"]
    assert cup["places"][0] == {"place": 1, "name": winner, "unit": winner}
    by_unit = {line["name"]: line["points"] for line in season["standings"] if line["subject"] == "unit"}
    places = {place["name"]: place["place"] for place in cup["places"]}
    assert by_unit["第一支部"] == 10 + {1: 10, 2: 7}.get(places.get("第一支部", 0), 0)
    assert [(line["author"], line["points"], line["place"]) for line in season["entries"]] == [("主持", 10, 1)]


async def test_audit_works_everything_out_again(office: Desk) -> None:
    """It prints what happened and fails on a draw, a result or a list of those who go on that was tampered with."""
    good = await office.here("audit", "tournament", "1")
    changes = (
        ("Drawn", '"entrants":[', '"entrants":[4,'),
        ("RoundEnded", '"bout":1', '"bout":2'),
        ("BoutDecided", '"score":110', '"score":111'),
    )
    found = []
    for kind, was, now in changes:
        with closing(sqlite3.connect(office.database)) as database:
            rows = database.execute("SELECT number, body FROM tournament_events WHERE kind = ?", (kind,)).fetchall()
            number, body = rows[0]
            assert was in body
            database.execute(
                "UPDATE tournament_events SET body = ? WHERE number = ?", (body.replace(was, now, 1), number)
            )
            database.commit()
            bad = await office.here("audit", "tournament", "1")
            database.execute("UPDATE tournament_events SET body = ? WHERE number = ?", (body, number))
            database.commit()
        found.append((bad.status, len(bad.err), "前后不一致" in bad.err[0]))

    assert (good.status, good.err) == (0, [])
    assert good.out[-1] == "重放结果与已公布的对阵一致。"
    assert any("抽签：第 1–2 场" in line for line in good.out)
    assert any("停电" in line for line in good.out)
    assert found == [(1, 1, True)] * 3


async def test_certificates_of_a_tournament(office: Desk) -> None:
    """A PDF and a picture for each place, named by the prize; one contest or one tournament has to be named."""
    done = await office.here("certificates", "--tournament", "1", "-o", "awards")
    neither = await office.here("certificates", "-o", "none")
    gone = await office.here("certificates", "--tournament", "9", "-o", "none")
    names = sorted(path.name for path in (office.folder / "awards").iterdir())

    assert (done.status, done.err) == (0, [])
    assert [name[:6] for name in names] == ["01-一等奖", "01-一等奖", "02-二等奖", "02-二等奖"]
    assert [name[-4:] for name in names] == [".pdf", ".png"] * 2
    assert (neither.status, gone.status) == (1, 1)
    assert not (office.folder / "none").exists()
