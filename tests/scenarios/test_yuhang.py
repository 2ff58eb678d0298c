"""Yuhang's year (Y1 to Y5): five ones, brands of lectures, innovation topics, golden ideas, units that run themselves.

37 people in January, 38 from July: 7 organisers, 9 (then 10) leaders, 18 members, 3 judges, in 8 units on three levels.
"""

from collections import Counter

from tests.hall import HallMaker
from tests.scenarios.yuhang import (
    HOUSING,
    LEADER,
    LEADERS,
    MEMBERS,
    NEWCOMER,
    OPENS,
    ORGANISERS,
    PLAN_EVERY,
    PLANNING,
    QUARTER,
    SECTION,
    TOWN,
    VILLAGE,
    Year,
    programme,
)

QUIET = {"checkin": {"enabled": False}, "materials": {"enabled": False}}
PLAN = """日期,时间,题目,主讲人,系列,专题,地点,对象
2026-01-16,14:30-16:30,城市化与城市品质,浙大 徐教授,美丽洲大讲堂,城市学,区会议中心,
2026-03-13,14:30-16:30,先进制造业布局,省发改委 马处长,美丽洲大讲堂,构建现代产业体系,区会议中心,
2026-05-15,14:30-16:30,低碳乡村,农大 俞教授,美丽洲大讲堂,低碳生态,区会议中心,
2026-07-17,14:30-16:30,党建引领基层治理,党校 韦教授,美丽洲大讲堂,党的建设,区会议中心,
2026-09-11,14:30-16:30,规划纲要解读,省规划院 柏院长,美丽洲大讲堂,十二五规划,区会议中心,
2026-11-13,14:30-16:30,良渚文化与文化名区,良渚院 孟院长,美丽洲大讲堂,创新发展与建设“文化名区”,区会议中心,
2026-04-10,09:00-12:00,春季主体班,党校 韦教授,主体班,转型发展,区委党校,领导干部
2026-10-16,09:00-12:00,秋季主体班,党校 韦教授,主体班,加强与创新社会管理,区委党校,领导干部
2026-06-12,14:00-15:30,项目前期工作实务,陈立,机关干部大讲堂,转型发展,机关礼堂,发改局、住建局
2026-08-14,14:00-15:30,安置房建设实务,张伟,机关干部大讲堂,民主民生,机关礼堂,发改局、住建局
2026-12-04,19:00-20:30,市民礼仪,区文化馆,市民素质大讲堂,民主民生,文化馆,
"""
GAIN = "读后联系本职工作，梳理了项目推进中的三个堵点，列出了改进清单，明确了责任人和完成时限，准备在下季度逐项落实并定期回头检查，确保学以致用、见到实效。"
REFLECTION = "学习中最大的体会是，提升执行力要从小事抓起：凡事有时限、有回音、有复盘。本季度我把三项督办件都压缩了办理时间，并在科室会上交流了做法，下一步坚持下去。"
FINDINGS = "调研走访了十二家企业和六个村社，发现项目前期审批环节多、用地指标衔接不畅、施工协调责任不清三个主要问题，建议推行并联审批、建立用地指标周转池、实行项目专员制度，并由区里每月调度一次，对进度滞后的项目逐个分析原因、限期解决，力争全年项目前期时间压缩三分之一。"


