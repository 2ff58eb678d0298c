"""Bulletins: the menu, the desk of a draft, its lists, the sheets that are posted, the figures with the rows behind them."""

from handlers.callback_data import pack
from handlers.present.pages import pager
from handlers.present.report_words import amount, chapter_title, figure_title, period_words
from handlers.present.reports import figure_line, winner_line
from handlers.present.shown import Attachment, Button, Shown, cut, in_rows, shows
from handlers.texts import N_, Texts, bold, escape, italic
from study.bulletin_views import (
    BulletinAsked,
    BulletinDesk,
    BulletinFacts,
    BulletinFigures,
    BulletinFile,
    BulletinLine,
    BulletinLists,
    BulletinMenu,
    BulletinNews,
    BulletinReady,
    BulletinSheet,
    NameList,
)
from study.report_views import Chapter

PREFIX = "bulletin-file:"
"""How the stored name of a bulletin's file begins; the bulletin and the reader's chat follow."""
_STATES = {"draft": N_("being drafted"), "submitted": N_("waiting for approval"), "posted": N_("posted")}
_SHOWN = 200


def title_words(title: dict[str, str], t: Texts) -> str:
    """A title of the programme's in the reader's language; plain words."""
    return title.get(t.language) or next(iter(title.values()))


def _name(line: BulletinLine, t: Texts) -> str:
    whole = t(
        "{title}, {unit}, {period}",
        title=title_words(line.title, t),
        unit=line.unit,
        period=period_words(line.period, t),
    )
    return t("{name} (corrected, version {n})", name=whole, n=line.version) if line.version > 1 else whole


def heading(facts: BulletinFacts, t: Texts) -> str:
    """What a bulletin is called; plain words."""
    report = facts.figures
    line = BulletinLine(
        id=facts.id,
        title=facts.title,
        period=report.period,
        unit=report.unit,
        version=facts.version,
        state=facts.state,
    )
    return _name(line, t)


@shows(BulletinMenu)
def menu(view: BulletinMenu, t: Texts) -> Shown:
    """A button for each kind and period, and the newest bulletins."""
    drafts = [
        Button(
            cut(t("Draft: {title} {period}", title=title_words(plan.title, t), period=period_words(key, t)), 34),
            pack("bull_new", plan.key, key, view.unit_id),
        )
        for plan in view.plans
        for key in plan.periods
    ]
    newest = [
        Button(cut(f"{_name(line, t)} · {t(_STATES[line.state])}", 44), pack("bull", "open", line.id, 0))
        for line in view.newest
    ]
    text = t.html("<b>Bulletins of {unit}</b>\nChoose a period to draft one, or open one.", unit=view.unit)
    return Shown(text, (*in_rows(drafts[:40], 1), *in_rows(newest, 1)))


@shows(BulletinReady)
def ready(view: BulletinReady, t: Texts) -> Shown:
    """A draft has been made by itself."""
    text = t.html("📰 The draft is ready: {name}. Please write the texts and submit it.", name=_name(view.line, t))
    return Shown(text, ((Button(t("Open the draft"), pack("bull", "open", view.line.id, 0)),),))


