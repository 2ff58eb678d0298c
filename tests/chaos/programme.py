"""The programme of the office: something of each kind that a kill may fall into."""

from datetime import time

from study.programme import Programme
from study.programme.claims import Claims, Milestone, Pool
from study.programme.points import PointRule, Points
from study.programme.reports import ReportChapter, ReportPlan, ReportsPart
from study.programme.rounds import Reading, RoundPlan, Rounds
from study.programme.words import Title
from study.programme.works import Reviewers, WorkField, WorkKind, Works, WorkStage

RULES = {
    "checked_in": "checkin.on_time",
    "checked_in_late": "checkin.late",
    "handed_in": "task.handed_in",
    "accepted": "work.accepted",
    "read": "round.read",
    "closed": "item.closed",
}
"""By the rule's key, what gives a point."""

PROGRAMME = Programme(
    name="chaos",
    points=Points(
        rules=tuple(PointRule(key=key, title=Title(key), on=happening, points=1) for key, happening in RULES.items())
    ),
    works=Works(
        works=(
            WorkKind(
                key="book",
                title=Title("读书"),
                fields=(WorkField(key="name", title=Title("书名")), WorkField(key="gain", title=Title("收获"))),
                stages=(
                    WorkStage(key="hand_in", title=Title("初审"), reviewers=Reviewers(organisers="unit")),
                    WorkStage(key="final", title=Title("终审"), reviewers=Reviewers(organisers="unit")),
                ),
            ),
        )
    ),
    claims=Claims(
        pools=(
            Pool(
                key="service",
                title=Title("民生实事"),
                most=50,
                milestones=(Milestone(key="done", title=Title("办结"), days=30),),
            ),
        )
    ),
    rounds=Rounds(
        rounds=(
            RoundPlan(
                key="study_speak",
                title=Title("学讲评"),
                days=(3,),
                at=time(15, 0),
                depth=1,
                most=50,
                speaking_seconds=180,
                reading=(Reading(title=Title("会前学习材料"), url="https://example.org/reading"),),
                agenda=(Title("集中领学"),),
            ),
        )
    ),
    reports=ReportsPart(
        reports=(
            ReportPlan(
                key="monthly",
                title=Title("月通报"),
                draft_day=0,
                chapters=(ReportChapter(key="study", title=Title("学习情况"), figures=("checkins.made",)),),
            ),
        )
    ),
)
