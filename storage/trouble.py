"""Which errors of SQLite are the machine's, and pass once somebody has mended it.

The codes are those of https://www.sqlite.org/rescode.html. Everything else (a constraint, a wrong statement) is a fault of
ours: to try it again would give the same.
"""

import sqlite3

from storage.errors import CommitFailed, Unavailable

_PRIMARY = 0xFF
_READ_ONLY = "read_only"
_KINDS = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_IOERR: "io",
    sqlite3.SQLITE_CANTOPEN: "io",
    sqlite3.SQLITE_NOMEM: "memory",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}


def trouble_of(error: BaseException | None) -> str | None:
    """What is wrong with the machine: ``full``, ``read_only``, ``locked``, ``io``, ``memory``, ``damaged``; None: nothing."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _KINDS.get(code & _PRIMARY)


def refused(error: sqlite3.Error) -> CommitFailed:
    """What a caller is told whose transaction could not be committed for this reason."""
    cause = error.__cause__ if isinstance(error.__cause__, sqlite3.Error) else error
    trouble = trouble_of(cause)
    failed = CommitFailed(reason=str(cause)) if trouble is None else Unavailable(trouble=trouble, reason=str(cause))
    failed.__cause__ = error
    return failed


def unreadable(error: sqlite3.Error) -> Unavailable | None:
    """The same for somebody who only reads; that nothing can be written is no trouble of theirs."""
    trouble = trouble_of(error)
    if trouble in (None, _READ_ONLY):
        return None
    return Unavailable(trouble=trouble, reason=str(error))
