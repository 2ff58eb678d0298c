"""Forms as members see them: the list, an item at a time, the check before sending."""

from handlers.callback_data import pack
from handlers.present.pages import pager
from handlers.present.shown import BUTTON_TEXT, Button, Shown, cut, in_rows, shows
from handlers.texts import N_, Texts, bold, escape
from study.evaluation_rules import choices
from study.evaluation_views import (
    FormAsked,
    FormCheck,
    FormItem,
    FormLine,
    FormList,
    FormOver,
    FormSent,
    FormSubjects,
)
from study.programme.forms import Item
from study.programme.words import Title

_A_PAGE = 24
_CHECKED = 45
"""Items that the check before sending shows; beyond that there is no room in a message."""
_A_ROW = 6
_BLIND = N_("🔒 Anonymous: your name is stored with none of your answers, only that you have answered.")


def words(title: Title, t: Texts) -> str:
    """A title of the programme's data in the reader's language; plain words."""
    return title.within(t.language)


def _until(view: FormLine | FormAsked | FormSubjects, t: Texts) -> str:
    return "" if view.closes_at is None else t("until {at}", at=t.moment(view.closes_at))


@shows(FormAsked)
def asked(view: FormAsked, t: Texts) -> Shown:
    """A form waits."""
    lines = [f"📝 {bold(escape(words(view.title, t)))}"]
    if view.intro is not None:
        lines.append(escape(words(view.intro, t)))
    facts = [t.plural("{n} item", "{n} items", view.items)]
    if view.subjects > 1:
        facts.append(t.plural("about {n} subject", "about {n} subjects", view.subjects))
    facts.append(_until(view, t))
    lines.append(escape(" · ".join(filter(None, facts))))
    if view.anonymous:
        lines.append(t.html(_BLIND))
    return Shown("\n".join(lines), ((Button(t("Fill in"), pack("form", "open", view.evaluation)),),))


@shows(FormList)
def form_list(view: FormList, t: Texts) -> Shown:
    """What waits first, then what can still be changed."""
    if not view.forms:
        return Shown(t.html("No form waits for you. You can look at your checklists with /checklist."))
    lines: list[str] = [bold(t.html("Forms for you"))]
    buttons = []
    for form in view.forms:
        mark = "✅" if form.answered == form.asked else "📝"
        facts = [words(form.title, t), _until(form, t)]
        if form.asked > 1:
            facts.insert(1, f"{form.answered}/{form.asked}")
        if form.anonymous:
            facts.append(t("anonymous"))
        lines.append(f"{mark} {escape(' · '.join(filter(None, facts)))}")
        buttons.append((Button(cut(f"{mark} {words(form.title, t)}"), pack("form", "open", form.evaluation)),))
    return Shown("\n".join(lines), tuple(buttons[:40]))


