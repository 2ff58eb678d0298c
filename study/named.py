"""Somebody among the people whom one looks after, by name or by code."""

from storage import Tx
from storage.people import Person
from study.access import Access
from study.checkin_errors import PersonAmbiguous, PersonUnknown
from study.errors import NotAllowed


def person_named(tx: Tx, access: Access, name: str) -> Person:
    """The one person with this name or code in the units that somebody runs.

    Raises:
        NotAllowed: they run none.
        PersonUnknown, PersonAmbiguous: nobody is called so there, or several are.
    """
    units = access.units(tx)
    if not units:
        raise NotAllowed()
    found = [one for one in tx.people.called(name) if one.unit_id in units]
    exact = [one for one in found if one.code.casefold() == name.casefold()] or found
    if not exact:
        raise PersonUnknown(name=name)
    if len(exact) > 1:
        raise PersonAmbiguous(name=name, codes=", ".join(one.code for one in exact[:5]))
    return exact[0]
