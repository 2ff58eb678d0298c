"""What a group is bound to."""

from handlers.callback_data import pack
from handlers.present.pages import short
from handlers.present.shown import Button, Shown, shows
from handlers.texts import Texts
from study.binding import Binding, Bound, RebindAsked, Unbound, WhichUnit


@shows(Binding)
def binding(view: Binding, t: Texts) -> Shown:
    """The unit, or how to bind."""
    if view.unit is None:
        return Shown(
            t.html("This group is not bound to a unit yet. Write /bind and the unit's name, such as: /bind 第一支部")
        )
    return Shown(t.html("This group is bound to <b>{unit}</b>. /unbind undoes it.", unit=view.unit))


@shows(Bound)
def bound(view: Bound, t: Texts) -> Shown:
    """The unit, and how many of its people have joined."""
    parts = [t.html("This group now belongs to <b>{unit}</b>.", unit=view.unit)]
    if view.made:
        parts.append(t.html("The unit is new and was made."))
    parts.append(t.html("On the roster: {people}, joined: {joined}.", people=view.people, joined=view.joined))
    return Shown(" ".join(parts))


@shows(WhichUnit)
def which_unit(view: WhichUnit, t: Texts) -> Shown:
    """The units that may be meant."""
    if view.is_known:
        text = t.html("Several units are called {unit}. Which one is it?", unit=view.wanted)
    else:
        text = t.html("There is no unit {unit}. Did you mean one of these?", unit=view.wanted)
    rows = [(Button(short(one.path), pack("bind", "to", one.id)),) for one in view.choices]
    if view.wish_id:
        rows.append((Button(t("Make the unit and bind"), pack("bind", "new", view.wish_id)),))
    return Shown(text, tuple(rows))


@shows(RebindAsked)
def rebind_asked(view: RebindAsked, t: Texts) -> Shown:
    """Another unit has the group."""
    text = t.html(
        "This group is bound to <b>{now_unit}</b>. Shall it belong to <b>{unit}</b> instead?",
        now_unit=view.now_unit,
        unit=view.unit,
    )
    return Shown(text, ((Button(t("Yes, bind anew"), pack("bind", "move", view.unit_id)),),))


@shows(Unbound)
def unbound(view: Unbound, t: Texts) -> Shown:
    """No unit any more."""
    return Shown(t.html("This group no longer belongs to {unit}.", unit=view.unit))
