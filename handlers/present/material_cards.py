"""A material in a group and in private, and its question."""

from handlers.callback_data import pack
from handlers.present.content import attachment_of
from handlers.present.shown import CAPTION_LIMIT, Attachment, Button, Shown, cut, shows
from handlers.texts import N_, Html, Texts, escape
from quizzes.bank.items import LETTERS
from study.material_views import (
    MaterialAnswered,
    MaterialBody,
    MaterialCard,
    MaterialForOne,
    MaterialQuestion,
    NothingToday,
)

_COUNTS_ROOM = 120
"""Characters that the counts below a material may grow to: its kind of message must not change when it is edited."""
_LABEL = 40
_KINDS = {"single": N_("one answer"), "several": N_("several answers"), "true_false": N_("true or false")}


def body_html(body: MaterialBody) -> Html:
    """Title, labels, text and link."""
    labels = " · ".join(label for label in (body.series, body.topic) if label)
    head = [f"<b>{escape(body.title)}</b>", *([f"<i>{escape(labels)}</i>"] if labels else [])]
    parts = ["\n".join(head), *(escape(part) for part in (body.text, body.link) if part)]
    return Html("\n\n".join(parts))


def attachment(body: MaterialBody) -> Attachment | None:
    """The picture that came with the import, or the file that Telegram has."""
    if body.stored:
        return Attachment(kind="photo", stored=f"material:{body.material_id}", name=f"{body.material_id}.jpg")
    return attachment_of(body.content)


def with_body(body: MaterialBody, foot: str, rows: tuple[tuple[Button, ...], ...]) -> Shown:
    """A message with a material in it; whether its file goes apart does not depend on the foot."""
    html = body_html(body)
    text = f"{html}\n\n{foot}" if foot else html
    return Shown(text, rows, attachment(body), apart=len(html) + _COUNTS_ROOM > CAPTION_LIMIT)


@shows(MaterialCard)
def card(view: MaterialCard, t: Texts) -> Shown:
    """In a group: the count grows by editing."""
    foot = [t.html("Read by {read}/{people}", read=view.read, people=view.people)]
    if view.answered:
        foot.append(t.html("Answered by {answered}, {correct} right", answered=view.answered, correct=view.correct))
    return with_body(view.body, " · ".join(foot), (_buttons(view.body, t, read=False),))


@shows(MaterialForOne)
def for_one(view: MaterialForOne, t: Texts) -> Shown:
    """In private: the button goes once it was pressed."""
    foot = ""
    if view.read:
        foot = t.html("✓ You have read this.")
    elif view.reminds:
        foot = t.html("You have not read today's material yet. Please press the button when you have.")
    row = _buttons(view.body, t, read=view.read)
    return with_body(view.body, foot, (row,) if row else ())


def _buttons(body: MaterialBody, t: Texts, *, read: bool) -> tuple[Button, ...]:
    row = [] if read else [Button(t("Read"), pack("matread", body.material_id))]
    if body.has_question:
        row.append(Button(t("Answer the question"), pack("matq", "ask", body.material_id)))
    return tuple(row)


def _option_lines(options: tuple[str, ...], kind: str, t: Texts) -> list[str]:
    words = tuple(t(option) for option in options) if kind == "true_false" else options
    return [f"{letter}. {word}" for letter, word in zip(LETTERS, words, strict=False)]


def _question_head(title: str, kind: str, text: str, t: Texts) -> str:
    return f"<b>{escape(title)}</b> · {t.html(_KINDS[kind])}\n\n{escape(text)}"


@shows(MaterialQuestion)
def question(view: MaterialQuestion, t: Texts) -> Shown:
    """A button an option; with several answers they are marked first and submitted then."""
    lines = _option_lines(view.options, view.question_kind, t)
    text = f"{_question_head(view.title, view.question_kind, view.text, t)}\n\n{escape(chr(10).join(lines))}"
    rows = []
    for index, line in enumerate(lines):
        label = cut(line, _LABEL)
        if view.question_kind == "several":
            sign = "☑ " if view.marked >> index & 1 else ""
            rows.append((Button(f"{sign}{label}", pack("matq", "mark", view.material_id, index)),))
        else:
            rows.append((Button(label, pack("matq", "pick", view.material_id, index)),))
    if view.question_kind == "several":
        text += "\n\n" + t.html("Mark all that are right, then submit.")
        rows.append((Button(t("Submit the answer"), pack("matq", "hand", view.material_id)),))
    return Shown(text, tuple(rows))


@shows(MaterialAnswered)
def answered(view: MaterialAnswered, t: Texts) -> Shown:
    """The right options ticked, a wrong choice crossed, the explanation below."""
    lines = _option_lines(view.options, view.question_kind, t)
    marked = [_marked(line, index, view) for index, line in enumerate(lines)]
    verdict = t.html("<b>Right!</b>") if view.right else t.html("<b>Not quite.</b>")
    right = "".join(LETTERS[index] for index in view.answers)
    parts = [
        _question_head(view.title, view.question_kind, view.text, t),
        escape("\n".join(marked)),
        verdict + "\n" + t.html("The answer is {letters}.", letters=right),
    ]
    if view.explanation:
        parts.append(escape(view.explanation))
    return Shown("\n\n".join(parts))


def _marked(line: str, index: int, view: MaterialAnswered) -> str:
    if index in view.answers:
        return f"✅ {line}"
    return f"❌ {line}" if index in view.chosen else line


@shows(NothingToday)
def nothing(view: NothingToday, t: Texts) -> Shown:
    """When the next comes."""
    text = t.html("There is no material today.")
    if view.next_day is not None:
        text += t.html(" The next comes on {day}.", day=t.date(view.next_day))
    return Shown(text)
