"""Works as those see them who have some: the list, the sheet, the form, the team, what is asked and told."""

from handlers.callback_data import pack
from handlers.present.pages import pager
from handlers.present.shown import Attachment, Button, Shown, cut, in_rows, shows
from handlers.present.work_words import (
    due_of,
    fault_of,
    faults_of,
    line_of,
    name_of,
    people_of,
    progress_of,
    state_of,
    way_of,
)
from handlers.texts import N_, Html, Texts, escape
from study.task_publishing import parts_of
from study.work_views import (
    AnswerView,
    Consent,
    FormCard,
    Home,
    Joined,
    Period,
    Published,
    QuotaView,
    ReviewPart,
    Sheet,
    Team,
)

_PAGE = 2000
_STANDS = 1200
_TAKES = {
    "text": N_("Please send the text."),
    "number": N_("Please send the number alone, such as 25."),
    "date": N_("Please send the day, such as 2026-12-31."),
    "choice": N_("Please choose an answer."),
    "unit": N_("Please send the name of the unit."),
    "file": N_("Please send the file (or photos)."),
    "photo": N_("Please send the photo."),
}


@shows(Home)
def home(view: Home, t: Texts) -> Shown:
    """What is owed, what is under way, and what can be begun."""
    parts = [f"<b>{t.html('My works')}</b>", *("\n".join(quota_lines(quota, t)) for quota in view.quotas)]
    parts += [line_of(head, t) for head in view.own]
    if not view.own and view.kinds:
        parts.append(t.html("You have begun nothing yet."))
    rows: list[tuple[Button, ...]] = [
        (Button(name_of(head, t, 48), pack("work", "open", head.id, 0)),) for head in view.own
    ]
    rows += pager(view.page, view.pages, lambda page: pack("work", "home", page), t)
    rows += [
        (Button(f"＋ {cut(kind.title.within(t.language), 40)}", pack("work", "new", kind.key)),) for kind in view.kinds
    ]
    if view.waiting:
        rows.append((Button(t("Waiting for my review: {n}", n=view.waiting), pack("wrev", "list", 0)),))
    if view.oversees:
        rows.append((Button(t("Overview of all works"), pack("wall", "all")),))
    return Shown("\n\n".join(parts), tuple(rows))


def quota_lines(quota: QuotaView, t: Texts) -> list[str]:
    """A quota with its period, and a line a slot: what there is of what is wanted; HTML."""
    slots = [
        f"{'✅' if slot.done >= slot.wanted else '⬜'} {escape(slot.title.within(t.language))} {slot.done}/{slot.wanted}"
        for slot in quota.slots
    ]
    head = t.html("{title}, {period}", title=quota.title.within(t.language), period=period_name(quota.period, t))
    return [f"<b>{head}</b>", *slots]


def period_name(period: str, t: Texts) -> str:
    """A period in words: ``2026Q3`` is the third quarter of 2026; plain words."""
    year = period[:4]
    if "Q" in period:
        return t("quarter {n} of {year}", n=period[-1], year=year)
    if "H" in period:
        return t("half {n} of {year}", n=period[-1], year=year)
    if "-" in period:
        return t("month {n} of {year}", n=int(period[5:]), year=year)
    return t("year {year}", year=year)


@shows(Sheet)
def sheet(view: Sheet, t: Texts) -> Shown:
    """The whole work, page by page, with what its reader may do."""
    head, review = view.head, view.review
    pages = parts_of("\n".join(_answer(one, t) for one in view.answers), _PAGE)
    at = max(0, min(view.page, len(pages) - 1))
    facts = [escape(people_of(head, t)), way_of(view.way, t), _state(view, t)]
    parts = [f"<b>{escape(name_of(head, t, 120))}</b>\n" + "\n".join(fact for fact in facts if fact)]
    if head.phase == "writing" and head.returned:
        parts.append("\n".join(part for part in (_why(view, t), faults_of(view.faults, t)) if part))
    elif view.reason and head.phase == "rejected":
        parts.append(_why(view, t))
    if view.progress is not None:
        parts.append(progress_of(view.progress, t))
    if pages[at]:
        parts.append(escape(pages[at]))
    if view.files:
        parts.append(t.html("Photos and files: {n}", n=view.files))
    if review is not None and not review.settled and (review.needed > 1 or review.given):
        given = t.html("Opinions: {given} of {needed}", given=review.opinions, needed=review.needed)
        yours = t.html("yours counts already")
        parts.append(f"{given} · {yours}" if review.given else given)
    if view.sure:
        parts.append(t.html("Do you want to withdraw it? That cannot be undone."))
    rows = pager(at, len(pages), lambda page: pack("work", "open", head.id, page), t)
    return Shown("\n\n".join(parts), (*rows, *_doings(view, t)))


