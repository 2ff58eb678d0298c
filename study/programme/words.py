"""What every part of a programme is made of: titles in several languages, keys, and who is meant."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, RootModel, model_validator

from quizzes.engine.frozen import dataclass
from storage.people import Person, Role

LANGUAGES = ("zh-CN", "zh-TW", "en")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")


def _is_key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise ValueError("key")
    return text


Key = Annotated[str, AfterValidator(_is_key)]
"""A name of the data's own, never shown: a lower-case letter, then letters, digits and ``_``; at most 32."""


class Title(RootModel[dict[str, str]]):
    """Words for people, by language: ``{"zh-CN" = "…", "zh-TW" = "…", en = "…"}``; a plain string stands for all."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _known(self) -> "Title":
        if not self.root or set(self.root) - set(LANGUAGES) or not all(text.strip() for text in self.root.values()):
            raise ValueError("title")
        return self

    def within(self, language: str) -> str:
        """The words in a language, or in the first that there is."""
        return self.root.get(language) or next(iter(self.root.values()))


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that does not fit between two parts of a programme.

    ``key`` is where (``quotas[2].of``), ``problem`` what: ``unknown_name`` (names nothing that there is), ``twice``,
    ``wrong``; ``value`` is what stands there.
    """

    key: str
    problem: str
    value: object = None


class Part(BaseModel):
    """One file of a programme, or a table in it; an unknown key is an error that names it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def flaws(self, whole: Any) -> Iterator[Flaw]:
        """What does not fit with the rest of the programme (a :class:`study.programme.whole.Programme`)."""
        yield from ()


_LOOKING_ON = frozenset({Role.JUDGE, Role.OBSERVER})


class Who(Part):
    """Whom something concerns; an empty list is no limit. ``units`` are paths and mean those below them too.

    ``cohorts`` are named in ``programme.toml``; whoever is in one of them is meant.
    """

    levels: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    units: tuple[str, ...] = ()
    cohorts: tuple[Key, ...] = ()

    def means(self, person: Person, path: str, cohorts: "dict[str, Who] | None" = None) -> bool:
        """Whether a person (whose unit has this path) is meant; ``cohorts`` are the programme's, by key."""
        return (
            (not self.levels or person.level in self.levels)
            and (not self.titles or person.title in self.titles)
            and (not self.roles or person.role in self.roles)
            and (not self.units or any(path == unit or path.startswith(f"{unit}/") for unit in self.units))
            and (not self.cohorts or any((cohorts or {})[key].means(person, path) for key in self.cohorts))
        )

    def concerns(self, person: Person, path: str, cohorts: "dict[str, Who] | None" = None) -> bool:
        """Whether it concerns a person as one of those who study.

        Judges and observers come to look at what others do: nothing is asked of them unless their role is named.
        """
        named = {*self.roles, *(role for key in self.cohorts for role in (cohorts or {})[key].roles)}
        return (person.role not in _LOOKING_ON or person.role in named) and self.means(person, path, cohorts)


def twice(keys: "tuple[str, ...]", where: str) -> Iterator[Flaw]:
    """The keys of a list (``where``) that stand there more than once."""
    seen: set[str] = set()
    for at, key in enumerate(keys):
        if key in seen:
            yield Flaw(f"{where}[{at}].key", "twice", key)
        seen.add(key)
