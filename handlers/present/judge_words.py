"""The rules of judges, protests and speeches in plain words."""

from datetime import timedelta

from handlers.texts import N_, Texts
from quizzes.engine.questions import Kind
from quizzes.engine.rules import Rules, SpeechOrder, SpeechSegment

_KINDS = {Kind.ORAL: N_("spoken answers"), Kind.FILL_IN: N_("typed answers")}


def _s(length: timedelta) -> float:
    return length.total_seconds()


def judging(rules: Rules, t: Texts) -> list[str]:
    """Who rules, how the panel agrees, and how a ruling is protested against."""
    judges, lines = rules.judges, []
    if judges.named:
        lines.append(t("Judges: {names}", names=t(", ").join(judges.named)))
    if judges.kinds:
        kinds = t(", ").join(t(_KINDS.get(kind, kind.value)) for kind in judges.kinds)
        lines.append(t("The judges rule on: {kinds}.", kinds=kinds))
    if judges.kinds or rules.protests is not None:
        lines += _panel(rules, t)
    if all(isinstance(segment, SpeechSegment) for segment in rules.segments):
        lines.append(t("If no score comes, the host decides within {seconds:g} s.", seconds=_s(judges.chief)))
    elif rules.protests is None:
        lines.append(t("Rulings are final; there are no protests."))
    else:
        lines.append(
            t(
                "A captain may protest against any ruling until the next question closes, and {seconds:g} s after the last"
                " one; {n} a team, one that is upheld is given back.",
                n=rules.protests.each,
                seconds=_s(rules.protests.window),
            )
        )
    if rules.decimals:
        lines.append(t("Scores have {n} decimals.", n=rules.decimals))
    return lines


def _panel(rules: Rules, t: Texts) -> list[str]:
    judges = rules.judges
    agree = (
        t("As many equal ballots decide: {quorum}.", quorum=judges.quorum)
        if judges.quorum
        else t("The majority of the judges decides.")
    )
    return [
        agree,
        t(
            "The judges have {seconds:g} s, then the chief judge alone {chief:g} s; without judges the host rules.",
            seconds=_s(judges.seconds),
            chief=_s(judges.chief),
        ),
        t("Nobody judges a contest in which their own unit plays."),
    ]


def speaking(segment: SpeechSegment, t: Texts) -> list[str]:
    """How a speech goes and how it is scored."""
    order = {
        SpeechOrder.DRAWN: N_("The order is drawn by lot."),
        SpeechOrder.SEAT: N_("The order is that of the lobby."),
    }[segment.order]
    lines = [
        t(order),
        t(
            "{start:g} s to the stage, then {talk:g} s to speak; {warning:g} s before the end the speaker is told.",
            start=_s(segment.start),
            talk=_s(segment.talk),
            warning=_s(segment.warning),
        ),
        t(
            "Every judge scores from {least} to {most}, with {places} decimals at the most, within {seconds:g} s.",
            least=segment.least,
            most=segment.most,
            places=segment.places,
            seconds=_s(segment.scoring),
        ),
    ]
    if segment.drop:
        lines.append(
            t(
                "From {n} scores on, {drop} highest and {drop} lowest do not count; the rest is averaged.",
                n=segment.drop_from,
                drop=segment.drop,
            )
        )
    else:
        lines.append(t("The scores are averaged."))
    return lines
