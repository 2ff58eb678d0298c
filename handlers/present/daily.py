"""How the question of a day looks."""

from collections.abc import Mapping

from handlers.callback_data import pack
from handlers.present.options import letters
from handlers.present.posed import option_buttons, outcome, question
from handlers.present.shown import Button, Shown, cut, shows
from handlers.texts import N_, Texts, bold, escape, italic
from study.daily_cards import Tally
from study.daily_views import DailyBankMissing, DailyCard

ERRORS: Mapping[str, str] = {
    "daily_closed": N_("This question is closed; the answer stands on the card."),
    "daily_answered": N_("You have answered this card already; the first answer counts."),
    "daily_seen": N_("You have looked at the answer; this question does not count for you any more."),
}
_TOAST = 200
"""Characters of a dialog that Telegram shows."""


@shows(DailyCard)
def card(view: DailyCard, t: Texts) -> Shown:
    """The question; its answer and how many knew it once it is closed (in private: once it is answered)."""
    title = escape(view.title.within(t.language))
    head = bold(f"📘 {title} · {view.number}/{view.of_all}")
    parts = [head, question(view.posed, t, ruled=view.closed)]
    if not view.closed:
        choose = t.html("Think first, then choose; the first answer counts.")
        look = t.html("Think first, then look at the answer.")
        parts.append(italic(choose if view.choosable else look))
        rows = list(option_buttons(view.posed, t, lambda place: pack("daily", "pick", view.card, place)))
        rows = rows if view.choosable else []
        return Shown("\n\n".join(parts), (*rows, (Button(t("See the answer"), pack("daily", "see", view.card)),)))
    parts.append(outcome(view.posed, t))
    if view.counts is not None:
        right, wrong, seen = view.counts
        parts.append(
            t.html("{n} answered: {right} right, {wrong} wrong", n=right + wrong, right=right, wrong=wrong)
            + (t.html("; {n} only looked at the answer", n=seen) if seen else "")
        )
    return Shown("\n\n".join(parts))


@shows(DailyBankMissing)
def bank_missing(view: DailyBankMissing, t: Texts) -> Shown:
    """For the admins: no card today, and why."""
    title = view.title.within(t.language)
    return Shown(
        t.html(
            "There was no “{title}” today: the bank “{bank}” has no questions. Please import it (see /banks).",
            title=title,
            bank=view.bank,
        )
    )


def ruled(t: Texts, view: DailyCard, *, right: bool | None, tally: Tally) -> str:
    """What the presser alone is told: right or wrong, the answer, why; and how they do with the whole list."""
    answer = t(" or ").join(view.posed.accepted) if view.posed.kind == "fill_in" else letters(view.posed.right)
    told = t("The answer: {answer}", answer=answer)
    if right is not None:
        told = f"{t('✅ Right') if right else t('❌ Wrong')} {told}"
    score = t("So far: {right} of {n} right", right=tally.correct, n=tally.cards) if tally.cards else ""
    room = _TOAST - len(told) - len(score) - 2
    why = cut(view.posed.explanation, room) if view.posed.explanation and room > 10 else ""
    return "\n".join(part for part in (told, why, score) if part)
