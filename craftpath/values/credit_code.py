"""The unified social credit code of China (GB 32100-2015): 18 signs, the last of which checks the others."""

from __future__ import annotations

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Digits and capitals without I, O, S, V and Z, which are easily taken for others; each stands for its place."""
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
LENGTH = 18


def tidy(typed: str) -> str:
    """The code as it is kept: capitals, without what people put between its parts."""
    return "".join(typed.split()).replace("-", "").upper()


def check_sign(body: str) -> str:
    """The last sign for the first seventeen; ValueError for one that no code has."""
    if len(body) != LENGTH - 1:
        raise ValueError(f"{len(body)} signs")
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(body, WEIGHTS, strict=True))
    return SIGNS[-total % len(SIGNS)]


def is_credit_code(code: str) -> bool:
    """Whether these are eighteen such signs and the last one is right."""
    if len(code) != LENGTH or any(sign not in SIGNS for sign in code):
        return False
    return check_sign(code[:-1]) == code[-1]
