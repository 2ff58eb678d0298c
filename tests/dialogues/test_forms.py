"""Evaluations: the three of a round (self, peers, overall), filled in by several people about several subjects."""

import tomllib
from datetime import timedelta

from storage import Tx
from study.evaluations import Subject, close_evaluation, open_evaluation, results, said_by
from study.programme.forms import Forms
from study.programme.reading import SHIPPED
from tests.hall import Actor, Hall, HallMaker

FORMS = Forms.model_validate(tomllib.loads((SHIPPED / "erqi" / "forms.toml").read_text(encoding="utf-8")))
GROUP = ("张三", "李四", "王五", "赵六")


def opened(tx: Tx, hall: Hall) -> tuple[int, ...]:
    """A round's three evaluations of a group of four; the first leads."""
    people = [person for person in tx.people.everybody() if person.name in GROUP]
    people.sort(key=lambda person: GROUP.index(person.name))
    subjects = [Subject.person(person) for person in people]
    ids = [person.id for person in people]
    now, found = hall.clock.now(), []
    for key, raters, pairs in (("self", ids, "self"), ("peer", ids, "others"), ("overall", ids[:1], "all")):
        form = FORMS.of(key)
        assert form is not None
        found.append(
            open_evaluation(
                tx,
                form=form,
                ref=f"round:1:{key}",
                subjects=[Subject("round", "第一党小组")] if key == "overall" else subjects,
                raters=raters,
                pairs=pairs,  # type: ignore[arg-type]
                closes_at=now + timedelta(days=1),
                now=now,
                purpose="round",
            )
        )
    return tuple(found)


async def press(hall: Hall, who: Actor, *labels: str) -> str:
    """Press buttons; a private chat takes one call a second, so time passes until it shows what came of each."""
    for label in labels:
        await who.presses(label)
        await hall.advance(2)
    return await who.reads()


async def test_e2_self_peer_and_overall_evaluation(hall_with: HallMaker) -> None:
    """E2: one's own ideas openly (the draft survives a restart), the peers one after the other anonymously, the leader all."""
    hall = await hall_with(checkin={"enabled": False}, materials={"enabled": False})
    group = [await hall.enrol(name) for name in GROUP]
    self_id, peer_id, overall_id = await hall.write(lambda tx: opened(tx, hall))
    again = await hall.write(lambda tx: opened(tx, hall))
    await hall.advance(5)
    zhang = group[0]
    asked = [m.text for m in await zhang.messages()]

    await zhang.says("/forms")
    waiting = await zhang.last()
    await press(hall, zhang, waiting.labels[0], "4", "5")
    await hall.stop_bot()
    await hall.start_bot()
    await press(hall, zhang, "3")
    await zhang.says("理论学习不够系统")
    await hall.advance(2)
    await press(hall, zhang, "跳过")
    check = await zhang.reads()
    await press(hall, zhang, "✅ 提交")
    await press(hall, zhang, "‹ 全部表单", "📝 互评")
    listed = await zhang.last()
    filled = await press(hall, zhang, "▫️ 李四", "5", "5", "5", "跳过", "✅ 提交")
    ticked = await press(hall, zhang, "‹ 全部对象")
    await hall.write(lambda tx: the_others(tx, peer_id))
    early = await hall.read(lambda tx: results(tx, peer_id, now=hall.clock.now()))
    await hall.write(lambda tx: close_evaluation(tx, peer_id, now=hall.clock.now()))
    late = await zhang.presses("▫️ 王五")
    await hall.advance(1)
    over = await zhang.reads()
    peers = await hall.read(lambda tx: results(tx, peer_id, now=hall.clock.now()))
    mine = await hall.read(lambda tx: results(tx, self_id, now=hall.clock.now()))
    said = await hall.read(lambda tx: said_by(tx, self_id, 1))
    judged = await hall.read(lambda tx: results(tx, overall_id, now=hall.clock.now()))

    assert again == (self_id, peer_id, overall_id)
    assert sum("自评：思路见解" in text for text in asked) == 1
    assert len(waiting.labels) == 3
    assert "理论学习不够系统" in check
    assert "✓" not in check
    assert [label for label in listed.labels if "▫️" in label] == ["▫️ 李四", "▫️ 王五", "▫️ 赵六"]
    assert "还有 2 个对象未填" in filled
    assert "已填 1/3" in ticked
    assert "匿名填写" in ticked
    assert not any(subject.shown for subject in early.subjects)
    assert late is None
    assert "本表已截止" in over
    # Three answered about 李四 and are shown; two about 王五 are too few, and are in no figure.
    assert [(one.title, one.answered, one.shown, one.score) for one in peers.subjects] == [
        ("张三", 0, False, None),
        ("李四", 3, True, 100.0),
        ("王五", 2, False, None),
        ("赵六", 0, False, None),
    ]
    assert peers.score == 100.0
    assert mine.subjects[0].score == 75.0
    assert said["person:1"]["shortfall"].value == "理论学习不够系统"
    assert (judged.asked, judged.answered) == (1, 0)


def the_others(tx: Tx, evaluation_id: int) -> None:
    """What the others have answered by the same way: two about 李四, two about 王五."""
    subjects = {subject.title: subject.id for subject in tx.evaluations.subjects(evaluation_id)}
    people = {person.name: person.id for person in tx.people.everybody()}
    for rater, about in (("王五", "李四"), ("赵六", "李四"), ("李四", "王五"), ("赵六", "王五")):
        assert tx.evaluations.use_ticket(subjects[about], people[rater])
        for item in ("method", "speech", "learn"):
            tx.evaluations.add_mark(evaluation_id, subjects[about], item, "5", "")
