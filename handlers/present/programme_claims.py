"""The items that people take on and the ideas that are collected, in plain words."""

from typing import Final

from handlers.present.programme_who import listing, who_words
from handlers.texts import N_, Texts
from study.programme import Programme

_PERIODS: Final = {
    "year": N_("in a year"),
    "half": N_("in half a year"),
    "quarter": N_("in a quarter"),
    "ever": N_("in all"),
}


def claims_lines(programme: Programme, t: Texts) -> list[str]:
    """Each pool: whose, how many, how it is shared out, its milestones."""
    lines = []
    for pool in programme.claims.pools:
        said = [t("at most {n} each {period}", n=pool.most, period=t(_PERIODS[pool.period]))]
        if pool.two_way is not None:
            said.append(t("two-way choice with up to {n} wishes", n=pool.two_way.wishes))
        elif pool.approval:
            said.append(t("a claim has to be approved"))
        if pool.evidence:
            said.append(t("reports need a photo or file"))
        said.append(t("for {who}", who=who_words(pool.who, programme, t)))
        lines.append(t("“{title}”: {words}", title=pool.title.within(t.language), words=listing(said, t)))
        steps = (t("{title} ({n} days)", title=one.title.within(t.language), n=one.days) for one in pool.milestones)
        lines.append(t("  Milestones: {names}", names=" → ".join(steps)))
    return lines


def ideas_lines(programme: Programme, t: Texts) -> list[str]:
    """Each campaign: from when to when, for whom, how many votes."""
    lines = []
    for campaign in programme.ideas.campaigns:
        said = [
            t("{first} to {last}", first=t.day(campaign.first), last=t.day(campaign.last)),
            t("{n} votes each", n=campaign.votes),
        ]
        if campaign.anonymous:
            said.append(t("authors are not shown"))
        said.append(t("for {who}", who=who_words(campaign.who, programme, t)))
        lines.append(t("“{title}”: {words}", title=campaign.title.within(t.language), words=listing(said, t)))
    return lines
