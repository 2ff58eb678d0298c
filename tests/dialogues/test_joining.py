"""Coming to the programme: codes, requests, links, forged and repeated presses, restarts."""

from sandbox.people import File
from storage.people import Role
from tests.hall import Actor, Hall

BRANCH = "示范区/第一支部"


async def entry(hall: Hall, code: str, name: str, unit: str = BRANCH, *, role: Role = Role.MEMBER) -> int:
    """Put somebody on the roster who has not joined."""
    now = hall.clock.now()
    return await hall.write(
        lambda tx: tx.people.add(
            code=code, name=name, unit_id=tx.people.add_unit(unit), level="", title="", role=role, now=now
        )
    )


async def asks(hall: Hall, anna: Actor, name: str = "安娜") -> None:
    """Walk through the units and ask to join the first branch, as fast as somebody who reads."""
    await hall.write(lambda tx: tx.people.add_unit(BRANCH))
    await anna.says("/start")
    await anna.presses("申请加入")
    await hall.advance(seconds=3)
    await anna.presses("示范区")
    await anna.presses("第一支部")
    await hall.advance(seconds=3)
    await anna.says(name)
    await hall.advance(seconds=3)


async def test_a_code_lets_its_owner_in_whatever_its_case(hall: Hall) -> None:
    """A link's code, typed in other letters and width, binds the account to the entry."""
    await entry(hall, "SF101", "王若兰")
    anna = await hall.person("兰")

    await anna.says("/start ｓf101")

    assert "欢迎加入示范学习！" in await anna.reads()
    assert "您是 示范区/第一支部 的 王若兰。" in await anna.reads()
    person = await hall.read(lambda tx: tx.people.by_user(anna.id))
    assert person is not None
    assert (person.code, person.joined_at) == ("SF101", hall.clock.now())


async def test_start_says_who_one_is_in_both_languages(hall: Hall) -> None:
    """Whoever has joined reads the own name, unit and role."""
    anna = await hall.enrol("<b>安&娜", BRANCH, role=Role.ORGANISER)

    await anna.says("/start")
    chinese = await anna.reads()
    await anna.says("/lang en")
    await anna.says("/start")

    assert "您是 示范区/第一支部 的 <b>安&娜。" in chinese
    assert "角色：组织者" in chinese
    assert "You are <b>安&娜 of 示范区/第一支部." in await anna.reads()


async def test_a_code_of_chinese_letters_fits_a_link(hall: Hall) -> None:
    """A link cannot carry every character; such codes are written in another way and still lead home."""
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    await entry(hall, "党员-01", "王若兰")
    await lead.says("/links")
    link = next(word for word in (await lead.reads()).split() if word.startswith("https://t.me/"))
    payload = link.partition("start=")[2]
    anna = await hall.person("兰")

    await anna.says(f"/start {payload}")

    assert payload.isascii()
    assert "王若兰" in await anna.reads()


async def test_wrong_codes_are_counted_and_then_not_heard(hall: Hall) -> None:
    """After five wrong codes within ten minutes even the right one has to wait."""
    await entry(hall, "SF101", "王若兰")
    anna = await hall.person("兰")
    for left in (4, 3, 2, 1, 0):
        await anna.says("/start SF999")
        await hall.advance(seconds=3)
        assert f"还可尝试 {left} 次" in await anna.reads()

    await hall.stop_bot()
    await hall.start_bot()
    await anna.says("/start SF101")
    refused = await anna.reads()
    await hall.advance(minutes=10)
    await anna.says("/start SF101")

    assert refused == "编号输错次数过多，请 10 分钟后再试。"
    assert "欢迎加入" in await anna.reads()


