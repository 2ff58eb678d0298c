"""What can be wrong with the database itself."""


class StorageError(Exception):
    """The database cannot be used as asked; ``code`` and ``params`` say why, never in words for users."""

    code = "storage"

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(f"{self.code} {params}" if params else self.code)


class CommitFailed(StorageError):
    """A transaction ran, and its commit was refused; nothing of it is stored."""

    code = "storage.commit_failed"


class Unavailable(CommitFailed):
    """The machine does not let us write or read at present; nothing is stored, and it may be tried again once that is mended.

    ``trouble`` is one of the kinds of :func:`storage.trouble.trouble_of`, ``reason`` what SQLite says.
    """

    code = "storage.unavailable"

    def __str__(self) -> str:
        return str(self.params["reason"])

    @property
    def trouble(self) -> str:
        """What is wrong."""
        return str(self.params["trouble"])


class NotArrived(StorageError):
    """An update did not come into the inbox: it was there before, or could not be stored. It has had no effect."""

    code = "storage.not_arrived"


class NewerSchema(StorageError):
    """The database was written by a newer version of the program."""

    code = "storage.newer_schema"


class OldSchema(StorageError):
    """The database has to be migrated before it can be read."""

    code = "storage.old_schema"


class InUse(StorageError):
    """Another process holds the database for writing."""

    code = "storage.in_use"


class NotADatabase(StorageError):
    """The file is there and is no database of ours."""

    code = "storage.not_a_database"


class Damaged(NotADatabase):
    """The file was a database and can no longer be read as one; ``reason`` is what SQLite says."""


class Closed(StorageError):
    """The database is closed: the program is about to end."""

    code = "storage.closed"