def _state(view: Sheet, t: Texts) -> str:
    due = due_of(view.head, t)
    state = t.html("State: {state}", state=state_of(view.head, t))
    return f"{state} · {escape(due)}" if due else state


def _why(view: Sheet, t: Texts) -> str:
    if view.reason:
        return t.html("Reason: {reason}", reason=cut(view.reason, 600))
    if any(fault.problem != "reviewer" for fault in view.faults):
        return t.html("It went back by itself; nobody has read it yet. Please correct:")
    return t.html("Please correct:")


def _answer(one: AnswerView, t: Texts) -> str:
    text = one.text if one.choice is None else one.choice.within(t.language)
    said = " ".join(part for part in (text, f"📎{one.files}" if one.files else "") if part)
    return t("{title}: {text}", title=one.title.within(t.language), text=said)


def _doings(view: Sheet, t: Texts) -> tuple[tuple[Button, ...], ...]:
    number = view.head.id
    if view.sure:
        return (
            (
                Button(t("Yes, withdraw it"), pack("work", "off", number)),
                Button(t("No, keep it"), pack("work", "open", number, 0)),
            ),
        )
    rows: list[tuple[Button, ...]] = []
    if view.may_write:
        first = [Button(t("Fill in"), pack("work", "form", number, -1))]
        if view.may_hand_in:
            first.insert(0, Button(t("Hand in now"), pack("work", "hand", number)))
        rows.append(tuple(first))
    if view.review is not None and not view.review.given:
        rows += _ruling(number, view.review, t)
    if view.may_report:
        rows.append((Button(t("Report progress"), pack("work", "report", number)),))
    more = []
    if view.team:
        more.append(Button(t("Members"), pack("work", "team", number)))
    if view.files:
        more.append(Button(t("Send me the files"), pack("work", "files", number)))
    if view.versions > 1:
        more.append(Button(t("Versions"), pack("work", "vers", number, 0)))
    if view.versions or view.head.phase != "writing":
        more.append(Button(t("Log"), pack("work", "log", number, -1)))
    if view.may_withdraw:
        more.append(Button(t("Withdraw it"), pack("work", "sure", number)))
    rows += in_rows(more, 3)
    return tuple(rows)


def _ruling(number: int, review: ReviewPart, t: Texts) -> list[tuple[Button, ...]]:
    at = (number, review.stage, review.version)
    backs = [
        Button(
            t("Return it") if len(review.back) == 1 else cut(t("Return to {stage}", stage=title.within(t.language))),
            pack("wrev", "ask", "return", *at, stage),
        )
        for stage, title in review.back
    ]
    rows = list(in_rows(backs, 3))
    if review.settled:
        return rows
    if review.may_reject:
        rows.append((Button(t("Reject it for good"), pack("wrev", "ask", "reject", *at, 0)),))
    if review.scored:
        return [(Button(t("Give points"), pack("wrev", "ask", "score", *at, 0)),), *rows]
    if not review.ratings:
        return [(Button(t("Let it pass"), pack("wrev", "ok", *at, -1)),), *rows]
    ratings = [
        Button(cut(rating.within(t.language)), pack("wrev", "ok", *at, place))
        for place, rating in enumerate(review.ratings)
    ]
    return [*in_rows(ratings, 4), *rows]


@shows(FormCard)
def form(view: FormCard, t: Texts) -> Shown:
    """One field: what is wanted, what stands there, buttons to move."""
    title = t.html("{kind} ({at}/{total})", kind=view.kind_title.within(t.language), at=view.at + 1, total=view.total)
    name = escape(view.title.within(t.language))
    optional = t.html("(may be left out)")
    lines = [title, f"<b>{name}</b>" if view.required else f"<b>{name}</b> {optional}"]
    if view.hint is not None:
        lines.append(escape(view.hint.within(t.language)))
    if view.example is not None:
        lines.append(t.html("Example: {example}", example=view.example.within(t.language)))
    if view.least > 1:
        lines.append(t.html("At least {least} characters.", least=view.least))
    stands = view.text if view.choice is None else view.choice.within(t.language)
    if stands or view.files:
        said = " ".join(part for part in (cut(stands, _STANDS), f"📎{view.files}" if view.files else "") if part)
        lines.append("\n" + t.html("Stands there now: {text}", text=said))
    if view.fault is not None:
        lines.append(f"⚠️ {fault_of(view.fault, t)}")
    lines.append("\n" + t.html(_TAKES[view.takes]))
    return Shown("\n".join(lines), _moves(view, bool(stands or view.files), t))


