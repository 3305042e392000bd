"""The unified social credit code: real codes hold, and every slip of one sign is found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from craftpath.values.credit_code import SIGNS, check_sign, is_credit_code, tidy

REAL = ("91350100M000100Y43", "91110000600037341L", "914403001922038216")


def test_real_codes_hold() -> None:
    assert all(is_credit_code(code) for code in REAL)


def test_what_is_none() -> None:
    for wrong in ("", "91350100M000100Y4", "91350100M000100Y433", "91350100M000100Y44", "91350100M000100I43"):
        assert not is_credit_code(wrong)


def test_it_is_kept_in_capitals_without_gaps() -> None:
    assert tidy(" 91350100-m000100 y43 ") == REAL[0]


@given(st.text(SIGNS, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_found(body: str, place: int, other: str) -> None:
    code = body + check_sign(body)
    changed = code[:place] + other + code[place + 1 :]
    assert is_credit_code(code)
    assert is_credit_code(changed) == (changed == code)
