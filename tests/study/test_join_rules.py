"""Codes in links, codes that are given out, names."""

import re

from hypothesis import given
from hypothesis import strategies as st

from study.join_rules import code_of, next_code, payload_of, same_name, tidy_name
from study.roster import CODE_BYTES, code_key


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=32))
def test_a_link_leads_back_to_its_code(code: str) -> None:
    """Whatever a code is made of, its link carries only what Telegram allows and means the same code."""
    code = code_of(code)
    if len(code.encode()) > CODE_BYTES or code.startswith("c_"):
        return

    payload = payload_of(code)

    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert code_key(code_of(payload)) == code_key(code)


def test_codes_that_look_like_other_links_are_wrapped() -> None:
    """``task_1`` as a code never opens a task."""
    assert payload_of("SF101") == "SF101"
    assert payload_of("task_1").startswith("c_")
    assert code_of(payload_of("task_1")) == "task_1"


def test_what_is_no_wrapped_code_stays_as_it_is() -> None:
    """Broken wrapping is simply an unknown code."""
    assert code_of("c_%%%") == "c_%%%"
    assert code_of("c_") == "c_"


def test_codes_are_given_out_in_a_row() -> None:
    """The next one after the greatest; other codes do not count."""
    assert next_code([]) == "T0001"
    assert next_code(["T0009", "SF101", "t0012", "T1"]) == "T0013"
    assert next_code(["T9999"]) == "T10000"


def test_names_on_one_line() -> None:
    """Line breaks and what cannot be seen are taken out; spaces do not make another name."""
    assert tidy_name(" 王\n若兰\u200b\u202e ") == "王 若兰"
    assert same_name("王 若兰", "王若兰")
    assert not same_name("王若兰", "王若")
