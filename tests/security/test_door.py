"""The doors that take what a person types: how often it may be wrong, for one account and for all together."""

from storage import Tx
from storage.people import Role
from study.join_rules import MISSES_OF_ALL, MISSES_WITHIN
from tests.hall import Actor, Hall

BRANCH = "示范区/第一支部"
CLOSED_FOR_ALL = "近期输错编号的次数过多，暂停凭编号加入。请过几分钟再试，或发送 /start 申请加入。"


async def entry(hall: Hall, code: str, role: Role = Role.MEMBER) -> None:
    """Somebody on the roster who has not joined."""

    def work(tx: Tx) -> None:
        unit = tx.people.add_unit(BRANCH)
        tx.people.add(code=code, name=f"姓名{code}", unit_id=unit, level="", title="", role=role, now=hall.clock.now())

    await hall.write(work)


async def has_come(hall: Hall, guest: Actor) -> bool:
    """Whether an account is somebody on the roster."""
    return await hall.read(lambda tx: tx.people.by_user(guest.id)) is not None


async def test_a_hundred_accounts_have_no_more_guesses_than_the_door_allows(hall: Hall) -> None:
    """When the wrong codes of all together are too many, none is heard for a while: not from a new account either.

    Asking for admission stays open, whoever has joined notices nothing, and the admins hear of it once.
    """
    admin, anna = await hall.admin(), await hall.enrol("安娜", BRANCH)
    await entry(hall, "SF101")
    now = hall.clock.now()

    def wrong(tx: Tx) -> None:
        for number in range(MISSES_OF_ALL - 1):
            tx.joining.miss(800_000 + number // 5, now=now, forget=now - MISSES_WITHIN)

    await hall.write(wrong)
    one_more, honest = await hall.person("又一个号"), await hall.person("新人")
    await one_more.says("/start SF999")
    heard = await one_more.reads()
    await hall.stop_bot()
    await hall.start_bot()
    await hall.advance(seconds=3)
    await one_more.says("/start SF998")
    await honest.says("/start SF101")
    refused = (await one_more.reads(), await honest.reads(), await has_come(hall, honest))
    await hall.advance(seconds=3)
    await honest.says("/start")
    labels = (await honest.last()).labels
    await anna.says(f"/start C{anna.id}")
    told = [message.text for message in await admin.messages() if "试猜" in message.text]
    await hall.advance(minutes=10, seconds=1)
    await honest.says("/start SF101")

    assert heard != CLOSED_FOR_ALL
    assert refused == (CLOSED_FOR_ALL, CLOSED_FOR_ALL, False)
    assert labels == ["申请加入"]
    assert "您是 示范区/第一支部 的 安娜。" in await anna.reads()
    assert len(told) == 1
    assert "21 个账号输错 100 次" in told[0]
    assert await has_come(hall, honest)


async def test_whoever_comes_in_as_more_than_a_member_is_announced(hall: Hall) -> None:
    """An organiser's number is worth a guess: those above read which account it was, and can let go of it at once."""
    admin, anna = await hall.admin(), await hall.enrol("安娜", BRANCH)
    await entry(hall, "SF101", Role.ORGANISER)
    await entry(hall, "SF102")
    thief, member = await hall.person("<b>某人</b>"), await hall.person("李四")

    await thief.says("/start SF101")
    await member.says("/start SF102")

    (card,) = await admin.messages()
    assert card.text.startswith("姓名SF101（第一支部，组织者）已凭编号加入，账号：<b>某人</b>")
    assert card.labels == ["查看 姓名SF101"]
    assert not [message for message in (*await anna.messages(), *await thief.messages()) if "已凭编号" in message.text]
