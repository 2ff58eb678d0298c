"""Items as members and organisers see them."""

from handlers.callback_data import pack
from handlers.present.pages import pager, short
from handlers.present.shown import Attachment, Button, Shown, cut, in_rows, shows
from handlers.texts import N_, Html, Texts, bold, escape
from study.claim_views import (
    ItemBoard,
    ItemCard,
    ItemDraftCard,
    ItemFile,
    ItemLine,
    ItemNews,
    ItemOfferAsked,
    ItemReasonAsked,
    ItemsOffered,
    ItemWaiting,
    MilestoneLine,
    Words,
)
from study.programme.words import Title

FIELDS = {
    "title": N_("item title"),
    "work": N_("work"),
    "measure": N_("measure"),
    "owner": N_("owner"),
    "leader": N_("leader"),
    "deadline": N_("deadline"),
}
_BUTTONS = {
    "claim": N_("Take it on"),
    "wish": N_("State a wish"),
    "unwish": N_("Take the wish back"),
    "withdraw": N_("Withdraw the claim"),
    "report": N_("Report progress"),
    "files": N_("Photos and files"),
    "choose": N_("Who wishes for it"),
    "log": N_("History"),
}
_RULINGS = {
    "approve": N_("Approve the claim"),
    "decline": N_("Do not approve"),
    "accept": N_("Accept the report"),
    "return": N_("Return the report"),
    "release": N_("Free the holder"),
    "close": N_("Close the item"),
    "reopen": N_("Reopen the item"),
}
_WHY = {
    "decline": N_("Why is the claim on “{title}” not approved? Send the reason; /cancel leaves."),
    "return": N_("What has to be mended in the report on “{title}”? Send the reason; /cancel leaves."),
    "close": N_("Why is “{title}” closed before its end? Send the reason; /cancel leaves."),
    "reopen": N_("Why is “{title}” reopened? Send the reason; /cancel leaves."),
    "release": N_("Why does “{title}” become open again? Send the reason; /cancel leaves."),
}
_NEWS = {
    "ClaimAsked": N_("🙋 {name} ({unit}) would like to take on “{title}”."),
    "Claimed": N_("🤝 “{title}” is with {name} ({unit}) now."),
    "ClaimDeclined": N_("Your claim on “{title}” was not approved: {reason}"),
    "Reported": N_("📝 {name} ({unit}) has reported on “{title}”: {milestone}."),
    "ReportAccepted": N_("✅ Your report on “{title}” is accepted: {milestone}."),
    "ReportReturned": N_("↩️ Your report on “{title}” ({milestone}) comes back: {reason}"),
    "Closed": N_("“{title}” was closed before its end: {reason}"),
    "Reopened": N_("🔁 “{title}” is reopened: {reason}"),
    "Released": N_("“{title}” is no longer with you: {reason}"),
    "Finished": N_("🏁 “{title}” is done: its last milestone is accepted and the item is closed."),
}
_REASON = 300


def words(title: Words, t: Texts) -> str:
    """A title in the reader's language."""
    return Title(title).within(t.language)


@shows(ItemBoard)
def board(view: ItemBoard, t: Texts) -> Shown:
    """One's own items first, then the open ones, work by work."""
    lines: list[str] = []
    if view.mine:
        lines += [bold(t.html("Taken on by you")), *(_own(line, t) for line in view.mine), ""]
    if view.count:
        heading = t.plural("One item is open", "{n} items are open", view.count)
        lines.append(bold(escape(heading)))
        before = None
        for line in view.open:
            work = (words(line.pool, t), line.work)
            if work != before:
                lines.append(f"<i>{escape(' · '.join(part for part in work if part))}</i>")
                before = work
            lines.append(t.html("• {title}", title=line.title))
    else:
        lines.append(t.html("No item is open to you at the moment."))
    if view.wishes and view.count:
        lines += [
            "",
            t.html("Two-way choice: open an item to state a wish, {most} at most, in order.", most=view.wishes),
        ]
    rows: list[tuple[Button, ...]] = [(_open(line, "📌"),) for line in view.mine]
    rows += [(_open(line, ""),) for line in view.open]
    rows += pager(view.page, view.pages, lambda page: pack("items", "page", page), t)
    if view.organiser:
        if view.waiting:
            rows.append((Button(t("To be ruled on: {n}", n=view.waiting), pack("items", "waiting")),))
        several = len(view.pools) > 1
        for key, title in view.pools:
            label = t("Put up: {pool}", pool=words(title, t)) if several else t("Put up items")
            rows.append((Button(short(label), pack("items", "new", key)),))
        for key, title in view.choices:
            rows.append(
                (Button(short(t("Two-way choice: {pool}", pool=words(title, t))), pack("items", "match", key)),)
            )
        if view.pools:
            rows.append((Button(t("Item figures"), pack("item_figures", 1, "work", 0, view.pools[0][0])),))
    return Shown("\n".join(lines), tuple(rows[:100]))


