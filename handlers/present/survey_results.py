"""The results of a survey: as text, as a workbook, as a picture for each tier."""

from collections.abc import Sequence

from handlers.callback_data import pack
from handlers.present.forms import words
from handlers.present.pages import pager
from handlers.present.pictures.standings import Line, StandingsPicture
from handlers.present.shown import Attachment, Button, Shown, cut, shows
from handlers.present.surveys import STATES
from handlers.texts import Texts, bold, escape
from quizzes.cell_markup import Cell
from quizzes.tables import Page, write_workbook
from study.survey_figures import Said
from study.survey_views import IndicatorLine, SurveyFile, SurveyPicture, SurveyResult, TierRanking

FILE = "survey-table:"
PICTURE = "survey-picture:"
"""How the stored names begin; the survey's number, the reader's and a tier follow."""
_A_PAGE = 25
_DRAWN = 40


@shows(SurveyResult)
def result(view: SurveyResult, t: Texts) -> Shown:
    """Page by page: the figures, the ranking of each tier, the indicators."""
    pages = [_summary(view, t), *(page for tier in view.tiers for page in _tier(tier, view.least, t))]
    pages += _indicators(view.indicators, t)
    at = min(max(view.page, 0), len(pages) - 1)
    rows = pager(at, len(pages), lambda page: pack("survey", "show", view.evaluation, page), t)
    written = []
    if view.problems:
        label = t("Problems ({n})", n=view.problems)
        written.append(Button(label, pack("run_said", view.evaluation, "problem", 0)))
    if view.suggestions:
        label = t("Suggestions ({n})", n=view.suggestions)
        written.append(Button(label, pack("run_said", view.evaluation, "suggestion", 0)))
    if written:
        rows.append(tuple(written))
    if view.may_rectify and view.to_rectify:
        label = t("Give rectification tasks ({n})", n=view.to_rectify)
        rows.append((Button(label, pack("run", "rectify", view.evaluation)),))
    rows.append(
        (
            Button(t("Table (XLSX)"), pack("run", "file", view.evaluation)),
            Button(t("Picture"), pack("run", "picture", view.evaluation)),
        )
    )
    rows.append((Button(t("‹ All surveys"), pack("survey", "menu")),))
    return Shown(f"📊 {bold(escape(words(view.title, t)))}\n{pages[at]}", tuple(rows))


def _summary(view: SurveyResult, t: Texts) -> str:
    lines = [
        t.html("People who answered all: {done} of {all}", done=view.finished, all=view.raters),
        t.html("Forms sent: {done} of {all}", done=view.answered, all=view.asked),
    ]
    if view.score is not None:
        lines.append(t.html("Mean of the units: {score} of 100", score=f"{view.score:.1f}"))
    lines.append(t.html("Problems: {p} · suggestions: {s}", p=view.problems, s=view.suggestions))
    for tier in view.tiers:
        lines.append(t.html("{tier}: {count} units ranked", tier=words(tier.title, t), count=tier.count))
        low = [unit.name for unit in tier.units if unit.low]
        if low:
            action = words(tier.action, t) if tier.action is not None else t("lowest")
            lines.append(t.html("↳ {action}: {names}", action=action, names=t(", ").join(low)))
    hidden = sum(tier.hidden for tier in view.tiers)
    if hidden:
        lines.append(t.html("Fewer than {least} answers, in no figure: {n} units", least=view.least, n=hidden))
    if view.rectifications:
        states = t(", ").join(f"{t(STATES[state])} {count}" for state, count in sorted(view.rectifications.items()))
        lines.append(t.html("To be put right: {n} ({states})", n=sum(view.rectifications.values()), states=states))
    return "\n".join(lines)


def _tier(tier: TierRanking, least: int, t: Texts) -> list[str]:
    pages = []
    for first in range(0, len(tier.units), _A_PAGE):
        lines: list[str] = [bold(t.html("{tier}, {count} ranked", tier=words(tier.title, t), count=tier.count))]
        for unit in tier.units[first : first + _A_PAGE]:
            mark = f" ⚠️ {escape(t(STATES[unit.rectification]))}" if unit.low else ""
            answers = escape(t.plural("{n} answer", "{n} answers", unit.answered))
            lines.append(f"{unit.rank}. {escape(cut(unit.name, 30))} <b>{unit.score:.1f}</b> · {answers}{mark}")
        pages.append("\n".join(lines))
    return pages


