"""How the way into a contest looks: the set-up card, the lobby with its teams, and what its buttons answer."""

from handlers.callback_data import pack
from handlers.present.contest_rules import rule_lines
from handlers.present.contest_words import title_of
from handlers.present.shown import Button, Shown, in_rows, shows
from handlers.texts import N_, Html, Texts, bold, escape, italic
from quizzes.engine.rules import Seating
from quizzes.running import Done
from quizzes.views import (
    LobbyCard,
    LobbyTeam,
    SetUpCard,
)
from study.errors import Usage

_NAMES_SHOWN = 12
_COLOURS = (
    N_("Red"), N_("Blue"), N_("Green"), N_("Yellow"), N_("Purple"), N_("Orange"), N_("Silver"), N_("Gold"),
)  # fmt: skip


def team_names(t: Texts) -> tuple[str, ...]:
    """Names for teams that have none, in the group's language."""
    return tuple(t("{colour} team", colour=t(colour)) for colour in _COLOURS)


def read_opening(words: list[str]) -> tuple[str, str, int | None]:
    """Read ``PRESET BANK [N]``; a bank's name may contain spaces.

    Raises:
        Usage: the bank is missing.
    """
    count = int(words[-1]) if len(words) > 2 and words[-1].isascii() and words[-1].isdigit() else None
    bank = " ".join(words[1:-1] if count is not None else words[1:])
    if not bank:
        raise Usage(usage="/contest buzzer 题库名 10")
    return words[0], bank, count


@shows(LobbyCard)
def lobby(view: LobbyCard, t: Texts) -> Shown:
    """Teams, rules in words, and the buttons of the lobby."""
    bank = " · " + t.html("Bank: {bank}", bank=view.bank) if view.bank else ""
    parts = [
        f"🏁 <b>{escape(title_of(view.title, t))}</b>{bank}",
        "\n".join(f"• {line}" for line in rule_lines(view, t)),
        "\n".join(_team_line(team, t, individuals=view.individuals) for team in view.teams)
        or t.html("Nobody has joined yet."),
    ]
    closing = {
        "open": N_("Join below. One press is enough in a contest: pressing fast makes Telegram hold you up."),
        "begun": N_("The contest has begun."),
        "paused": N_("Paused."),
        "aborted": N_("This contest was called off."),
    }[view.state]
    parts.append(italic(t.html(closing)))
    return Shown("\n\n".join(parts), _lobby_buttons(view, t) if view.state == "open" else ())


def _team_line(team: LobbyTeam, t: Texts, *, individuals: bool) -> str:
    if individuals:
        return f"👤 {escape(team.name)}"
    names: list[str] = [escape(name) for name in team.members[:_NAMES_SHOWN]]
    if names:
        names[0] = t.html("{name} (captain)", name=Html(names[0]))
    more = len(team.members) - len(names)
    if more > 0:
        names.append(t.html("and {n} more", n=more))
    mark = "✅" if team.ready else "👥"
    listed = t.html(", ").join(names) if names else t.html("nobody yet")
    line = t.html("{team} ({n}): {names}", team=bold(escape(team.name)), n=len(team.members), names=Html(listed))
    if team.bench:
        bench = t.html("Substitutes: {names}", names=t(", ").join(team.bench[:_NAMES_SHOWN]))
        line = f"{line}\n      {italic(bench)}"
    return f"{mark} {line}"


def _lobby_buttons(view: LobbyCard, t: Texts) -> tuple[tuple[Button, ...], ...]:
    id_ = view.contest_id
    rows: list[tuple[Button, ...]] = []
    if view.individuals:
        rows.append((Button(t("Join"), pack("join", id_, 0)),))
    else:
        joins = [Button(t("Join {team}", team=team.name), pack("join", id_, team.id)) for team in view.teams[:40]]
        rows += in_rows(joins, 2)
        extra = [Button(t("Ready"), pack("lobby", "ready", id_)), Button(t("My team"), pack("team", "mine", id_))]
        if view.may_add:
            extra.insert(0, Button(t("+ another team"), pack("lobby", "team", id_)))
        rows.append(tuple(extra))
    rules = Button(t("Rules"), pack("lobby", "rules", id_))
    rows.append((rules, Button(t("Latency drill"), pack("lobby", "drill", id_))))
    rows.append((Button(t("Leave"), pack("lobby", "leave", id_)), Button(t("Start"), pack("lobby", "start", id_))))
    return tuple(rows)


@shows(SetUpCard)
def set_up(view: SetUpCard, t: Texts) -> Shown:
    """The set-up card, step by step."""
    if view.step == "preset":
        rows = tuple((Button(title_of(titles, t), pack("setup", "preset", name)),) for name, titles in view.presets)
        return Shown(t.html("Which contest?"), rows)
    if view.step == "bank":
        rows = tuple(
            (
                Button(
                    t("{bank} ({n} questions)", bank=bank.name, n=bank.items),
                    pack("setup", "bank", view.preset, bank.id),
                ),
            )
            for bank in view.banks
        )
        return Shown(t.html("Which question bank?"), rows)
    buttons = tuple(
        Button(t.plural("{n} question", "{n} questions", n), pack("setup", "count", view.preset, view.bank_id, n))
        for n in view.counts
    )
    return Shown(t.html("How many questions?"), (buttons,))


def joined(done: Done, user: int, t: Texts) -> str:
    """What joining answers."""
    team = done.contest.team_of(user)
    if done.contest.rules.seating is Seating.INDIVIDUALS or team is None:
        return t("You are in.")
    if user in team.bench:
        return t("{team} is full; you are a substitute and play once you come on.", team=team.name)
    home = done.contest.seats.named(done.home) if done.home is not None else None
    if home is not None and home.id != team.id:
        return t(
            "You are in {team}. Your unit's own team is {home}; you may still change.", team=team.name, home=home.name
        )
    if team.captain == user:
        return t("You are in {team}, as captain.", team=team.name)
    return t("You are in {team}.", team=team.name)


def left(t: Texts) -> str:
    """What leaving answers."""
    return t("You have left.")


def readiness(done: Done, user: int, t: Texts) -> str:
    """What the ready button answers."""
    team = done.contest.team_of(user)
    if team is not None and team.ready:
        return t("{team} is ready.", team=team.name)
    return t("{team} is not ready yet.", team=team.name if team is not None else "")
