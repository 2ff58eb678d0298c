"""Short ways to say what a bank should hold."""

from quizzes.bank.items import Item, ParsedBank, letters_of


def asked(bank: ParsedBank) -> list[tuple[str, tuple[str, ...], str]]:
    """Each question as its text, its options and its answer in one string."""
    return [(item.text, item.options, answer(item)) for item in bank.items]


def answer(item: Item) -> str:
    """``AC``, ``T``, ``F`` or the accepted texts."""
    if item.options:
        return letters_of(item.answers)
    return "|".join(item.accepted) or "TF"[item.answers[0]] if item.answers or item.accepted else ""


def faults(bank: ParsedBank) -> list[tuple[int, str, str]]:
    """Each error as its line, its field and its code."""
    return [(error.line, error.field, error.code.value) for error in bank.errors]


def remarks(bank: ParsedBank) -> list[tuple[int, str]]:
    """Each warning as its line and its code."""
    return [(warning.line, warning.code.value) for warning in bank.warnings]