async def test_a_code_in_use_is_refused_and_the_organiser_hears_of_it(hall: Hall) -> None:
    """Nobody takes somebody's place; the organiser can release the old account from the notice."""
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    await entry(hall, "SF101", "王若兰")
    old, new = await hall.person("兰"), await hall.person("<兰>", username="lan2")
    await old.says("/start SF101")

    await new.says("/start SF101")
    refused, notice = await new.reads(), await lead.reads()
    await lead.presses("查看 王若兰")
    await lead.presses("解除账号")
    await lead.presses("确认解除")
    await new.says("/start SF101")

    assert "这个编号已被另一个账号使用" in refused
    assert "<兰> (@lan2) 尝试用 王若兰（第一支部）的编号 SF101 加入" in notice
    assert "您是 示范区/第一支部 的 王若兰。" in await new.reads()
    assert "解除绑定" in await old.reads()


async def test_an_account_that_is_somebody_is_nobody_else(hall: Hall) -> None:
    """Opening a colleague's link changes nothing; opening the own one again says who one is."""
    await entry(hall, "SF102", "李文涛")
    anna = await hall.enrol("王若兰", BRANCH)

    await anna.says("/start SF102")
    refused = await anna.reads()
    await anna.says(f"/start c{anna.id}")

    assert refused == "您已以 第一支部 王若兰 的身份加入。如有误，请联系组织者。"
    assert "您是 示范区/第一支部 的 王若兰。" in await anna.reads()


async def test_start_in_a_group_shows_the_way(hall: Hall) -> None:
    """In a group there is one line and a link, and the link leads to who one is."""
    anna = await hall.enrol("王若兰", BRANCH)
    group = await hall.unit_group("第一支部群", BRANCH, anna)

    await anna.says("/start", group)
    button = (await anna.last(group)).buttons[0][0]
    await anna.says("/start me_")

    assert button.url is not None
    assert button.url.endswith("?start=me_")
    assert "王若兰" in await anna.reads()


async def test_task_links_are_no_codes(hall: Hall) -> None:
    """What begins with ``task_`` goes to the tasks and counts as no wrong code."""
    anna = await hall.person("兰")

    await anna.says("/start task_xyz")

    assert await anna.reads() == "这个按钮无效。"
    assert await hall.read(lambda tx: tx.joining.misses(anna.id, since=hall.clock.now().replace(year=2020))) == 0


async def test_asking_to_join_is_approved_by_an_organiser(hall: Hall) -> None:
    """The asker chooses a unit and a name; an organiser above it approves; a new entry with a code is made."""
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    other = await hall.enrol("冯立新", "示范区/第三支部", role=Role.ORGANISER)
    member = await hall.enrol("李文涛", BRANCH)
    anna = await hall.person("Anna", username="anna")

    await asks(hall, anna, "安<b>娜 ")
    asked = await anna.reads()
    card = await lead.last()
    toast = await lead.presses("批准")

    assert "申请已提交：安<b>娜，示范区/第一支部。" in asked
    assert card.text == "安<b>娜 申请加入 示范区/第一支部。\nTelegram 账号：Anna (@anna)"
    assert card.labels == ["批准", "拒绝"]
    assert toast == "已批准。"
    assert "欢迎加入示范学习！" in await anna.reads()
    assert "已由 林晓云 批准，编号 T0001。" in await lead.reads()
    assert not (await lead.last()).labels
    assert await other.messages() == []
    assert await member.messages() == []


async def test_the_name_on_telegram_is_a_press_away(hall: Hall) -> None:
    """Whoever is called so on Telegram need not type it; the admin of the config gets a card too."""
    await hall.write(lambda tx: tx.people.add_unit(BRANCH))
    admin = await hall.admin()
    anna = await hall.person("安娜")
    await anna.says("/start")
    await anna.presses("申请加入")
    await anna.presses("示范区")
    await anna.presses("选择“示范区”")

    await anna.presses("使用“安娜”")

    assert "安娜 申请加入 示范区。" in await admin.reads()


async def test_a_second_organiser_hears_who_was_quicker(hall: Hall) -> None:
    """Both have a card; the later press is refused with the name of who decided."""
    first = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    second = await hall.enrol("冯立新", BRANCH, role=Role.ORGANISER)
    anna = await hall.person("Anna")
    await asks(hall, anna)
    data = (await second.last()).buttons[0][0].data
    await first.presses("拒绝")

    late = await second.presses(data=data, message=(await second.last()).id)

    assert late == "林晓云 已拒绝此申请。"
    assert "已由 林晓云 拒绝。" in await second.reads()
    assert "未获批准" in await anna.reads()
    assert await hall.read(lambda tx: tx.people.by_user(anna.id)) is None