async def test_y1_to_y5_a_year_in_yuhang(hall_with: HallMaker) -> None:
    """Y1, Y2, Y3, Y4, Y5: a whole year by what people say and press; the office's figures are those worked out by hand."""
    hall = await hall_with(start=OPENS, plan_every=PLAN_EVERY, **QUIET)
    year = Year(hall)
    await year.gather()
    everybody = [*ORGANISERS, *LEADERS, *MEMBERS, "评甲", "评乙", "评丙"]
    village = [name for name, unit in {**ORGANISERS, **MEMBERS}.items() if unit == VILLAGE]
    quarter = [name for name, unit in {**ORGANISERS, **MEMBERS}.items() if unit == QUARTER]
    offices = [
        name for name, unit in {**ORGANISERS, **LEADERS, **MEMBERS}.items() if unit in (PLANNING, HOUSING, SECTION)
    ]
    assert (len(everybody), len(village), len(quarter), len(offices)) == (37, 8, 8, 13)

    # January: the programme is put in force, twice; the year's plan; a leader's card shows what is wanted of them.
    assert [await year.apply(programme()) for _ in range(2)] == ["first", "same"]
    await year.say("办公室", "/syllabus")
    await year.people["办公室"].sends(PLAN.encode(), "全年计划.csv")
    await year.breathe()
    preview = await year.reads("办公室")
    await year.press("办公室", "导入")
    await year.say("陈立", "/card")
    empty_card = await year.reads("陈立")
    assert "新增 11 场" in preview
    assert "五个一（2026 年）\n⬜ 一本好书 0/1" in empty_card

    # 16 January: the first lecture. One is on leave, one late, two absent; one of these was there and is put right.
    await year.say("韩冰", "/leave 1月16日 到省里开会")
    await year.press("钱江", "批准")
    await year.leap(1, 16, 14, 30)
    await year.roll("高远", "district", everybody, absent="韩冰 村民7 居民7", late="许诺")
    await year.say("高远", "/rollcall")
    await year.press("高远", "🗂", "名单", "缺 村民7", "√ 到")
    await year.say("高远", "签到时手机没电，现场核实到场")

    # February, March: books and reflections; who reviews is the own unit's organiser.
    await year.leap(2, 3)
    await year.hand_in("陈立 方正 张伟 李军 吴强 沈浩", "读书", "《资治通鉴》 司马光", GAIN)
    await year.review("周明", "同意", "同意")
    await year.review("赵刚", "同意", "同意")
    await year.review("王芳", "同意")
    await year.review("钱江", "同意")
    await year.leap(3, 4)
    await year.say("陈立 方正 张伟 李军 沈浩", "/reflect", REFLECTION)
    await year.press("陈立 方正 张伟 李军 沈浩", "提交")
    for organiser, count in (("周明", 2), ("赵刚", 2), ("钱江", 1)):
        await year.say(organiser, "/reviews")
        await year.press(organiser, "#", "通过")
        for _ in range(count - 1):
            await year.press(organiser, "下一份待审", "通过")

    # March: four innovation topics are proposed; one is rejected; three are applied for and argued before two judges.
    await year.leap(3, 10)
    await year.propose("陈立", "安置房交付提速", mate="方正")
    await year.propose("张伟", "老旧小区加梯一件事", mate="刘洋")
    await year.propose("沈浩", "古镇停车共享")
    await year.propose("吴强", "楼宇经济服务专员")
    for organiser in ("周明", "赵刚", "钱江"):
        await year.review(organiser, "同意")
    await year.review("王芳", "不予通过")
    await year.say("王芳", "与去年立项的课题重复")
    rejected = await year.reads("吴强")
    await year.goes_on(
        "陈立 张伟 沈浩", "一季度摸底，二季度试点，三季度推广，四季度总结，专班每周调度一次", "形成可复制的办法并推广"
    )
    await year.review("高远", "同意", "同意", "同意")
    await year.review("评甲 评乙", "同意", "同意", "同意")
    assert "与去年立项的课题重复" in rejected
    assert "督查" in await year.reads("陈立")

    # The second lecture, with a press too many; the village runs its own lessons, and nobody else's (Y5).
    await year.leap(3, 13, 14, 30)
    await year.roll("高远", "district", everybody, absent="居民7", again="陈立")
    await year.lesson(3, 20, "丁一", "village", village)
    await year.say("丁一", "/sessions 管理", "/card 居民1")
    stranger = await year.reads("丁一")
    foreign = await year.forges("唐二", "sess:open:12")
    assert stranger == "您所管的单位中没有“居民1”。"
    assert foreign == "您没有权限在这里执行此操作，请联系本单位的组织者。"

    # April: the spring class, for leaders alone; golden ideas (Y4): a look-alike, a vote that comes twice, one adopted.
    await year.leap(4, 10, 9)
    await year.roll("高远", "district", LEADERS)
    await year.lesson(4, 17, "唐二", "quarter", quarter)
    await year.say("村民1", "/idea 村口设一个共享农具点，按次登记使用")
    await year.say("居民1", "/idea 社区每周六开放办事窗口，方便上班族")
    await year.say("居民2", "/idea 社区每周六开放办事窗口，方便上班的人")
    await year.press("居民2", "👍")
    for name in ("村民2", "居民3"):
        await year.say(name, "/start idea_2")
        await year.press(name, "👍")
    assert "居民1（塘栖社区） · 3 票" in await year.reads("居民3")
    await year.say("办公室", "/start idea_2")
    adopt = (await year.press("办公室", "采纳"))[0]
    assert adopt.update_id is not None
    await hall.town.redeliver(adopt.update_id)
    await year.breathe()

    # May: reports and the third lecture; June: lectures, and the two given to the offices.
    await year.leap(5, 6)
    await year.hand_in("陈立 方正 李军 何平", "调研报告", "项目前期提速调研", FINDINGS, "›")
    await year.review("周明", "同意", "同意", "同意")
    await year.review("赵刚", "同意")
    await year.leap(5, 15, 14, 30)
    await year.roll("高远", "district", everybody, absent="村民7 居民6 居民7")
    await year.lesson(5, 22, "丁一", "village", village, absent="村民7")
    await year.leap(6, 9)
    await year.hand_in("陈立 方正 张伟 李军", "实务课", "项目前期实务", "2026-06-05", "42", "›")
    await year.review("周明", "同意", "同意")
    await year.review("赵刚", "同意", "同意")
    await year.leap(6, 12, 14)
    await year.roll("高远", "district", offices)

    # July: the office gives reports four points from now on; what was earned stays. Somebody new comes.
    await year.leap(7, 1)
    before = await year.totals()
    assert await year.apply(programme(report_accepted=4)) == "changed"
    assert await year.totals() == before
    await year.leap(7, 6)
    await year.joins(NEWCOMER, TOWN, level=LEADER)
    await year.groups["district"].add(year.people[NEWCOMER].person)
    everybody.append(NEWCOMER)
    await year.leap(7, 8)
    await year.hand_in("张伟 何平", "调研报告", "加装电梯调研", FINDINGS, "›")
    await year.review("周明", "同意")
    await year.review("赵刚", "同意")
    await year.goes_on("陈立 张伟 沈浩", "已在三个点位试行，平均用时明显缩短，下一步全区推开")
    await year.review("办公室", "同意", "同意", "同意")
    await year.leap(7, 17, 14, 30)
    await year.roll("高远", "district", everybody)

    # August, September: a lecture to the offices, a lesson each, the fifth lecture with the bot stopped in the middle.
    await year.leap(8, 14, 14)
    await year.roll("高远", "district", offices, absent="孙悦")
    await year.lesson(8, 21, "丁一", "village", village)
    await year.leap(9, 11, 14, 30)
    await year.roll("高远", "district", everybody, absent="村民7 居民7", restart=True)
    await year.lesson(9, 18, "唐二", "quarter", quarter, absent="居民7")
    await year.hand_in(NEWCOMER, "读书", "《资治通鉴》 司马光", GAIN)
    await year.review("钱江", "同意")

    # October: three judges rate the topics; the last press comes twice, around a restart; the office commends.
    await year.leap(10, 12)
    await year.goes_on("陈立 张伟 沈浩", "五个点位全部完成，平均用时缩短一半，形成制度文件并在全区推广", "›")
    await year.review("评甲", "优秀", "良好", "合格")
    await year.review("评乙", "良好", "优秀", "合格")
    await year.review("评丙", "优秀", "良好")
    last = (await year.press("评丙", "合格"))[0]
    assert last.update_id is not None
    await hall.stop_bot()
    await hall.town.redeliver(last.update_id)
    await hall.start_bot()
    await year.leap(10, 16, 9)
    await year.roll("高远", "district", [*LEADERS, NEWCOMER], absent="许诺")
    await year.leap(10, 20)
    await year.review("办公室", "同意", "同意", "同意")

    # November: points taken by hand are disputed, and rightly so; those with gaps are reminded each week, on one day alone.
    await year.leap(11, 9)
    await year.say("赵刚", "/award 李军 -2 未按时报送材料")
    await year.press("赵刚", "确认记入")
    await year.say("李军", "/card")
    await year.press("李军", "？有异议", "#")
    await year.say("李军", "材料已于 11 月 3 日报送，有收件回执")
    await year.press("赵刚", "支持")
    await year.say("赵刚", "核实有回执，记错了")
    await year.leap(11, 13, 14, 30)
    await year.roll("高远", "district", everybody, absent="居民7")
    await year.leap(12, 1)
    await year.say("办公室", "/sessions 11")
    await year.press("办公室", "取消")
    await year.say("办公室", "场馆检修")
    await year.leap(1, 4, year=2027)

    # January: the office's report, the totals for the assessment, and what a village sees of its own.
    await year.say("办公室", "/report 2026")
    learning = await year.reads("办公室")
    chapters = {}
    for name in ("心得提交情况", "成果情况", "年度任务", "积分情况"):
        await year.press("办公室", name)
        chapters[name] = await year.reads("办公室")
    await year.say("办公室", "/sessions 统计 2026年")
    brands = await year.reads("办公室")
    await year.say("丁一", "/report 2026")
    of_village = await year.reads("丁一")
    await year.say("居民4 韩冰", "/report 2026")
    refused = await year.reads("居民4")
    reminded = [one.text for one in await year.people["许诺"].messages() if "没有完成" in one.text]
    assert hall.app is not None
    register = Counter(str(line["status"]) for line in await hall.app.house.attendance.registers.export())

    # Six lectures for everybody: 3 x 37 + 3 x 38 people, less the leave and 8 absences: 216; two classes for the leaders:
    # 9 + 10 - 1 = 18; two lectures for 13 in the offices: 26 - 1 = 25; three lessons for 8 in the village: 24 - 1 = 23; two for 8
    # in the quarter: 16 - 1 = 15.
    for brand, figures in (
        ("美丽洲大讲堂", "6 场次，216 人次，38 人\n年度计划 6 场，已举办 6 场"),
        ("主体班", "2 场次，18 人次，10 人"),
        ("机关干部大讲堂", "2 场次，25 人次，13 人"),
        ("送课到基层、理论进家门", "5 场次，38 人次，16 人\n年度计划 200 场，已举办 5 场"),
        ("市民素质大讲堂", "0 场次，0 人次，0 人"),
    ):
        assert f"\n{brand}\n{figures}" in brands
    # 6 + 2 + 2 + 5 sessions; 216 + 18 + 25 + 38 attendances. 12 absences: 8 + 1 + 1 + 1 + 1; 297 of 297 + 12 expected are 96.1 %.
    assert "15 场次，297 人次，38 人\n\n另有待举办 0 场、已取消 1 场" in brands
    for line in ("集中学习场次：15 场", "到课人次：297 人次", "到课人数：38 人", "到课率：96.1%", "缺席人次：12 人次"):
        assert line in learning
    assert register == {"present": 296, "late": 1, "leave": 1, "absent": 12}
    # The village: 6 lectures and 3 lessons for 8 people, less two absences and one.
    for line in ("丁山湖村", "集中学习场次：9 场", "到课人次：69 人次", "到课人数：8 人"):
        assert line in of_village
    assert refused == "您没有权限在这里执行此操作，请联系本单位的组织者。"

    # 陈立, 方正: a topic rated excellent 10, a report 3, five ones 5. 张伟: good 6, a report after July 4, five ones 5; 刘洋 was in
    # the topic: 6. 何平: two reports 3 + 4, at most 6 a year. 李军: a report 3; -2 by hand and back. 居民1: an idea 2.
    assert await year.totals() == {"陈立": 18, "方正": 18, "张伟": 15, "刘洋": 6, "何平": 6, "李军": 3, "居民1": 2}
    # 6 books and the newcomer's; 4 topics, 3 of them accepted; 6 reports; 4 lectures. 10 leaders: 陈立, 方正, 张伟 are complete; missing are
    # 李军 1, 沈浩 2, 吴强, 何平 and 秦川 4 each, 韩冰 and 许诺 5 each: 25. Points: 20 + 12 + (4 x 3 + 4 + 3) + 15 + 2 = 68.
    for chapter, lines in (
        ("心得提交情况", ("心得审核通过：5 篇",)),
        (
            "成果情况",
            (
                "读书：通过：7 项",
                "创新实践课题：新增：4 项",
                "创新实践课题：通过：3 项",
                "调研报告：通过：6 项",
                "实务课：通过：4 项",
            ),
        ),
        (
            "成果情况",
            ("创新实践课题 · 优秀：获评：1 项", "创新实践课题 · 良好：获评：1 项", "创新实践课题 · 合格：获评：1 项"),
        ),
        ("年度任务", ("应完成人数：10 人", "全部完成人数：3 人", "尚缺项数：25 项")),
        (
            "积分情况",
            (
                "记分合计：68 分",
                "得分人数：7 人",
                "创新实践课题评为优秀：积分：20 分",
                "良好：积分：12 分",
                "调研报告审核通过：积分：19 分",
            ),
        ),
        ("积分情况", ("全部完成“五个一”：积分：15 分", "“金点子”被采纳：积分：2 分", "人工记分：积分：0 分")),
    ):
        for line in lines:
            assert line in chapters[chapter]
    # 9 first workdays of a week from 2 November on, and 29, 30, 31 December.
    assert len(reminded) == 12
    assert reminded[0].endswith("• 尚缺：一项创新实践课题 0/1（12月31日 23:59 截止）")