def _indicators(lines: Sequence[IndicatorLine], t: Texts) -> list[str]:
    pages = []
    for first in range(0, len(lines), _A_PAGE):
        aspect, shown = "", list[str]([bold(t.html("Indicators, mean of the units"))])
        for line in lines[first : first + _A_PAGE]:
            name = "" if line.aspect is None else words(line.aspect, t)
            if name != aspect:
                shown.append(f"\n<b>{escape(name)}</b>")
                aspect = name
            shown.append(f"{escape(cut(words(line.title, t), 60))} {line.score:.1f}")
        pages.append("\n".join(shown))
    return pages


@shows(SurveyFile)
def file(view: SurveyFile, t: Texts) -> Shown:
    """The message that brings the workbook."""
    name = f"survey-{view.evaluation}.xlsx"
    attachment = Attachment("document", stored=f"{FILE}{view.evaluation}:{view.user_id}:", name=name)
    return Shown(t.html("Results of “{title}”", title=words(view.title, t)), attachment=attachment)


@shows(SurveyPicture)
def picture(view: SurveyPicture, t: Texts) -> Shown:
    """The message that brings a ranking as a picture."""
    stored = f"{PICTURE}{view.evaluation}:{view.user_id}:{view.tier}"
    attachment = Attachment("photo", stored=stored, name=f"survey-{view.evaluation}-{view.tier}.png")
    text = t.html("Results of “{title}”", title=words(view.title, t))
    return Shown(f"{text} · {escape(words(view.tier_title, t))}", attachment=attachment)


def wish_of(stored: str) -> tuple[int, int, str]:
    """The survey, the reader and the tier (if it is one) that a stored name means."""
    evaluation, user, tier = stored.partition(":")[2].split(":")
    return int(evaluation), int(user), tier


def workbook(facts: SurveyResult, said: Sequence[Said], t: Texts) -> bytes:
    """A sheet a tier, one of the indicators, one of what was written (without any name or time)."""
    pages = []
    for tier in facts.tiers:
        headers = [t("Rank"), t("Unit"), t("Path"), t("Score"), t("Answers received"), t("To be put right")]
        rows: list[list[Cell]] = [
            [
                unit.rank,
                unit.name,
                unit.path,
                round(unit.score, 2),
                unit.answered,
                t(STATES[unit.rectification]) if unit.low else "",
            ]
            for unit in tier.units
        ]
        pages.append(Page(cut(words(tier.title, t), 30), headers, rows))
    indicators: list[list[Cell]] = [
        ["" if line.aspect is None else words(line.aspect, t), words(line.title, t), round(line.score, 2)]
        for line in facts.indicators
    ]
    pages.append(Page(t("Indicators"), [t("Aspect"), t("Indicator"), t("Score")], indicators))
    kinds = {"problem": t("Problem"), "suggestion": t("Suggestion")}
    written: list[list[Cell]] = [[kinds[one.collects], one.unit, one.text, t(STATES[one.state])] for one in said]
    pages.append(Page(t("Written answers"), [t("Kind"), t("Unit"), t("Text"), t("State")], written))
    return write_workbook(pages)


def drawing(facts: SurveyResult, tier_key: str, programme: str, t: Texts) -> StandingsPicture:
    """The ranking of a tier as it is drawn; of a long one the first."""
    tier = next(tier for tier in facts.tiers if tier.key == tier_key)
    more = len(tier.units) - _DRAWN
    return StandingsPicture(
        over=programme,
        title=words(facts.title, t),
        below=t("{tier}, {count} ranked", tier=words(tier.title, t), count=tier.count),
        lines=tuple(
            Line(
                unit.rank,
                unit.name,
                f"{unit.score:.1f}",
                t.plural("{n} answer", "{n} answers", unit.answered),
            )
            for unit in tier.units[:_DRAWN]
        ),
        note=t("… and {n} more", n=more) if more > 0 else "",
    )