def _own(line: ItemLine, t: Texts) -> str:
    if line.state == "asked":
        return t.html("• {title}: waiting for approval", title=line.title)
    if line.state == "closed":
        done = t("done") if line.finished else t("closed early")
        return t.html("• {title}: {state}", title=line.title, state=done)
    if line.report == "waiting":
        return t.html("• {title}: report on {stage} is being read", title=line.title, stage=_stage(line, t))
    if line.report == "returned":
        return t.html("• {title}: report on {stage} came back", title=line.title, stage=_stage(line, t))
    day = "" if line.due is None else t.date(line.due)
    if line.overdue:
        return t.html("• ⚠️ {title}: {stage} was due on {day}", title=line.title, stage=_stage(line, t), day=day)
    return t.html("• {title}: {stage}, due {at}", title=line.title, stage=_stage(line, t), at=day)


def _stage(line: ItemLine, t: Texts) -> str:
    return "" if line.milestone is None else words(line.milestone, t)


def _open(line: ItemLine, sign: str) -> Button:
    return Button(cut(f"{sign}{line.title}"), pack("item", "open", line.id))


@shows(ItemWaiting)
def waiting(view: ItemWaiting, t: Texts) -> Shown:
    """Claims and reports, each with a button that opens it."""
    if not view.lines:
        return Shown(t.html("Nothing waits for you."))
    lines: list[str] = [bold(escape(t("To be ruled on: {n}", n=view.count)))]
    for line in view.lines:
        what = t("asks to take it on") if line.state == "asked" else t("report on {stage}", stage=_stage(line, t))
        lines.append(t.html("• {title} · {name}: {what}", title=line.title, name=line.holder, what=what))
    return Shown("\n".join(lines), tuple((_open(line, ""),) for line in view.lines))


@shows(ItemCard)
def card(view: ItemCard, t: Texts) -> Shown:
    """The item, its milestones, the newest report and what may be done."""
    line = view.line
    facts = [
        (t("Work"), line.work),
        (t("Measure"), view.measure),
        (t("Leader in charge"), view.leader),
        (t("Meant for"), view.wanted),
        (t("Put up by"), view.unit),
        (t("Taken on by"), line.holder),
        (t("Deadline"), "" if view.deadline is None else t.day(view.deadline)),
    ]
    lines = [
        bold(escape(line.title)),
        t.html("No. {n} · {pool} · {state}", n=line.id, pool=words(line.pool, t), state=_state(line, t)),
        *(t.html("{what}: {value}", what=what, value=cut(value, 1000)) for what, value in facts if value),
        "",
        *(_milestone(one, line, t) for one in view.milestones),
    ]
    if view.reason:
        lines += ["", t.html("Reason given: {reason}", reason=cut(view.reason, _REASON))]
    if view.handed_in_at is not None:
        late = t(" (late)") if view.late else ""
        lines += ["", bold(escape(t("Newest report, {at}{late}", at=t.moment(view.handed_in_at), late=late)))]
        lines += [escape(cut(view.text, 1500))] if view.text else []
        if view.files:
            lines.append(escape(t.plural("One photo or file", "{n} photos and files", view.files)))
    if view.wishers or view.place:
        lines += ["", escape(t.plural("One wish for it", "{n} wishes for it", view.wishers))]
        if view.place:
            lines.append(t.html("It is your wish no. {place}.", place=view.place))
    return Shown("\n".join(lines), in_rows(_may(view, t), 2))


def _may(view: ItemCard, t: Texts) -> list[Button]:
    buttons = [
        Button(t(_BUTTONS[name]), pack("item", name, view.line.id))
        for name in view.may
        if name in _BUTTONS and (name != "files" or view.files)
    ]
    buttons += [
        Button(t(_RULINGS[name]), pack("item_rule", name, view.line.id, view.version))
        for name in view.may
        if name in _RULINGS
    ]
    return buttons


def _state(line: ItemLine, t: Texts) -> str:
    match line.state:
        case "open":
            return t("open to be taken on")
        case "asked":
            return t("waiting for approval")
        case "held":
            return t("in progress")
    return t("done") if line.finished else t("closed early")


def _milestone(one: MilestoneLine, line: ItemLine, t: Texts) -> str:
    sign = {"reached": "✅", "now": "▶️", "later": "▫️"}[one.state]
    title = words(one.title, t)
    if one.report is not None:
        title = t("{stage}: {asked}", stage=title, asked=words(one.report, t))
    if one.due is None or one.state == "reached":
        return f"{sign} {escape(title)}"
    overdue = "⚠️ " if one.state == "now" and line.overdue else ""
    return f"{sign} {overdue}" + t.html("{stage}, by {day}", stage=title, day=t.date(one.due))


@shows(ItemNews)
def news(view: ItemNews, t: Texts) -> Shown:
    """One sentence, when the next thing is due, and a button that opens the item."""
    name = "Finished" if view.event == "Closed" and view.finished else view.event
    stage = "" if view.milestone is None else words(view.milestone, t)
    text = t.html(
        _NEWS[name], title=view.title, name=view.name, unit=view.unit, milestone=stage, reason=cut(view.reason, _REASON)
    )
    if view.event == "Reported" and view.late:
        text += " " + t.html("It came late.")
    if view.due is not None and view.event in ("Claimed", "ReportAccepted", "Reopened"):
        text += "\n" + t.html("The next milestone is due on {day}.", day=t.date(view.due))
    return Shown(text, ((Button(t("Open the item"), pack("item", "open", view.item)),),))