async def test_asking_again_while_one_waits_changes_nothing(hall: Hall) -> None:
    """A second request is a friendly no-op, by command and by an old button."""
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    await hall.write(lambda tx: tx.people.add_unit(BRANCH))
    anna = await hall.person("Anna")
    await anna.says("/start")
    button = await anna.last()
    await asks(hall, anna)
    cards = len(await lead.messages())

    await anna.says("/start")
    again = await anna.reads()
    toast = await anna.presses("申请加入", message=button)

    assert again.endswith("您（安娜）加入 示范区/第一支部 的申请正在等待组织者审批，有结果会通知您。")
    assert toast == "您加入 示范区/第一支部 的申请已在等待审批，无需重复提交。"
    assert len(await lead.messages()) == cards


async def test_approving_ties_the_asker_to_the_roster(hall: Hall) -> None:
    """One entry of the unit has the name and no account: approving means this entry."""
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    person_id = await entry(hall, "SF101", "安娜")
    anna = await hall.person("Anna")
    await asks(hall, anna)

    await lead.presses("批准")

    person = await hall.read(lambda tx: tx.people.by_user(anna.id))
    assert person is not None
    assert person.id == person_id
    assert "编号 SF101" in await lead.reads()


async def test_of_several_entries_the_organiser_chooses(hall: Hall) -> None:
    """Two of the same name: the card asks which, and nothing is decided before."""
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    await entry(hall, "SF101", "安娜")
    second = await entry(hall, "SF102", "安娜")
    anna = await hall.person("Anna")
    await asks(hall, anna)

    toast = await lead.presses("批准")
    labels = (await lead.last()).labels
    await lead.presses("安娜 (SF102)")

    assert toast == "请选择对应名册中的哪一位。"
    assert labels == ["安娜 (SF101)", "安娜 (SF102)", "作为新成员批准", "拒绝"]
    person = await hall.read(lambda tx: tx.people.by_user(anna.id))
    assert person is not None
    assert person.id == second


async def test_somebody_of_the_same_name_may_be_new(hall: Hall) -> None:
    """Beside the entry of the roster there is always a way to make a new one."""
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    await entry(hall, "T0007", "安娜")
    anna = await hall.person("Anna")
    await asks(hall, anna)

    await lead.presses("作为新成员批准")

    person = await hall.read(lambda tx: tx.people.by_user(anna.id))
    assert person is not None
    assert person.code == "T0008"


async def test_organisers_cannot_let_strangers_in_as_admins(hall: Hall) -> None:
    """Tying an asker to the entry of an admin needs an admin."""
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    admin = await hall.admin()
    await entry(hall, "SF001", "安娜", role=Role.ADMIN)
    anna = await hall.person("Anna")
    await asks(hall, anna)

    refused = await lead.presses("批准")
    await admin.presses("批准")

    assert refused == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    person = await hall.read(lambda tx: tx.people.by_user(anna.id))
    assert person is not None
    assert person.role is Role.ADMIN


async def test_requests_wait_for_an_organiser_who_comes_later(hall: Hall) -> None:
    """Nobody was there to decide; /requests shows it to the organiser who joins, over a restart."""
    await hall.write(lambda tx: tx.people.add_unit(BRANCH))
    anna = await hall.person("Anna")
    await asks(hall, anna)
    await hall.stop_bot()
    await hall.start_bot()
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    other = await hall.enrol("冯立新", "示范区/第三支部", role=Role.ORGANISER)

    await lead.says("/requests")
    await other.says("/requests")
    await lead.presses("批准")

    assert await other.reads() == "您所管单位暂无待审批的加入申请。"
    assert "欢迎加入" in await anna.reads()