def _moves(view: FormCard, stands: bool, t: Texts) -> tuple[tuple[Button, ...], ...]:
    choices = [
        Button(cut(choice.within(t.language)), pack("work", "pick", view.work, view.at, place))
        for place, choice in enumerate(view.choices)
    ]
    move = []
    if view.at > 0:
        move.append(Button(t("‹ Field before"), pack("work", "form", view.work, view.at - 1)))
    move.append(Button(t("Next field ›") if stands else t("Skip ›"), pack("work", "form", view.work, view.at + 1)))
    last = [Button(t("Save and leave"), pack("work", "leave", view.work))]
    if stands:
        last.insert(0, Button(t("Empty it"), pack("work", "pick", view.work, view.at, -1)))
    return (*in_rows(choices, 2), tuple(move), tuple(last))


@shows(Team)
def team(view: Team, t: Texts) -> Shown:
    """Who takes part; names that are sent are added."""
    lines = [f"<b>{escape(name_of(view.head, t))}</b>", t.html("Leader: {name}", name=view.head.authors[0])]
    lines += [t.html("{name} ({unit})", name=name, unit=unit) for _, name, unit in view.members]
    lines.append("\n" + t.html("To add members, send their names, several at once if you like."))
    drops = [
        Button(cut(t("Remove {name}", name=name)), pack("work", "drop", view.head.id, person))
        for person, name, _ in view.members[:60]
    ]
    return Shown(
        "\n".join(lines), (*in_rows(drops, 2), (Button(t("Done adding"), pack("work", "open", view.head.id, 0)),))
    )


@shows(Joined)
def joined(view: Joined, t: Texts) -> Shown:
    """For somebody who was added."""
    text = t.html("{by} has added you to “{name}”.", by=view.by, name=name_of(view.head, t))
    return Shown(text, ((Button(t("Look at it"), pack("work", "open", view.head.id, 0)),),))


@shows(Period)
def period(view: Period, t: Texts) -> Shown:
    """A period begins."""
    title = view.title.within(t.language)
    text = t.html(
        "<b>{title}</b>, {period}: please hand it in by {last}.",
        title=title,
        period=period_name(view.period, t),
        last=t.day(view.last),
    )
    about = "" if view.about is None else f"\n\n{escape(view.about.within(t.language))}"
    return Shown(f"{text}{about}", ((Button(t("Begin to fill in"), pack("work", "new", view.key)),),))


@shows(Consent)
def consent(view: Consent, t: Texts) -> Shown:
    """The question, or the answer that was given."""
    name = name_of(view.head, t)
    if view.answered == "refused":
        return Shown(t.html("“{name}” is not published. Nobody in the group hears of it.", name=name))
    if view.answered:
        if not view.groups:
            return Shown(t.html("Thank you! There is no group yet in which “{name}” could be published.", name=name))
        if view.answered == "named":
            return Shown(t.html("Thank you! “{name}” is published in the group with your name.", name=name))
        return Shown(t.html("Thank you! “{name}” is published in the group without your name.", name=name))
    number = view.head.id
    return Shown(
        t.html("🌟 May I publish “{name}” in the group, for others to learn from?", name=name),
        (
            (
                Button(t("With my name"), pack("work", "say", number, "named")),
                Button(t("Without my name"), pack("work", "say", number, "anonymous")),
            ),
            (Button(t("Do not publish"), pack("work", "say", number, "refused")),),
        ),
    )


@shows(Published)
def published(view: Published, t: Texts) -> Shown:
    """A good work, part by part."""
    by = t.html("By {name} ({unit})", name=view.author, unit=view.unit) if view.author else t.html("By a colleague")
    kind = view.kind_title.within(t.language)
    head = f"🌟 <b>{escape(kind)}</b>\n{by}" if view.part == 1 else ""
    number = f"({view.part}/{view.parts})" if view.parts > 1 else ""
    file = Attachment("photo" if view.photo else "document", file_id=view.file_id) if view.file_id else None
    return Shown("\n\n".join(part for part in (head, Html(escape(view.text)), number) if part), attachment=file)


def handed_in(t: Texts, became: str) -> str:
    """The toast after handing in."""
    if became == "sent_back":
        return t("It went back: please correct what is named.")
    return t("It has passed.") if became == "accepted" else t("Handed in.")


def files_sent(t: Texts, count: int) -> str:
    """The toast after files were asked for."""
    return t("There are no files.") if not count else t("The files are on their way: {n}", n=count)
