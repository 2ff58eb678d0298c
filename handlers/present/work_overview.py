"""Works as organisers see them: counts, lists, quotas, the shortlist."""

from handlers.callback_data import pack
from handlers.present.pages import pager
from handlers.present.shown import Button, Shown, cut, in_rows, shows
from handlers.present.work_words import people_of, score_of, state_of
from handlers.present.works import period_name
from handlers.texts import Texts, escape
from study.work_views import KindOverview, Overview, QuotaOverview, ShortlistView, UnitCount, YearList


@shows(Overview)
def overview(view: Overview, t: Texts) -> Shown:
    """A line and a button for each kind and each quota."""
    lines, rows = [f"<b>{t.html('Overview of all works')}</b>"], []
    for kind in view.kinds:
        title = escape(kind.title.within(t.language))
        counts = t.html(
            "handed in {begun}: with the author {writing}, under review {review}, approved {accepted}",
            begun=kind.begun,
            writing=kind.writing,
            review=kind.review,
            accepted=kind.accepted,
        )
        lines.append(f"<b>{title}</b> · {escape(period_name(kind.period, t))}\n{counts}")
        rows.append((Button(cut(kind.title.within(t.language), 40), pack("wall", "kind", kind.key, kind.period, 0)),))
    for key, name, period, filled, people in view.quotas:
        counts = t.html("filled by {filled} of {people} people", filled=filled, people=people)
        lines.append(f"<b>{escape(name.within(t.language))}</b> · {escape(period_name(period, t))}\n{counts}")
        rows.append((Button(cut(name.within(t.language), 40), pack("wall", "quota", key, 0)),))
    return Shown("\n\n".join(lines), tuple(rows))


@shows(KindOverview)
def kind(view: KindOverview, t: Texts) -> Shown:
    """One kind in a period."""
    title = escape(view.title.within(t.language))
    lines = [f"<b>{title}</b> · {escape(period_name(view.period, t))}"]
    if view.by_unit:
        lines.append(t.html("Units with a valid plan: {valid} of {asked}", valid=view.valid, asked=view.asked))
    lines.append(
        t.html(
            "Handed in {begun}, of these approved {accepted}; not approved besides: {rejected}",
            begun=view.begun,
            accepted=view.accepted,
            rejected=view.rejected,
        )
    )
    for stage, writing, review in view.stages:
        if writing or review:
            lines.append(
                t.html(
                    "{stage}: with the author {writing}, with the reviewers {review}",
                    stage=stage.within(t.language),
                    writing=writing,
                    review=review,
                )
            )
    if any(count for _, count in view.ratings):
        lines.append(
            escape(t(", ").join(f"{rating.within(t.language)} {count}" for rating, count in view.ratings if count))
        )
    if view.units:
        lines += ["", t.html("By unit (approved / all):"), *(_unit(unit, by_unit=view.by_unit) for unit in view.units)]
    at = (view.key, view.period)
    rows = pager(view.page, view.pages, lambda page: pack("wall", "kind", *at, page), t)
    rows.append(
        (
            Button(f"‹ {period_name(view.before, t)}", pack("wall", "kind", view.key, view.before, 0)),
            Button(f"{period_name(view.after, t)} ›", pack("wall", "kind", view.key, view.after, 0)),
        )
    )
    if view.begun:
        rows.append((Button(t("List of the works"), pack("wall", "list", *at, 0)),))
    if view.may_choose:
        rows.append((Button(t("Shortlist"), pack("wall", "short", *at)),))
    rows.append((Button(t("‹ Back"), pack("wall", "all")),))
    return Shown("\n".join(lines), tuple(rows))


def _unit(unit: UnitCount, *, by_unit: bool) -> str:
    name = escape(cut(unit.unit, 40))
    if by_unit:
        return f"{'✅' if unit.accepted else '⏳' if unit.begun else '⬜'} {name}"
    return f"{name} {unit.accepted}/{unit.begun}"


@shows(YearList)
def year_list(view: YearList, t: Texts) -> Shown:
    """The works of a period, numbered."""
    title = escape(view.title.within(t.language))
    counts = t.html("{n} works", n=view.total)
    lines = [f"<b>{title}</b> · {escape(period_name(view.period, t))} · {counts}"]
    for number, head in enumerate(view.works, start=view.first):
        facts = " · ".join((people_of(head, t), state_of(head, t)))
        lines.append(f"{number}. {escape(cut(head.title, 50))}\n{escape(facts)}")
    at = (view.key, view.period)
    rows = pager(view.page, view.pages, lambda page: pack("wall", "list", *at, page), t)
    works = [
        Button(f"{number}", pack("work", "open", head.id, 0))
        for number, head in enumerate(view.works, start=view.first)
    ]
    rows += in_rows(works, 5)
    rows.append(
        (
            Button("XLSX", pack("exp", "works", "xlsx")),
            Button(t("‹ Back"), pack("wall", "kind", *at, 0)),
        )
    )
    return Shown("\n".join(lines), tuple(rows))


@shows(QuotaOverview)
def quota(view: QuotaOverview, t: Texts) -> Shown:
    """Who has not filled a quota yet, and what is missing."""
    title = escape(view.title.within(t.language))
    counts = t.html("filled by {filled} of {people} people", filled=view.filled, people=view.people)
    lines = [f"<b>{title}</b> · {escape(period_name(view.period, t))}", counts, ""]
    for name, unit, slots in view.missing:
        gaps = t(", ").join(f"{slot.title.within(t.language)} {slot.done}/{slot.wanted}" for slot in slots)
        lines.append(t.html("{name} ({unit}): {gaps}", name=name, unit=unit, gaps=gaps))
    rows = pager(view.page, view.pages, lambda page: pack("wall", "quota", view.key, page), t)
    rows.append((Button(t("‹ Back"), pack("wall", "all")),))
    return Shown("\n".join(lines), tuple(rows))


@shows(ShortlistView)
def shortlist(view: ShortlistView, t: Texts) -> Shown:
    """The best, before anybody is told."""
    title = t.html("Shortlist: {n} of {scored} that were scored", n=len(view.works), scored=view.scored)
    lines = [f"<b>{escape(view.title.within(t.language))}</b> · {escape(period_name(view.period, t))}", title]
    for place, head in enumerate(view.works, start=1):
        score = "" if head.score is None else score_of(head.score)
        lines.append(f"{place}. {escape(people_of(head, t))} · {score}\n{escape(cut(head.title, 50))}")
    lines.append(t.html("Their authors are told and asked whether it may be published."))
    return Shown(
        "\n".join(lines),
        (
            (Button(t("Choose these"), pack("wall", "choose", view.key, view.period)),),
            (Button(t("‹ Back"), pack("wall", "kind", view.key, view.period, 0)),),
        ),
    )


def chosen(t: Texts, count: int) -> str:
    """The toast after the choice."""
    return t("Chosen: {n}", n=count)
