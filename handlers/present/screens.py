"""How the big screen is spoken of: the link and its buttons, joining by the code, the rules in plain words."""

import html
import re
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from handlers.callback_data import pack
from handlers.present.contest_rules import rule_lines
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.texts import LANGUAGES, N_, Texts, bold, escape, texts
from quizzes.screen_views import HallCard, HallTeam, ScreenCard, ScreenChoice, ScreenSent
from quizzes.views import LobbyCard

_TAG = re.compile(r"<[^<>]*>")


@shows(ScreenCard)
def card(view: ScreenCard, t: Texts) -> Shown:
    """The link, what it is for, and what can be done with it."""
    title = bold(t.html("Big screen · {group}", group=view.group))
    room = "screen" if view.subject == "group" else "tour"
    again = pack(room, "renew", view.chat_id)
    if not view.url:
        off = t.html("The screen is switched off; its link opens nothing any more.")
        return Shown(f"🖥 {title}\n\n{off}", ((Button(t("New link"), again),),))
    lines = [
        f"🖥 {title}",
        f"<code>{escape(view.url)}</code>",
        t.html(
            "Open this link on the projector's computer; F is full screen, L the language. It shows whichever contest is "
            "played in the group, live. Whoever has the link can watch, so give it only to those who need it."
        )
        if view.subject == "group"
        else t.html(
            "Open this link on the projector's computer; F is full screen, L the language. It shows the bracket and the "
            "bouts that are being played, live. Whoever has the link can watch, so give it only to those who need it."
        ),
    ]
    rows = [(Button(t("New link"), again), Button(t("Switch the screen off"), pack(room, "off", view.chat_id)))]
    if is_public(view.url):
        return Shown("\n\n".join(lines), ((Button(t("Open the screen"), url=view.url),), *rows))
    return Shown("\n\n".join(lines), tuple(rows))


def is_public(url: str) -> bool:
    """Telegram takes buttons with public addresses only."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".lan", ".localhost"))


@shows(ScreenChoice)
def choice(view: ScreenChoice, t: Texts) -> Shown:
    """Which group?"""
    rows = tuple((Button(group.title, pack("screen", "give", group.chat_id)),) for group in view.groups[:40])
    return Shown(t.html("The big screen of which group?"), rows)


@shows(ScreenSent)
def sent(_view: ScreenSent, t: Texts) -> Shown:
    """In the group."""
    return Shown(t.html("The link to the big screen is in your private chat with me."))


@shows(HallCard)
def hall(view: HallCard, t: Texts) -> Shown:
    """Joining by the code on the screen."""
    if view.state == "none":
        return Shown(t.html("There is no contest to join in {group} at this moment.", group=view.group))
    head = (
        f"🏁 {bold(escape(view.title.get(t.language) or next(iter(view.title.values()), '')))} · {escape(view.group)}"
    )
    where = t.html("The contest is played in the group {group}: buzz and answer there.", group=bold(escape(view.group)))
    rows: list[tuple[Button, ...]] = []
    if view.seat:
        what = t.html("You are in.") if view.individuals else t.html("You are in {team}.", team=bold(escape(view.seat)))
    elif view.state == "begun":
        what = t.html("The contest has begun; nobody can join any more.")
    else:
        what = t.html("Join the contest:") if view.individuals else t.html("Which team do you join?")
    if view.state == "open":
        rows = _seats(view, t)
    if view.link:
        rows.append((Button(t("To the group"), url=view.link),))
    return Shown(f"{head}\n\n{what}\n{where}", tuple(rows))


def _seats(view: HallCard, t: Texts) -> list[tuple[Button, ...]]:
    if view.individuals:
        return [] if view.seat else [(Button(t("Join"), pack("hall", view.key, view.contest_id, 0)),)]
    buttons = [Button(_team(team, t), pack("hall", view.key, view.contest_id, team.id)) for team in view.teams]
    return list(in_rows(buttons, 2))


def _team(team: HallTeam, t: Texts) -> str:
    mark = "✓ " if team.mine else ""
    return mark + t("Join {team}", team=team.name) if not team.mine else f"{mark}{team.name}"


def rules_in_words(view: LobbyCard, zone: ZoneInfo) -> dict[str, tuple[str, ...]]:
    """The rules of a contest, a line a rule, as plain text in every language: for the screen."""
    return {
        language: tuple(html.unescape(_TAG.sub("", line)) for line in rule_lines(view, texts(language, zone)))
        for language in LANGUAGES
    }


ERRORS = {
    "quiz.screens_off": N_(
        "The big screen is not set up. Whoever runs the bot sets host (and url, if the projector's computer is another "
        "one) under [web] in the configuration."
    ),
    "quiz.hall_unknown": N_("This code is no longer in use. Please scan the one that is on the screen now."),
}
