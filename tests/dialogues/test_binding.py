"""Groups and their units: binding, choosing, making, moving, and who may."""

from storage.people import Role
from tests.hall import Hall

BRANCH = "示范区/第一支部"


async def unit_of(hall: Hall, chat_id: int) -> str | None:
    """The path of the unit that a group is bound to."""

    def work(tx):  # type: ignore[no-untyped-def]
        group = tx.places.group(chat_id)
        return None if group is None or group.unit_id is None else tx.people.unit(group.unit_id).path

    return await hall.read(work)


async def test_the_bot_says_hello_once(hall: Hall) -> None:
    """It says how to bind; thrown out and let in again it says nothing more."""
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    group = await hall.group("第一支部群", lead)
    hello = await lead.reads(group)

    await group.set_bot("kicked")
    await hall.settle()
    await group.set_bot("member")
    await hall.settle()

    assert "/bind 第一支部" in hello
    assert sum("大家好" in message.text for message in await lead.messages(group)) == 1


async def test_an_organiser_binds_a_group_to_the_own_unit(hall: Hall) -> None:
    """By name or by path; /bind alone says what it is bound to; /unbind undoes it."""
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    group = await hall.group("第一支部群", lead)

    await lead.says("/bind 第一支部", group)
    bound = await lead.reads(group)
    await hall.advance(seconds=5)
    await lead.says("/bind", group)
    shown = await lead.reads(group)
    await hall.advance(seconds=5)
    await lead.says("/bind 示范区／第一支部", group)
    again = await lead.reads(group)
    await hall.advance(seconds=5)
    before = await unit_of(hall, group.id)
    await lead.says("/unbind", group)

    assert bound == "本群已绑定 示范区/第一支部。 名册 1 人，已加入 1 人。"
    assert shown == "本群已绑定 示范区/第一支部。发送 /unbind 可解除绑定。"
    assert again == "本群已经绑定 示范区/第一支部。"
    assert before == BRANCH
    assert await unit_of(hall, group.id) is None


async def test_members_and_strangers_bind_nothing(hall: Hall) -> None:
    """Wrong role, wrong unit, wrong chat: one sentence each."""
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    member = await hall.enrol("李文涛", BRANCH)
    await hall.write(lambda tx: tx.people.add_unit("示范区/第二支部"))
    group = await hall.group("群", lead, member)

    await member.says("/bind 第一支部", group)
    as_member = await member.reads(group)
    await lead.says("/bind 第二支部", group)
    elsewhere = await lead.reads(group)
    await lead.says("/bind 第一支部")
    in_private = await lead.reads()

    assert as_member == elsewhere == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert in_private == "这项操作只能在群里进行，请到群里发送。"
    assert await unit_of(hall, group.id) is None


async def test_an_organiser_reads_the_near_names(hall: Hall) -> None:
    """A slip of the pen: the units that are like it are named, and none is made."""
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    await hall.write(lambda tx: tx.people.add_unit(BRANCH))
    group = await hall.group("群", lead)

    await lead.says("/bind 第一党支部", group)
    near = await lead.reads(group)
    await hall.advance(seconds=5)
    await lead.says("/bind 财务科", group)

    assert near == "您所管的单位中没有“第一党支部”。您是指：示范区/第一支部？"
    assert await lead.reads(group) == "您所管的单位中没有“财务科”。新建单位请联系管理员。"


async def test_an_admin_makes_a_unit_that_nothing_is_like(hall: Hall) -> None:
    """The unit and those above it are made at once, and the bot says so."""
    admin = await hall.admin()
    group = await hall.group("群", admin)

    await admin.says("/bind 东区/<b>&支部", group)

    assert await admin.reads(group) == "本群已绑定 东区/<b>&支部。 该单位为新建单位。 名册 0 人，已加入 0 人。"
    assert await unit_of(hall, group.id) == "东区/<b>&支部"


async def test_an_admin_chooses_between_near_names_and_a_new_unit(hall: Hall) -> None:
    """What is nearly called so comes first; making a new one takes a press, which others cannot do."""
    admin = await hall.admin()
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    group = await hall.group("群", admin, lead)
    await admin.says("/bind 第一支", group)
    card = await admin.last(group)

    refused = await lead.presses("新建单位并绑定", group)
    await admin.presses("新建单位并绑定", group)

    assert card.labels == ["示范区/第一支部", "新建单位并绑定"]
    assert refused == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert await unit_of(hall, group.id) == "第一支"


async def test_two_units_of_one_name(hall: Hall) -> None:
    """The bot asks which, with the paths."""
    admin = await hall.admin()
    await hall.write(lambda tx: [tx.people.add_unit(path) for path in ("东区/第一支部", "西区/第一支部")])
    group = await hall.group("群", admin)
    await admin.says("/bind 第一支部", group)
    labels = (await admin.last(group)).labels

    await admin.presses("西区/第一支部", group)

    assert labels == ["东区/第一支部", "西区/第一支部"]
    assert await unit_of(hall, group.id) == "西区/第一支部"


async def test_moving_a_group_is_asked_for(hall: Hall) -> None:
    """Bound to another unit: which one, and a press; an organiser of the new unit alone may not take it."""
    admin = await hall.admin()
    thief = await hall.enrol("许文博", "示范区/第二支部", role=Role.ORGANISER)
    group = await hall.unit_group("第一支部群", BRANCH, admin, thief)

    await thief.says("/bind 第二支部", group)
    refused = await thief.reads(group)
    await admin.says("/bind 第二支部", group)
    question = await admin.reads(group)
    still = await unit_of(hall, group.id)
    await admin.presses("改为绑定", group)

    assert refused == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    assert question == "本群已绑定 示范区/第一支部。要改为绑定 示范区/第二支部 吗？"
    assert still == BRANCH
    assert await unit_of(hall, group.id) == "示范区/第二支部"


async def test_a_supergroup_keeps_the_unit(hall: Hall) -> None:
    """A new id, the same unit, no second hello."""
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    group = await hall.group("第一支部群", lead, kind="group")
    await lead.says("/bind 第一支部", group)

    upgraded = await group.upgrade()
    await hall.settle()
    await lead.says("/bind", upgraded)

    assert await unit_of(hall, upgraded.id) == BRANCH
    assert "本群已绑定" in await lead.reads(upgraded)
    assert not any("大家好" in message.text for message in await lead.messages(upgraded))


async def test_forged_presses_bind_nothing(hall: Hall) -> None:
    """No such unit, no such wish, data that no button has."""
    admin = await hall.admin()
    group = await hall.unit_group("第一支部群", BRANCH, admin)
    await admin.says("/lang", group)

    answers = [await admin.presses(data=data, chat=group) for data in ("bind:to:999", "bind:new:5", "bind:eat:1")]

    assert answers == ["这个按钮无效。", "这个按钮已失效。", "这个按钮无效。"]
    assert await unit_of(hall, group.id) == BRANCH


async def test_names_that_no_unit_can_have(hall: Hall) -> None:
    """Too long, or nothing but separators."""
    admin = await hall.admin()
    group = await hall.group("群", admin)

    await admin.says(f"/bind {'长' * 61}", group)
    too_long = await admin.reads(group)
    await hall.advance(seconds=5)
    await admin.says("/bind ///", group)

    assert too_long == "内容太长：最多 60 字，现有 61 字。"
    assert await unit_of(hall, group.id) is None