async def test_joining_by_code_settles_the_request(hall: Hall) -> None:
    """Whoever finds the code after all needs no approval, and the cards say so."""
    lead = await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    await entry(hall, "SF101", "王若兰")
    anna = await hall.person("Anna")
    await asks(hall, anna)

    await anna.says("/start SF101")

    assert "已办结：本人已用编号 SF101 加入。" in await lead.reads()
    assert not (await lead.last()).labels


async def test_forged_presses_decide_nothing(hall: Hall) -> None:
    """Data of others' buttons, of no unit, of no request: refused, and nothing happens."""
    await hall.enrol("林晓云", "示范区", role=Role.ORGANISER)
    member = await hall.enrol("李文涛", BRANCH)
    anna = await hall.person("Anna")
    await asks(hall, anna)
    await member.says("/lang")

    answers = [
        await member.presses(data=data)
        for data in ("joinreq:ok:1", "joinreq:ok:99", "joinreq:eat:1", "door:take:1", "joinreq:no:1:2")
    ]

    assert answers == [
        "您没有权限在这里执行此操作，请联系本单位的组织者。",
        "这个按钮无效。",
        "这个按钮无效。",
        "您已在名册中：第一支部 李文涛。",
        "这个按钮无效。",
    ]
    assert await hall.read(lambda tx: tx.people.by_user(anna.id)) is None


async def test_names_that_are_none_are_refused(hall: Hall) -> None:
    """Too long, or no text at all: one sentence, and the question stays open."""
    await hall.write(lambda tx: tx.people.add_unit("第一支部"))
    anna = await hall.person("Anna")
    await anna.says("/start")
    await anna.presses("申请加入")
    await anna.presses("第一支部")
    await hall.advance(seconds=3)

    await anna.says("长" * 61)
    too_long = await anna.reads()
    await anna.sends(b"x", "名字.txt")
    no_text = await anna.reads()
    await anna.says("安娜")

    assert too_long == "内容太长：最多 60 字，现有 61 字。"
    assert no_text == "请用文字发送您的姓名。"
    assert "申请已提交" in await anna.reads()


async def test_many_units_are_turned_over_in_pages(hall: Hall) -> None:
    """Eight units a page; turning changes the same message."""
    await hall.write(lambda tx: [tx.people.add_unit(f"支部{n:02}") for n in range(1, 19)])
    anna = await hall.person("Anna")
    await anna.says("/start")
    seen = len(await anna.messages())
    await anna.presses("申请加入")
    await anna.presses("第 2 页")
    await anna.presses("第 3 页")

    assert (await anna.last()).labels == ["支部17", "支部18", "‹ 第 2 页"]
    assert len(await anna.messages()) == seen


async def test_an_empty_roster_has_no_door(hall: Hall) -> None:
    """Without units there is nothing to ask for; the admin of the config reads what to do."""
    anna, admin = await hall.person("Anna"), await hall.admin()

    await anna.says("/start")
    await admin.says("/start")

    assert "名册还是空的" in await anna.reads()
    assert not (await anna.last()).labels
    assert "发送 /roster 导入名册" in await admin.reads()


async def test_links_are_for_those_who_have_not_joined(hall: Hall) -> None:
    """An organiser gets a table of the own units only; a member gets none."""
    lead = await hall.enrol("林晓云", BRANCH, role=Role.ORGANISER)
    member = await hall.enrol("李文涛", BRANCH)
    await entry(hall, "SF101", "=王若兰")
    await entry(hall, "SF301", "许文博", "示范区/第三支部")

    await member.says("/links")
    await lead.says("/links")

    assert await member.reads() == "您没有权限在这里执行此操作，请联系本单位的组织者。"
    text = await lead.reads()
    assert "您所管单位还有 1 人未加入" in text
    assert "许文博" not in text
    sent = next(message for message in await lead.messages() if message.file is not None)
    assert isinstance(sent.file, File)
    content = (await hall.town.file(sent.file)).decode("utf-8-sig")
    assert content.splitlines()[0] == "姓名,单位,编号,链接"
    assert content.splitlines()[1].startswith("'=王若兰,示范区/第一支部,SF101,https://t.me/")
