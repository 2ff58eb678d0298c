"""The people of one's units: lists, roles, leaving, a new telephone."""

from storage.people import Role
from tests.hall import Hall

BRANCH = "示范区/第一支部"
REFUSED = "您没有权限在这里执行此操作，请联系本单位的组织者。"


async def role_of(hall: Hall, user_id: int) -> Role | None:
    """The role of whoever has joined with an account."""
    person = await hall.read(lambda tx: tx.people.by_user(user_id))
    return None if person is None else person.role


async def test_members_are_counted_and_listed(hall: Hall) -> None:
    """Units with those below them, people with whether they have joined; one message that changes."""
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    await hall.enrol("<b>李&", BRANCH, level="科员")
    now = hall.clock.now()
    await hall.write(
        lambda tx: tx.people.add(
            code="SF9",
            name="王若兰",
            unit_id=tx.people.add_unit(BRANCH),
            level="",
            title="书记",
            role=Role.JUDGE,
            now=now,
        )
    )
    await lead.says("/members")
    counts = await lead.reads()
    seen = len(await lead.messages())
    await lead.presses("示范区/第一支部")

    assert counts.splitlines() == [
        "人员：共 3 人，已加入 2 人",
        "",
        "示范区：3 人，已加入 2 人",
        "示范区/第一支部：2 人，已加入 1 人",
    ]
    assert (await lead.reads()).splitlines() == [
        "示范区/第一支部：2 人，已加入 1 人",
        "",
        "✅ <b>李& · 科员",
        "⬜ 王若兰 · 书记 · 评委",
    ]
    assert len(await lead.messages()) == seen


async def test_y5_organisers_see_no_other_units(hall: Hall) -> None:
    """Y5: a single unit is opened at once; forged data for another is refused; members have no list."""
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    other = await hall.enrol("许文博", "示范区/第三支部")
    third = await hall.read(lambda tx: tx.people.by_user(other.id))
    assert third is not None

    await lead.says("/members")
    answers = [
        await lead.presses(data=data)
        for data in (f"mb:unit:{third.unit_id}:0", f"mb:person:{third.id}", f"mb:removed:{third.id}")
    ]
    await other.says("/members")

    assert "冯立新" in await lead.reads()
    assert answers == [REFUSED, REFUSED, REFUSED]
    assert await other.reads() == REFUSED
    assert await role_of(hall, other.id) is Role.MEMBER


async def test_roles_are_given_by_name(hall: Hall) -> None:
    """The person hears of it; organisers give roles up to their own, admins any."""
    admin = await hall.admin()
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    member = await hall.enrol("李文涛", BRANCH)

    await lead.says("/role 李文涛 评委")
    given, heard = await lead.reads(), await member.reads()
    await lead.says("/role 李文涛 管理员")
    refused = await lead.reads()
    await admin.says("/role 李文涛 admin")

    assert given == "李文涛（第一支部）的角色现为：评委"
    assert heard == "您在示范学习的角色现为：评委"
    assert refused == REFUSED
    assert await role_of(hall, member.id) is Role.ADMIN


async def test_what_is_no_role_or_no_person(hall: Hall) -> None:
    """Usage, unknown role, unknown person, oneself."""
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    await hall.enrol("李文涛", BRANCH)
    answers = []
    for text in (
        "/role 李文涛",
        "/role 李文涛 队长",
        "/role 张三 评委",
        "/role 冯立新 成员",
        "/remove",
        "/release 张三",
    ):
        await lead.says(text)
        answers.append(await lead.reads())
        await hall.advance(seconds=5)

    roles = "成员、组织者、评委、观察员、管理员"
    assert answers == [
        f"格式不完整，请这样写：/role 姓名 角色（角色：{roles}）",
        f"没有“队长”这个角色。请这样写：/role 姓名 角色（角色：{roles}）",
        "您所管的单位中没有“张三”。发送 /members 查看人员。",
        "不能对自己执行此操作，请联系其他组织者或管理员。",
        "格式不完整，请这样写：/remove 姓名",
        "您所管的单位中没有“张三”。发送 /members 查看人员。",
    ]


async def test_two_people_of_one_name(hall: Hall) -> None:
    """The bot asks which, with unit and code; a code names one at once."""
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    first, second = await hall.enrol("张伟", BRANCH), await hall.enrol("张伟", BRANCH)

    await lead.says("/role 张伟 评委")
    labels = (await lead.last()).labels
    await lead.presses(f"张伟 · 第一支部 (C{second.id})")
    await hall.advance(seconds=5)
    await lead.says(f"/role c{first.id} 观察员")

    assert labels == [f"张伟 · 第一支部 (C{one.id})" for one in (first, second)]
    assert await role_of(hall, second.id) is Role.JUDGE
    assert await role_of(hall, first.id) is Role.OBSERVER


