"""The rules of the panel, of protests and of speeches in plain words."""

from handlers.texts import Html, Texts, escape
from quizzes.views import PanelLine, SpeechLine


def panel_lines(view: PanelLine, t: Texts) -> list[str]:
    """The panel and the protests among the rules in the lobby, HTML."""
    lines = []
    if view.judges:
        names = t.html(", ").join(
            escape(name) + (t.html(" (chief)") if chief else "") + (t.html(" (recused)") if recused else "")
            for name, chief, recused in view.judges
        )
        lines.append(t.html("Judges: {names}", names=Html(names)))
    if view.rules:
        lines.append(
            t.html("Judges rule on the answers: {n} equal ballots within {seconds:g} s, then the chief alone.",
                   n=view.needed, seconds=view.seconds)
        )  # fmt: skip
    if view.protests:
        lines.append(
            t.html("A captain may protest against a ruling until the next question closes; {n} a team, one that is upheld is given back.",
                   n=view.protests)
        )  # fmt: skip
    return lines


def speech_lines(view: SpeechLine, t: Texts) -> list[str]:
    """The rules of speeches, HTML."""
    lines = [
        t.html("Everybody speaks once, {talk} at most; every judge scores from {least} to {most}.",
               talk=length(view.talk, t), least=view.least, most=view.most)
    ]  # fmt: skip
    lines.append(t.html("The order is drawn by lot.") if view.drawn else t.html("The order is that of the lobby."))
    if view.drop:
        lines.append(
            t.html("From {n} scores on, {drop} highest and {drop} lowest do not count; the rest is averaged.",
                   n=view.drop_from, drop=view.drop)
        )  # fmt: skip
    return lines


def length(seconds: float, t: Texts) -> str:
    """A length in minutes or seconds."""
    if seconds >= 60 and seconds % 60 == 0:
        return t.html("{n} min", n=int(seconds // 60))
    return t.html("{seconds:g} s", seconds=seconds)