@shows(ItemDraftCard)
def draft(view: ItemDraftCard, t: Texts) -> Shown:
    """What is written so far, and how to go on."""
    stage = words(view.milestone, t)
    lines = [t.html("<b>{title}</b> · report on {stage}", title=view.title, stage=stage)]
    if view.gone == "handed":
        return Shown("\n".join([*lines, t.html("✅ Handed in. You will hear when it has been read.")]))
    again = Button(t("Go on writing"), pack("item", "report", view.item))
    if view.gone == "kept":
        return Shown("\n".join([*lines, t.html("Kept as a draft.")]), ((again,),))
    if view.asked is not None:
        lines.append(t.html("Asked for: {asked}", asked=words(view.asked, t)))
    if view.due is not None:
        lines.append(t.html("Due: {day}", day=t.date(view.due)))
    if view.text:
        lines += ["", escape(cut(view.text, 3000))]
    if view.files:
        lines.append(escape(t.plural("One photo or file", "{n} photos and files", view.files)))
    if not view.text and not view.files:
        needed = t(" A photo or a file is needed as evidence.") if view.evidence else ""
        lines += ["", t.html("Send text, photos or files, in as many messages as you like.") + escape(needed)]
        return Shown("\n".join(lines), ((Button(t("Write later"), pack("item_draft", "leave", view.item)),),))
    buttons = (
        (Button(t("Hand in the report"), pack("item_draft", "hand", view.item)),),
        (
            Button(t("Begin anew"), pack("item_draft", "anew", view.item)),
            Button(t("Write later"), pack("item_draft", "leave", view.item)),
        ),
    )
    return Shown("\n".join(lines), buttons)


@shows(ItemFile)
def file(view: ItemFile, _t: Texts) -> Shown:
    """A photo or file as it came."""
    kind = "photo" if view.file.piece == "photo" else "document"
    return Shown("", attachment=Attachment(kind, file_id=view.file.file_id))  # type: ignore[arg-type]


@shows(ItemReasonAsked)
def why(view: ItemReasonAsked, t: Texts) -> Shown:
    """The question for a reason."""
    return Shown(t.html(_WHY[view.what], title=view.title))


@shows(ItemOfferAsked)
def offer(view: ItemOfferAsked, t: Texts) -> Shown:
    """How an item is written, and that a table will do."""
    needs = t(", ").join(t(FIELDS[name]) for name in ("title", *view.needs))
    lines = [
        bold(escape(t("Put up: {pool}", pool=words(view.pool, t)))),
        t.html("Send one item, a line for each field; the first line is its title:"),
        Html(f"<pre>{escape(t('Item title') + chr(10) + _template(t))}</pre>"),
        t.html("Needed: {needs}.", needs=needs),
        t.html("Or send a CSV or XLSX file with these as headings, an item a row. /cancel leaves."),
    ]
    return Shown("\n".join(lines))


def _template(t: Texts) -> str:
    names = [t(FIELDS[name]) for name in FIELDS if name != "title"]
    return "\n".join(t("{field}: …", field=name) for name in names)


@shows(ItemsOffered)
def offered(view: ItemsOffered, t: Texts) -> Shown:
    """How many were put up, and which rows were left out."""
    works = t(" in {n} works", n=view.works) if view.works else ""
    head = t.plural("One item was put up{works}.", "{n} items were put up{works}.", view.items, works=works)
    lines = [f"✅ {escape(head)}", *(t.html("• {title}", title=title) for title in view.titles)]
    if view.mistakes:
        lines += ["", bold(escape(t("Left out:")))]
        lines += [
            t.html("Row {line}: {what}", line=one.line, what=_flaw(one.flaw, one.said, t)) for one in view.mistakes
        ]
    return Shown("\n".join(lines))


def _flaw(flaw: str, said: str, t: Texts) -> str:
    if flaw == "missing":
        return t("{field} is missing", field=t(FIELDS[said]))
    if flaw == "too_long":
        return t("a text is too long ({n} characters)", n=said)
    return t("{field} “{said}” cannot be read or found", field=t(FIELDS[flaw]), said=said)


def claimed(t: Texts, *, at_once: bool) -> str:
    """The toast after claiming."""
    return t("It is yours now.") if at_once else t("Your claim waits for approval.")


def handed_in(t: Texts, *, late: bool) -> str:
    """The toast after handing in."""
    return t("Handed in, after the deadline.") if late else t("Handed in.")


def wished(t: Texts, place: int) -> str:
    """The toast after stating a wish."""
    return t("Your wish no. {place}.", place=place) if place else t("The wish is taken back.")


def given(t: Texts, count: int) -> str:
    """The toast after confirming a proposal."""
    return t.plural("One item is given.", "{n} items are given.", count)


def files_sent(t: Texts, count: int) -> str:
    """The toast after asking for the files."""
    return t.plural("One file is on its way.", "{n} files are on their way.", count)
