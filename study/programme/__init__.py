"""A study programme as data: a folder of TOML files, one a capability, each with a pydantic model that names every mistake.

``whole.Programme`` is all of it; ``reading`` makes it of a folder, ``current`` finds the one that is in force. A bot to
which no programme was applied has an empty one: nothing of it is switched on.
"""

from study.programme.current import programme_in_force
from study.programme.whole import Programme

__all__ = ["Programme", "programme_in_force"]
