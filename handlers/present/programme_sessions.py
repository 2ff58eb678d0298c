"""Sessions, the menu, roll calls and notes of a programme in plain lines."""

from typing import Final

from handlers.present.material_lists import WEEKDAY_WORDS
from handlers.present.programme_who import hour, listing, titles, who_words
from handlers.texts import N_, Texts
from study.programme import Programme
from study.programme.rollcall import Threshold
from study.programme.series import Meeting

_HOLIDAYS: Final = {
    "skip": N_("not on holidays"),
    "move": N_("moved to the workday before on holidays"),
    "keep": N_("on holidays too"),
}
_PERIODS: Final = {
    "month": N_("at most once a month"),
    "quarter": N_("at most once a quarter"),
    "year": N_("at most once a year"),
}


def series_lines(programme: Programme, t: Texts) -> list[str]:
    """Topics, series with what is wished for in a year, meetings, notices."""
    part = programme.series
    lines = []
    if part.topics:
        lines.append(t("Topics: {names}", names=titles((topic.title for topic in part.topics), t)))
    for series in part.series:
        form = part.form(series.form)
        said = ["" if form is None else form.title.within(t.language)]
        if series.wished is not None:
            said.append(t("{n} sessions a year are wished for", n=series.wished))
        said.append(t("for {who}", who=who_words(series.who, programme, t)))
        words = listing([word for word in said if word], t)
        lines.append(t("Series “{title}”: {words}", title=series.title.within(t.language), words=words))
    lines += [_meeting(one, programme, t) for one in part.meetings]
    told = []
    if part.notices.eve is not None:
        told.append(t("on the workday before at {time}", time=hour(part.notices.eve)))
    if part.notices.minutes_before:
        told.append(t("{n} minutes before the start", n=part.notices.minutes_before))
    if told:
        lines.append(t("Those concerned are told {when}.", when=listing(told, t)))
    if part.notices.eve is not None and part.notices.materials:
        lines.append(t("The material goes with the message of the day before."))
    return lines


def _meeting(meeting: Meeting, programme: Programme, t: Texts) -> str:
    said = [f"{listing((t(WEEKDAY_WORDS[day]) for day in meeting.days), t)} {hour(meeting.at)}"]
    if meeting.every_weeks > 1:
        said.append(t("every {n} weeks", n=meeting.every_weeks))
    said.append(t(_HOLIDAYS[meeting.holidays]))
    if meeting.unit:
        said.append(t("unit {names}", names=meeting.unit))
    if meeting.who is not None:
        said.append(t("for {who}", who=who_words(meeting.who, programme, t)))
    return t("Regular meeting “{title}”: {words}", title=meeting.title.within(t.language), words=listing(said, t))


def menu_lines(programme: Programme, t: Texts) -> list[str]:
    """What can be ordered, whose turn it is."""
    part = programme.menu
    lines = []
    for offer in part.offers:
        title = offer.title.within(t.language)
        lines.append(t("{title} ({lecturer})", title=title, lecturer=offer.lecturer) if offer.lecturer else title)
    if part.wishes:
        lines.append(t("Members may add wishes of their own."))
    if part.votes is not None:
        lines.append(t("Everybody has {n} open votes.", n=part.votes))
    if part.rota:
        lines.append(t("They lecture in turn: {names}", names=titles((one.title for one in part.rota), t)))
    return lines


def rollcall_lines(programme: Programme, t: Texts) -> list[str]:
    """How a roll call goes, when somebody is warned, how an absence is made up for."""
    part = programme.rollcall
    way = t("by button") if part.way == "button" else t("by a code that changes every {n} s", n=part.code_seconds)
    lines = [
        t(
            "Roll call {way}: late after {late} minutes, closed after {close} minutes",
            way=way,
            late=part.late_after,
            close=part.close_after,
        )
    ]
    if part.markers is not None:
        lines.append(t("The register may also be kept by: {who}", who=who_words(part.markers, programme, t)))
    lines += [_warning(one, t) for one in part.warnings]
    rules = part.make_up
    if rules is not None:
        steps = [t("read the material")]
        if rules.questions and (rules.bank or rules.banks):
            steps.append(
                t("a test of {n} questions ({percent}% to pass)", n=rules.questions, percent=rules.pass_percent)
            )
        steps.append(t("signed off"))
        lines.append(t("Absence is made up for within {n} days: {steps}", n=rules.days, steps=listing(steps, t)))
        if rules.leave:
            lines.append(t("Leave is made up for too."))
    return lines


def _warning(one: Threshold, t: Texts) -> str:
    often = t(_PERIODS[one.period])
    if one.absent_in_a_row is not None:
        return t("Warning after {n} absences in a row, {often}", n=one.absent_in_a_row, often=often)
    return t(
        "Warning below {n}% attendance (from {least} sessions on), {often}",
        n=one.rate_below,
        least=one.least,
        often=often,
    )


def notes_lines(programme: Programme, t: Texts) -> list[str]:
    """The form of a note."""
    part = programme.notes
    lines = [t("A note has: {names}", names=titles((field.title for field in part.fields), t))]
    if part.photo:
        lines.append(t("A photo of the page will do too."))
    lines.append(t("It can be written until {n} days after the session.", n=part.days))
    return lines
