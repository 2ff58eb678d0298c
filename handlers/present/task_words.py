"""Words and buttons that several cards of the tasks share."""

from handlers.texts import N_, Html, Texts, escape
from study.task_publishing import parts_of
from study.task_templates import TEMPLATES, State, Template
from study.task_views import TaskHead

TEMPLATE_WORDS = (
    N_("Reflection"),
    N_("Reflection of one's own"),
    N_("Assignment"),
    N_("Write a reflection"),
    N_("Hand in"),
    N_("Supervision notice"),
    N_("Reply"),
    N_("replied"),
    N_("settled"),
    N_("not handed in"),
    N_("handed in"),
    N_("returned"),
    N_("accepted"),
    N_("Rectification"),
    N_("Report what was put right"),
    N_("put right and closed"),
)
"""The texts that the templates name (``study.task_templates`` holds no words for users, only their keys)."""


def template_of(head: TaskHead) -> Template:
    """The template behind a card."""
    return TEMPLATES[head.template]


def name_of(head: TaskHead, t: Texts) -> str:
    """What a task is called: its title, or its kind and the day it was given; plain words."""
    return head.title or f"{t(template_of(head).heading)} · {t.date(head.day)}"


def heading(head: TaskHead, t: Texts) -> Html:
    """The first line of a card."""
    return Html(f"<b>{escape(name_of(head, t))}</b>")


def due(head: TaskHead, t: Texts) -> Html:
    """The deadline, and whether it has passed."""
    at = t.moment(head.due_at)
    if head.closed:
        return Html(t.html("Deadline: {at} (closed)", at=at))
    return Html(t.html("Deadline: {at} (passed)", at=at) if head.over else t.html("Deadline: {at}", at=at))


def state_of(head: TaskHead, state: str, t: Texts) -> str:
    """A state by the template's name for it; plain words."""
    return t(template_of(head).states[State(state)])


def page_of(text: str, page: int) -> tuple[str, int, int]:
    """One page of a long text, its number from 0 (-1 asks for the last), and how many there are."""
    parts = parts_of(text)
    at = len(parts) - 1 if page < 0 else min(page, len(parts) - 1)
    return parts[at], at, len(parts)
