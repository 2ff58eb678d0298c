"""Yuhang's year (Y1 to Y5): five ones, brands of lectures, innovation topics, golden ideas, units that run themselves.

37 people in January, 38 from July: 7 organisers, 9 (then 10) leaders, 18 members, 3 judges, in 8 units on three levels.
"""

from tests.hall import HallMaker
from tests.scenarios.yuhang import (
    HOUSING,
    LEADERS,
    MEMBERS,
    OPENS,
    ORGANISERS,
    PLANNING,
    QUARTER,
    SECTION,
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
    hall = await hall_with(start=OPENS, **QUIET)
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
    for leader in ("陈立", "张伟", "沈浩"):
        await year.say(leader, "/works")
        await year.press(leader, year.topics[leader])
        await year.fill(
            leader, "先试点、再推广，一季度摸底，二季度试点，三季度总结，专班每周调度一次", "形成可复制的办法并推广"
        )
    await year.review("高远", "同意", "同意", "同意")
    await year.review("评甲 评乙", "同意", "同意", "同意")
    assert "与去年立项的课题重复" in rejected
    assert "论证" not in await year.reads("陈立")

    # The second lecture, with a press too many; the village runs its own lessons, and nobody else's (Y5).
    await year.leap(3, 13, 14, 30)
    await year.roll("高远", "district", everybody, absent="居民7")
    twice = await year.again("陈立", "district")
    for month, day, who, group, expected, absent in (
        (3, 20, "丁一", "village", village, ""),
        (4, 17, "唐二", "quarter", quarter, ""),
    ):
        await year.lesson(month, day, who, group, expected, absent)
    print(twice)
    print(await year.reads("唐二"))