@shows(FormSubjects)
def subjects(view: FormSubjects, t: Texts) -> Shown:
    """A button a subject; what is done has a tick."""
    done = sum(subject.answered for subject in view.subjects)
    lines: list[str] = [bold(escape(words(view.title, t)))]
    if view.intro is not None:
        lines.append(escape(words(view.intro, t)))
    lines.append(
        escape(" · ".join(filter(None, [t("done {n} of {of}", n=done, of=len(view.subjects)), _until(view, t)])))
    )
    if view.anonymous:
        lines.append(t.html(_BLIND))
    pages = max(1, -(-len(view.subjects) // _A_PAGE))
    page = min(max(view.page, 0), pages - 1)
    shown = view.subjects[page * _A_PAGE : (page + 1) * _A_PAGE]
    buttons = [
        Button(cut(f"{'✅' if one.answered else '▫️'} {one.title}", 20), pack("form", "start", one.id)) for one in shown
    ]
    rows = [*in_rows(buttons, 2), *pager(page, pages, lambda at: pack("form", "page", view.evaluation, at), t)]
    rows.append((Button(t("‹ All forms"), pack("form", "list")),))
    return Shown("\n".join(lines), tuple(rows))


@shows(FormItem)
def item(view: FormItem, t: Texts) -> Shown:
    """One item with its answers as buttons, and the way back and on."""
    top: str = bold(escape(words(view.title, t)))
    if view.about:
        top += f" · {escape(view.about)}"
    place = f"{view.at + 1}/{view.of}"
    lines = [top, escape(place if view.aspect is None else f"{words(view.aspect, t)} · {place}"), ""]
    lines.append(bold(escape(words(view.item.title, t))))
    if view.item.kind == "scale" and (view.item.low is not None or view.item.high is not None):
        ends = [(view.item.min, view.item.low), (view.item.max, view.item.high)]
        lines.append(escape("  ".join(f"{step} = {words(end, t)}" for step, end in ends if end is not None)))
    lines += _task(view, t)
    labels = [(value, _label(view.item, value, t)) for value in choices(view.item)]
    buttons = [
        Button(
            cut(f"✓ {label}" if value == view.value else label, BUTTON_TEXT),
            pack("fill", "set", view.subject, view.at, value),
        )
        for value, label in labels
    ]
    width = {"scale": len(buttons) if len(buttons) <= _A_ROW else _A_ROW, "yes_no": 2}.get(view.item.kind, 1)
    rows = list(in_rows(buttons, max(1, width)))
    way = []
    if view.at > 0:
        way.append(Button(t("‹ Previous item"), pack("fill", "go", view.subject, view.at - 1)))
    on = t("Next item ›") if view.value and not view.asks_remark else t("Skip ›")
    way.append(Button(on, pack("fill", "go", view.subject, view.at + 1)))
    rows.append(tuple(way))
    last = [Button(t("Check and send"), pack("fill", "go", view.subject, view.of))] if view.at + 1 < view.of else []
    if view.several:
        last.insert(0, Button(t("‹ All subjects"), pack("form", "open", view.evaluation)))
    if last:
        rows.append(tuple(last))
    return Shown("\n".join(lines), tuple(rows))


def _task(view: FormItem, t: Texts) -> list[str]:
    """What is to be written, and what was written before."""
    if view.asks_remark:
        return ["", t.html("✍️ Please send a few words: what is the problem, and what will you do about it?")]
    lines = []
    if view.item.kind == "number":
        lines.append(
            t.html("✍️ Please send a whole number between {min} and {max}.", min=view.item.min, max=view.item.max)
        )
    elif view.item.kind == "text":
        lines.append(t.html("✍️ Please send your answer as a message."))
        if view.anonymous:
            lines.append(t.html("Name nobody by whom you could be recognised, yourself included."))
    if view.value and view.item.kind in ("number", "text"):
        lines.append(t.html("So far: {value}", value=cut(view.value, 1000)))
    if view.remark:
        lines.append(t.html("Remark: {remark}", remark=cut(view.remark, 1000)))
    return ["", *lines] if lines else []


def _label(item: Item, value: str, t: Texts) -> str:
    match item.kind:
        case "yes_no":
            return t("Yes, it is so") if value == "yes" else t("No, it is not")
        case "choice":
            return next((words(option.title, t) for option in item.options if option.key == value), value)
        case _:
            return value


@shows(FormCheck)
def check(view: FormCheck, t: Texts) -> Shown:
    """All answers, and the button that sends them."""
    top: str = bold(escape(words(view.form.title, t)))
    if view.about:
        top += f" · {escape(view.about)}"
    items = view.form.items
    lines: list[str] = [top, t.html("Please check your answers:"), ""]
    for at, one in enumerate(items[:_CHECKED], 1):
        value, remark = view.answers.get(one.key, ("", ""))
        said = cut(_label(one, value, t), 40) if value else "—"
        mark = "⚠️ " if at - 1 in view.missing else ""
        line = t.html("{item}: {said}", item=cut(words(one.title, t), 30), said=bold(escape(said)))
        lines.append(f"{mark}{at}. {line}")
        if remark:
            lines.append(f"　{escape(cut(remark, 60))}")
    if len(items) > _CHECKED:
        lines.append(t.html("… and {n} more", n=len(items) - _CHECKED))
    rows: list[tuple[Button, ...]] = []
    if view.missing:
        lines += ["", t.html("Still missing: {count}.", count=len(view.missing))]
        rows.append((Button(t("Fill in what is missing"), pack("fill", "go", view.subject, view.missing[0])),))
    else:
        if view.form.anonymous:
            lines += ["", t.html("What is sent anonymously can neither be changed nor taken back.")]
        elif view.sent_before:
            lines += ["", t.html("You have sent this form before; sending it again replaces your answers.")]
        rows.append((Button(t("✅ Send the form"), pack("fill", "send", view.subject)),))
    way = [Button(t("‹ Previous item"), pack("fill", "go", view.subject, len(items) - 1))]
    if view.several:
        way.append(Button(t("‹ All subjects"), pack("form", "open", view.evaluation)))
    rows.append(tuple(way))
    return Shown("\n".join(lines), tuple(rows))


@shows(FormSent)
def sent_card(view: FormSent, t: Texts) -> Shown:
    """It has been sent; on to the next."""
    top: str = bold(escape(words(view.title, t)))
    if view.about:
        top += f" · {escape(view.about)}"
    lines = [f"✅ {top}"]
    lines.append(
        t.html("Sent. Thank you!")
        if view.state == "sent"
        else t.html("Your new answers have taken the place of the old.")
    )
    if view.anonymous:
        lines.append(t.html(_BLIND))
    if view.following is None:
        return Shown("\n".join(lines), ((Button(t("‹ All forms"), pack("form", "list")),),))
    lines.append(t.html("Still to be done: {n}.", n=view.left))
    rows = (
        (Button(t("On to the next ({n})", n=view.left), pack("form", "start", view.following)),),
        (Button(t("‹ All subjects"), pack("form", "open", view.evaluation)),),
    )
    return Shown("\n".join(lines), rows)


@shows(FormOver)
def over(view: FormOver, t: Texts) -> Shown:
    """Why nothing more can be filled in, or why it has to be begun anew."""
    top: str = bold(escape(words(view.title, t)))
    back = (Button(t("‹ All forms"), pack("form", "list")),)
    if view.why == "lost" and view.subject is not None:
        text = t.html(
            "I have been restarted since you began. Anonymous answers are stored nowhere before you send them, so please begin again."
        )
        return Shown(f"{top}\n{text}", ((Button(t("Begin again"), pack("form", "start", view.subject)),), back))
    text = (
        t.html("This form is closed.") if view.why == "closed" else t.html("You have answered this already. Thank you!")
    )
    return Shown(f"{top}\n{text}", (back,))


def sent(t: Texts) -> str:
    """The toast after sending."""
    return t("The form has been sent.")
