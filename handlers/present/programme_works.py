"""Works, quotas, forms and surveys of a programme in plain lines."""

from typing import Final

from handlers.present.programme_who import EVERY_WORDS, listing, titles, who_words
from handlers.texts import N_, Texts
from study.programme import Programme
from study.programme.works import WorkKind

_BY: Final = {
    "person": N_("by each person"),
    "team": N_("by teams"),
    "unit": N_("by each unit"),
}


def works_lines(programme: Programme, t: Texts) -> list[str]:
    """Each kind of work: whose, how often, its stages, its ratings."""
    lines = []
    for kind in programme.works.works:
        said = [t(_BY[kind.by]), t(EVERY_WORDS[kind.period])]
        if kind.most is not None:
            said.append(t("at most {n} each", n=kind.most))
        if kind.blind:
            said.append(t("reviewed without names"))
        said.append(t("for {who}", who=who_words(kind.who, programme, t)))
        lines.append(t("“{title}”: {words}", title=kind.title.within(t.language), words=listing(said, t)))
        if len(kind.stages) > 1:
            lines.append(t("  Stages: {names}", names=" → ".join(one.title.within(t.language) for one in kind.stages)))
        lines += _details(kind, t)
    return lines


def _details(kind: WorkKind, t: Texts) -> list[str]:
    lines = []
    ratings = [rating.title for stage in kind.stages for rating in stage.ratings]
    if ratings:
        lines.append(t("  Ratings: {names}", names=titles(ratings, t)))
    if kind.shortlist is not None:
        lines.append(t("  The best {n} are chosen for the shortlist.", n=kind.shortlist.top))
    if kind.sends_back:
        lines.append(t("  What is missing or vague is named, and it goes back by itself."))
    return lines


def quotas_lines(programme: Programme, t: Texts) -> list[str]:
    """Each quota and its slots."""
    lines = []
    for quota in programme.quotas.quotas:
        slots = listing((f"{slot.title.within(t.language)} × {slot.count}" for slot in quota.slots), t)
        lines.append(
            t(
                "“{title}”, {every}, for {who}: {slots}",
                title=quota.title.within(t.language),
                every=t(EVERY_WORDS[quota.period]),
                who=who_words(quota.who, programme, t),
                slots=slots,
            )
        )
        if quota.remind_days:
            lines.append(t("  Reminders of what is missing in the last {n} days", n=quota.remind_days))
    return lines


def forms_lines(programme: Programme, t: Texts) -> list[str]:
    """Each form, each checklist."""
    lines = []
    for form in programme.forms.forms:
        items = sum(len(aspect.items) for aspect in form.aspects)
        size = t("{aspects} aspects, {items} items", aspects=len(form.aspects), items=items)
        how = t("anonymous, results from {n} answers on", n=form.least) if form.anonymous else t("with names")
        title = form.title.within(t.language)
        lines.append(t("Form “{title}”: {words}", title=title, words=listing([size, how], t)))
    for one in programme.forms.checklists:
        named = programme.forms.of(one.form)
        lines.append(
            t(
                "Checklist “{title}”: from day {day} of the month, within {n} days, for {who}",
                title=one.form if named is None else named.title.within(t.language),
                day=one.day,
                n=one.days,
                who=who_words(one.who, programme, t),
            )
        )
    return lines


def surveys_lines(programme: Programme, t: Texts) -> list[str]:
    """Each survey, who is ranked, what follows from a low rank."""
    lines = []
    for survey in programme.surveys.surveys:
        lines.append(t("Survey “{title}”: open for {n} days", title=survey.title.within(t.language), n=survey.days))
        for tier in survey.tiers:
            title = tier.title.within(t.language)
            lines.append(
                t(
                    "  Ranked: {title}; the last {n} put it right within {days} days",
                    title=title,
                    n=tier.lowest,
                    days=tier.rectify_days,
                )
                if tier.lowest
                else t("  Ranked: {title}", title=title)
            )
    return lines
