"""The sentence for a file that cannot be read at all."""

from handlers.texts import N_, Texts
from quizzes.files import FileError

ERRORS = {
    "file.empty": N_("The file is empty."),
    "file.too_large": N_("The file is too large: at most {limit_mb} MB."),
    "file.wrong_content": N_(
        "This is a {kind} file, whatever its name says; please send a table, a text or a Word file."
    ),
    "file.old_office": N_("This is an old Office file. Please save it as .xlsx or .docx and send it again."),
    "file.encrypted": N_("The file is protected by a password. Please take the password off first."),
    "file.broken": N_("The file is damaged and cannot be read."),
    "file.bomb": N_("The file would unpack to far more than a real one; it was not opened."),
    "file.forbidden_xml": N_("The file contains parts that no real file of its kind has; it was not opened."),
    "file.unknown_encoding": N_("The text cannot be read from line {line} on. Please save the file as UTF-8."),
    "file.too_many_rows": N_("The file has too many rows: at most {limit}."),
    "file.missing_columns": N_("The first row has to name the columns; not found: {columns}"),
    "file.unknown_format": N_(
        "There are no questions in this file in any form that I know; docs/banks.md shows the forms."
    ),
    "file.format_cannot_carry": N_(
        "Question {number} cannot be written in the format {format}; please choose another."
    ),
    "file.no_such_format": N_("There is no format {name}. There are: {known}"),
}


def file_sentence(error: FileError, t: Texts) -> str:
    """What is wrong with the file as a whole."""
    params = {
        name: ", ".join(value) if isinstance(value, list | tuple) else value for name, value in error.params.items()
    }
    return t(ERRORS[error.code], **params)
