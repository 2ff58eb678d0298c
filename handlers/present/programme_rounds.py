"""Rounds, the duties of observers and the question of the day of a programme in plain lines."""

from typing import Final

from handlers.present.material_lists import WEEKDAY_WORDS
from handlers.present.programme_who import EVERY_WORDS, days_words, hour, listing, titles, who_words
from handlers.texts import N_, Texts
from study.programme import Programme
from study.programme.rounds import DayRule, RoundPlan

_SHIFTS: Final = {
    "none": N_("on holidays too"),
    "before": N_("moved to the workday before on holidays"),
    "after": N_("moved to the next workday on holidays"),
}
_ORDINALS: Final = {
    "first": N_("first {day}"),
    "second": N_("second {day}"),
    "third": N_("third {day}"),
    "fourth": N_("fourth {day}"),
    "last": N_("last {day}"),
}


def rounds_lines(programme: Programme, t: Texts) -> list[str]:
    """Each kind of round; what observers do at regular times."""
    lines = []
    for plan in programme.rounds.rounds:
        title = plan.title.within(t.language)
        lines.append(t("“{title}”: {words}", title=title, words=listing(_when(plan, t), t)))
        lines.append(
            t(
                "  Groups of {most} at most, {n} s for each speaker, for {who}",
                most=plan.most,
                n=plan.speaking_seconds,
                who=who_words(plan.who, programme, t),
            )
        )
        lines.append(
            t("  Announced {n} workdays before, reminder {m} workdays before", n=plan.announce_days, m=plan.remind_days)
        )
        if plan.musts:
            lines.append(t("  To study in the meeting: {names}", names=titles((one.title for one in plan.musts), t)))
        named = [form.title for _, key in plan.forms.named() if (form := programme.forms.of(key)) is not None]
        if named:
            lines.append(t("  Evaluation within {n} workdays: {names}", n=plan.evaluation_days, names=titles(named, t)))
    duties = (
        t(
            "Regular duty “{title}”: {every}, {who}",
            title=duty.title.within(t.language),
            every=t(EVERY_WORDS[duty.every]),
            who=who_words(duty.who, programme, t),
        )
        for duty in programme.rounds.duties
    )
    return [*lines, *duties]


def _when(plan: RoundPlan, t: Texts) -> list[str]:
    said = []
    if plan.days:
        said.append(t("each month: {days}", days=listing((_day(day, t) for day in plan.days), t)))
    if plan.weeks is not None:
        said.append(t("every {n} weeks", n=plan.weeks.every))
        said.append(t(WEEKDAY_WORDS[plan.weeks.on]))
    return [*said, hour(plan.at), t(_SHIFTS[plan.shift])]


def _day(rule: DayRule, t: Texts) -> str:
    if isinstance(rule, int):
        return t("day {n}", n=rule)
    if rule == "last day":
        return t("last day")
    which, _, what = rule.partition(" ")
    return t(_ORDINALS[which], day=t("workday") if what == "workday" else t(WEEKDAY_WORDS[what]))


def daily_lines(programme: Programme, t: Texts) -> list[str]:
    """Each question of the day."""
    lines = []
    for plan in programme.daily.cards:
        where = [t("in the units' groups")] if plan.groups else []
        if plan.private:
            where.append(t("to each in private"))
        lines.append(
            t(
                "“{title}”: {days} {at}–{closes}, bank “{bank}”, {where}",
                title=plan.title.within(t.language),
                days=days_words(plan.days, t),
                at=hour(plan.at),
                closes=hour(plan.closes),
                bank=plan.bank,
                where=listing(where, t),
            )
        )
    return lines
