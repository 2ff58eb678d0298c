"""Ideas as their authors, voters and organisers see them."""

from handlers.callback_data import pack
from handlers.present.items import words
from handlers.present.pages import pager
from handlers.present.shown import Button, Shown, cut, in_rows, shows
from handlers.texts import N_, Texts, bold, escape
from study.idea_views import IdeaAlike, IdeaCard, IdeaLine, IdeaList, IdeaNews, IdeaPosted, IdeaReasonAsked

_STATES = {
    "submitted": N_("handed in"),
    "shortlisted": N_("on the shortlist"),
    "adopted": N_("adopted"),
    "not_adopted": N_("not adopted"),
}
_ORDERS = {"votes": N_("Most votes"), "newest": N_("Newest"), "mine": N_("My ideas")}
_RULINGS = {
    "shortlist": N_("Put on the shortlist"),
    "adopt": N_("Adopt"),
    "decline": N_("Do not adopt"),
    "post": N_("Post to the groups"),
    "item": N_("Make it an item"),
}
_NEWS = {
    "shortlisted": N_("⭐ Your idea no. {n} is on the shortlist."),
    "adopted": N_("🎉 Your idea no. {n} is adopted. Thank you!"),
    "not_adopted": N_("Your idea no. {n} was not adopted: {reason}"),
}


@shows(IdeaCard)
def card(view: IdeaCard, t: Texts) -> Shown:
    """The idea, its votes, and what may be done with it."""
    line = view.line
    head = t.html("💡 Idea no. {n}", n=line.id)
    lines: list[str] = [bold(head), escape(line.text), "", escape(_facts(line, t))]
    if view.new:
        lines.insert(0, t.html("Thank you! Your idea has been handed in."))
    if view.reason:
        lines.append(t.html("Reason: {reason}", reason=cut(view.reason, 500)))
    rows: list[tuple[Button, ...]] = []
    if view.categories:
        if not line.category:
            lines += ["", t.html("What is it about?")]
        buttons = [
            Button(("✓ " if name == line.category else "") + cut(name), pack("idea", "category", line.id, at))
            for at, name in enumerate(view.categories)
        ]
        rows += in_rows(buttons, 3)
    if "vote" in view.may:
        rows.append((Button(t("👍 Vote ({n})", n=line.votes), pack("idea", "vote", line.id)),))
    if "unvote" in view.may:
        rows.append((Button(t("Withdraw my vote"), pack("idea", "vote", line.id)),))
    rulings = [Button(t(_RULINGS[name]), pack("idea_rule", name, line.id)) for name in view.may if name in _RULINGS]
    return Shown("\n".join(lines), (*rows, *in_rows(rulings, 2)))


def _facts(line: IdeaLine, t: Texts) -> str:
    author = t("{name} ({unit})", name=line.name, unit=line.unit) if line.name else t("Author not shown")
    votes = t.plural("one vote", "{n} votes", line.votes)
    return " · ".join(part for part in (author, line.category, votes, t(_STATES[line.state])) if part)


@shows(IdeaAlike)
def alike(view: IdeaAlike, t: Texts) -> Shown:
    """Those that are like it, each with a vote; and the way to hand it in all the same."""
    lines: list[str] = [bold(t.html("There are ideas like yours. Is one of them the same? Then vote for it.")), ""]
    for line in view.lines:
        votes = t.plural("one vote", "{n} votes", line.votes)
        lines.append(t.html("No. {n} ({votes}): {text}", n=line.id, votes=votes, text=cut(line.text, 300)))
    lines += ["", t.html("Yours: {text}", text=cut(view.text, 1000))]
    rows = [
        (Button(t("👍 Vote for no. {n}", n=line.id), pack("idea", "vote", line.id)),)
        for line in view.lines
        if not line.mine and not line.voted
    ]
    rows.append((Button(t("Mine is another: hand it in"), pack("idea", "anyway")),))
    return Shown("\n".join(lines), tuple(rows))


@shows(IdeaList)
def listed(view: IdeaList, t: Texts) -> Shown:
    """The campaign's figures, then a page of ideas."""
    lines: list[str] = [
        bold(escape(f"💡 {words(view.campaign, t)}")),
        t.html("{first} to {last}", first=t.day(view.first), last=t.day(view.last)),
        t.html(
            "{ideas} ideas by {people} people, {votes} votes, {adopted} adopted",
            ideas=view.ideas,
            people=view.people,
            votes=view.votes,
            adopted=view.adopted,
        ),
        "",
        bold(escape(t(_ORDERS[view.order]))),
    ]
    for line in view.lines:
        votes = t.plural("one vote", "{n} votes", line.votes)
        state = "" if line.state == "submitted" else f" · {t(_STATES[line.state])}"
        sign = "👍 " if line.voted else ""
        lines.append(
            f"{sign}{line.id}. {escape(cut(line.text.replace(chr(10), ' '), 120))}（{escape(votes)}{escape(state)}）"
        )
    if not view.lines:
        lines.append(t.html("None yet."))
    if view.on:
        lines += ["", t.html("To hand one in: /idea and your idea. You have {n} votes left.", n=view.left)]
    rows: list[tuple[Button, ...]] = [
        (Button(cut(f"{line.id}. {line.text}"), pack("idea", "open", line.id)),) for line in view.lines
    ]
    rows += pager(view.page, view.pages, lambda page: pack("ideas", view.order, page), t)
    rows.append(
        tuple(Button(t(label), pack("ideas", order, 0)) for order, label in _ORDERS.items() if order != view.order)
    )
    return Shown("\n".join(lines), tuple(rows))


@shows(IdeaNews)
def news(view: IdeaNews, t: Texts) -> Shown:
    """For the author."""
    text = t.html(_NEWS[view.state], n=view.idea, reason=view.reason)
    return Shown(f"{text}\n\n{escape(cut(view.text, 1000))}")


@shows(IdeaPosted)
def posted(view: IdeaPosted, t: Texts) -> Shown:
    """For a group: what was adopted, and whose it was."""
    author = t("{name} ({unit})", name=view.name, unit=view.unit) if view.name else t("Author not shown")
    lines: list[str] = [
        bold(escape(t("🎉 Adopted: idea no. {n} of “{campaign}”", n=view.idea, campaign=words(view.campaign, t)))),
        escape(view.text),
        "",
        escape(f"{author} · {t.plural('one vote', '{n} votes', view.votes)}"),
    ]
    return Shown("\n".join(lines))


@shows(IdeaReasonAsked)
def why(view: IdeaReasonAsked, t: Texts) -> Shown:
    """The question for a reason."""
    return Shown(
        t.html(
            "Why is idea no. {n} not adopted? Send the reason, the author will read it; /cancel leaves.", n=view.idea
        )
    )


def voted(t: Texts, *, voted: bool) -> str:
    """The toast after a vote."""
    return t("You vote for this idea.") if voted else t("Your vote is withdrawn.")


def posted_to(t: Texts, groups: int) -> str:
    """The toast after posting."""
    return t.plural("Posted to one group.", "Posted to {n} groups.", groups)


def item_made(t: Texts, number: int) -> str:
    """The toast after an idea became an item."""
    return t("It is item no. {n} now.", n=number)