@shows(BulletinDesk)
def desk(view: BulletinDesk, t: Texts) -> Shown:
    """How far it is, what stands in each chapter, and what can be done with it."""
    facts = view.facts
    chapters = facts.figures.chapters
    lines: list[str] = [
        f"📰 {bold(escape(heading(facts, t)))}",
        t.html("{state} · figures as of {at}", state=t(_STATES[facts.state]), at=t.moment(facts.figures.taken_at)),
    ]
    if facts.reason:
        lines.append(t.html("↩️ Returned: {reason}", reason=facts.reason))
    if facts.submitter and facts.state != "draft":
        lines.append(t.html("Submitted by {name}", name=facts.submitter))
    if facts.approver:
        lines.append(t.html("Approved by {name}", name=facts.approver))
    for number, chapter in enumerate(chapters, 1):
        text = facts.texts.get(chapter.key, "")
        said = cut(text.replace("\n", " "), _SHOWN // 4) if text else t("no text yet")
        lines.append(f"{number}. {escape(chapter_title(chapter, t))}: {escape(said)}")
    for one in facts.lists:
        names = t(", ").join(name.name for name in one.names[:10]) or t("nobody")
        lines.append(f"{escape(title_words(one.title, t))}: {escape(names)}")
    rows: list[tuple[Button, ...]] = []
    if facts.state == "draft":
        rows += in_rows(
            [
                Button(
                    cut(t("✎ {chapter}", chapter=chapter_title(chapter, t)), 20), pack("bull_text", facts.id, number)
                )
                for number, chapter in enumerate(chapters)
            ],
            2,
        )
        if facts.lists:
            rows.append((Button(t("Commended / to improve"), pack("bull", "lists", facts.id, 0)),))
        rows.append((Button(t("Take new figures"), pack("bull", "recount", facts.id, 0)),))
    rows.append(
        (
            Button(t("Preview"), pack("bull", "preview", facts.id, 0)),
            Button(t("Figures and rows"), pack("bull", "figures", facts.id, 0)),
        )
    )
    if facts.state == "draft":
        rows.append((Button(t("Submit for approval"), pack("bull", "submit", facts.id, 0)),))
    if facts.state == "submitted" and view.may_approve:
        rows.append(
            (
                Button(t("Approve and post"), pack("bull", "approve", facts.id, 0)),
                Button(t("Return the bulletin"), pack("bull", "return", facts.id, 0)),
            )
        )
    if facts.state == "posted":
        rows.append((Button(t("Correct it (new version)"), pack("bull", "correct", facts.id, 0)),))
    return Shown("\n".join(lines), tuple(rows))


@shows(BulletinLists)
def lists(view: BulletinLists, t: Texts) -> Shown:
    """A button to strike each name, one to add to each list."""
    facts = view.facts
    text = t.html("<b>Commended / to improve</b>\nPress a name to strike it.")
    lines = [text]
    rows: list[tuple[Button, ...]] = []
    for place, one in enumerate(facts.lists):
        lines.append(list_line(one, t))
        rows += in_rows(
            [
                Button(cut(f"✕ {name.name}", 20), pack("bull_strike", facts.id, place, number))
                for number, name in enumerate(one.names[:20])
            ],
            2,
        )
        label = t("+ {title}", title=cut(title_words(one.title, t), 20))
        rows.append((Button(label, pack("bull_add", facts.id, place)),))
    rows.append((Button(t("‹ Back"), pack("bull", "open", facts.id, 0)),))
    return Shown("\n".join(lines), tuple(rows[:90]))


def list_line(one: NameList, t: Texts) -> str:
    """A list in one line of HTML."""
    names = [
        name.name
        if name.value is None
        else t("{name} ({unit})", name=name.name, unit=amount(one.figure, name.value, t))
        for name in one.names
    ]
    mark = "🌟" if one.kind == "commend" else "⚠️"
    shown = t(", ").join(names) or t("nobody")
    return f"{mark} {bold(escape(title_words(one.title, t)))}: {escape(shown)}"


@shows(BulletinAsked)
def asked(view: BulletinAsked, t: Texts) -> Shown:
    """What to write now."""
    if view.what == "reason":
        return Shown(t.html("Please send the reason for returning the bulletin."))
    title = "" if view.title is None else title_words(view.title, t)
    if view.what == "name":
        return Shown(t.html("Please send the name to add to “{title}”.", title=title))
    if view.title is None:
        title = chapter_title(Chapter(key=view.chapter, figures=()), t)
    text = t.html(
        "Please send the text for “{title}” (at most 1500 characters). /cancel leaves it as it is.", title=title
    )
    return Shown(f"{text}\n\n{escape(view.text)}" if view.text else text)


@shows(BulletinSheet)
def sheet(view: BulletinSheet, t: Texts) -> Shown:
    """Some chapters of a bulletin, in a message of their own."""
    facts = view.facts
    lines: list[str] = []
    if view.preview:
        lines.append(italic(t.html("Preview; nothing is posted yet.")))
    title = f"📰 {bold(escape(heading(facts, t)))}"
    lines.append(title if view.sheets == 1 else f"{title} ({view.sheet + 1}/{view.sheets})")
    if facts.version > 1 and view.sheet == 0:
        lines.append(t.html("This version corrects the one that was posted before."))
    for number in view.chapters:
        chapter = facts.figures.chapters[number]
        lines += ["", bold(escape(f"{numeral(number + 1, t)}{chapter_title(chapter, t)}"))]
        if facts.texts.get(chapter.key):
            lines.append(escape(facts.texts[chapter.key]))
        lines += [figure_line(figure, t) for figure in chapter.figures]
        if any(one.key.startswith("contests.") for one in chapter.figures):
            lines += [winner_line(one, t) for one in facts.figures.winners]
    if view.last:
        shown = [list_line(one, t) for one in facts.lists if one.names]
        lines += ["", *shown] if shown else []
        lines += ["", t.html("Figures as of {at}.", at=t.moment(facts.figures.taken_at))]
    button = Button(t("Where the figures come from"), pack("bull_source", facts.id))
    return Shown("\n".join(lines), ((button,),) if view.last and not view.preview else ())


_NUMERALS = "一二三四五六七八九十"


def numeral(number: int, t: Texts) -> str:
    """The number of a chapter as offices of the language write it."""
    if not t.language.startswith("zh"):
        return f"{number}. "
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return f"{head}{_NUMERALS[ones - 1] if ones else ''}、"


@shows(BulletinFile)
def file(view: BulletinFile, t: Texts) -> Shown:
    """The message that brings the Word file."""
    line = BulletinLine(
        id=view.bulletin, title=view.title, period=view.period, unit=view.unit, version=view.version, state="posted"
    )
    name = f"bulletin-{view.period}-v{view.version}.docx"
    attachment = Attachment("document", stored=f"{PREFIX}{view.bulletin}:{view.reader}", name=name)
    return Shown(escape(_name(line, t)), attachment=attachment)


@shows(BulletinFigures)
def figures(view: BulletinFigures, t: Texts) -> Shown:
    """A chapter of figures as of the snapshot, marked where they have changed; a button for the rows behind each."""
    facts, chapters = view.facts, view.facts.figures.chapters
    back = Button(t("‹ Back"), pack("bull", "open", facts.id, 0))
    if not chapters:
        return Shown(t.html("No rows."), ((back,),))
    at = min(max(view.page, 0), len(chapters) - 1)
    first = sum(len(chapter.figures) for chapter in chapters[:at])
    lines = [bold(escape(heading(facts, t))), bold(escape(chapter_title(chapters[at], t)))]
    buttons = []
    for number, figure in enumerate(chapters[at].figures[:60], first):
        line, now = figure_line(figure, t), view.now[number]
        if now != figure.value:
            line += " " + t.html("⚠️ now {amount}", amount=amount(figure.key, now, t))
        lines.append(line)
        label = t("Rows: {figure} ({n})", figure=figure_title(figure, t), n=figure.rows)
        buttons.append(Button(cut(label, 34), pack("bull_rows", facts.id, number, 0)))
    lines.append(t.html("As of {at}", at=t.moment(facts.figures.taken_at)))
    rows = [*in_rows(buttons, 1), *pager(at, len(chapters), lambda n: pack("bull", "figures", facts.id, n), t)]
    return Shown("\n".join(lines), (*rows, (back,)))


@shows(BulletinNews)
def news(view: BulletinNews, t: Texts) -> Shown:
    """What became of it."""
    name = _name(view.line, t)
    if view.what == "submitted":
        text = t.html("📰 {by} submits for approval: {name}", by=view.by, name=name)
    elif view.what == "returned":
        text = t.html("↩️ {by} has returned {name}: {reason}", by=view.by, name=name, reason=view.reason)
    else:
        text = t.html("✅ {by} has approved {name}; posted to {n} groups.", by=view.by, name=name, n=view.groups)
    return Shown(text, ((Button(t("Open it"), pack("bull", "open", view.line.id, 0)),),))


def posted(t: Texts, groups: int) -> str:
    """The toast after the approval."""
    return t.plural("Approved; posted to {n} group.", "Approved; posted to {n} groups.", groups)


def sent_privately(t: Texts) -> str:
    """The toast in the group."""
    return t("The figures and their rows are in our private chat.")


def wish_of(stored: str) -> tuple[int, int]:
    """The bulletin and the chat that a stored name means."""
    bulletin, reader = stored.removeprefix(PREFIX).split(":")
    return int(bulletin), int(reader)


ERRORS = {
    "bulletin_own": N_("You submitted this bulletin; somebody else has to approve it."),
    "bulletin_not_draft": N_("It cannot be edited any more: it waits for approval or is posted."),
    "bulletin_settled": N_("This bulletin is settled already."),
    "bulletin_empty": N_("Please write it in words."),
}
