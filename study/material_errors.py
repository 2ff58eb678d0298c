"""Refusals around materials."""

from study.errors import StudyError


class MaterialGone(StudyError):
    """No such material is in the list (any more)."""

    code = "material_gone"


class NoGroupOfTheirs(StudyError):
    """The organiser's units have no group to push to."""

    code = "material_no_group_of_theirs"


class MaterialNoGroup(StudyError):
    """No group is bound to the person's unit, nor to one above it."""

    code = "material_no_group"


class MaterialFlawed(StudyError):
    """What was sent cannot become a material; ``wanted`` says what is wrong: ``no_title``, ``no_text``, ``long_title`` …."""

    code = "material_flawed"


class MaterialExists(StudyError):
    """The series has a material with this ``title`` already."""

    code = "material_exists"


class AlreadyAnswered(StudyError):
    """The first answer counts."""

    code = "material_already_answered"


class NothingMarked(StudyError):
    """No option is marked yet."""

    code = "material_nothing_marked"


class NoMaterialToday(StudyError):
    """Nothing was pushed today in the groups that are asked about."""

    code = "material_none_today"