async def test_removing_is_confirmed_and_kept_in_history(hall: Hall) -> None:
    """Called off first, then done: the person is off the roster, the entry and its history stay."""
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    member = await hall.enrol("李文涛", BRANCH)
    person = await hall.read(lambda tx: tx.people.by_user(member.id))
    assert person is not None

    await lead.says("/remove 李文涛")
    await lead.presses("取消")
    still = await role_of(hall, member.id)
    await hall.advance(seconds=5)
    await lead.says("/remove 李文涛")
    card = await lead.last()
    await lead.presses("确认移出")
    twice = await lead.presses(data=f"mb:removed:{person.id}", message=card)

    assert still is Role.MEMBER
    assert await role_of(hall, member.id) is None
    assert twice == "这个按钮已失效。"
    assert "您已不在示范学习的名册中" in await member.reads()
    left = await hall.read(lambda tx: tx.people.person(person.id))
    assert left is not None
    assert left.left_at == hall.clock.now().replace(microsecond=left.left_at.microsecond if left.left_at else 0)
    history = await hall.read(lambda tx: tx.joining.history(person.id))
    assert [(change.what, change.by_user) for change in history] == [("removed", lead.id)]


async def test_whoever_left_comes_back_to_the_own_record(hall: Hall) -> None:
    """Asking again under the same name leads to the old entry."""
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    member = await hall.enrol("李文涛", BRANCH)
    before = await hall.read(lambda tx: tx.people.by_user(member.id))
    await lead.says("/remove 李文涛")
    await lead.presses("确认移出")
    await hall.advance(seconds=5)
    await member.says("/start")
    await member.presses("申请加入")
    await hall.advance(seconds=5)
    await member.presses("示范区")
    await member.presses("第一支部")
    await hall.advance(seconds=5)
    await member.presses("使用“李文涛”")
    await hall.advance(seconds=5)

    await lead.presses("批准")

    after = await hall.read(lambda tx: tx.people.by_user(member.id))
    assert before is not None
    assert after is not None
    assert (after.id, after.left_at) == (before.id, None)


async def test_a_new_telephone(hall: Hall) -> None:
    """Released, the link takes the new account; since when the person belongs does not change."""
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    old = await hall.enrol("李文涛", BRANCH)
    joined_at = hall.clock.now()
    await hall.advance(hours=3)
    await lead.says("/release 李文涛")
    await lead.presses("确认解除")
    link = (await lead.reads()).rpartition("start=")[2]
    new = await hall.person("新机")

    await new.says(f"/start {link}")
    await hall.advance(seconds=5)
    await lead.says("/release 冯立新")

    person = await hall.read(lambda tx: tx.people.by_user(new.id))
    assert person is not None
    assert (person.name, person.joined_at) == ("李文涛", joined_at)
    assert await role_of(hall, old.id) is None
    assert await lead.reads() == "不能对自己执行此操作，请联系其他组织者或管理员。"


async def test_admins_are_changed_by_admins_only(hall: Hall) -> None:
    """An organiser sees an admin of the roster without buttons, and forged ones are refused."""
    lead = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    boss = await hall.enrol("周明远", BRANCH, role=Role.ADMIN)
    person = await hall.read(lambda tx: tx.people.by_user(boss.id))
    assert person is not None
    await lead.says("/members")

    await lead.presses("周明远")
    labels = (await lead.last()).labels
    refused = await lead.presses(data=f"mb:role:{person.id}:member")
    forged = await lead.presses(data=f"mb:role:{person.id}:king")

    assert labels == ["« 返回单位"]
    assert refused == REFUSED
    assert forged == "这个按钮无效。"
    assert await role_of(hall, boss.id) is Role.ADMIN


async def test_long_lists_are_turned_over(hall: Hall) -> None:
    """Ten people a page, in English too."""
    lead = await hall.enrol("A Lead", BRANCH, role=Role.ORGANISER)
    now = hall.clock.now()

    def work(tx):  # type: ignore[no-untyped-def]
        unit_id = tx.people.add_unit(BRANCH)
        for n in range(24):
            tx.people.add(
                code=f"N{n:02}", name=f"B{n:02}", unit_id=unit_id, level="", title="", role=Role.MEMBER, now=now
            )

    await hall.write(work)
    await lead.says("/lang en")
    await lead.says("/members")
    await lead.presses("Page 2")
    await hall.advance(seconds=5)
    await lead.presses("Page 3")

    text = await lead.reads()
    assert text.splitlines()[0] == "示范区/第一支部: 1 of 25 joined"
    assert text.splitlines()[2:] == [f"⬜ B{n}" for n in range(19, 24)]
