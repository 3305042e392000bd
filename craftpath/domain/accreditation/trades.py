"""Names of occupations, as registrations, places and classes carry them: the same trade under either of its names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from craftpath.domain.occupations.queries import occupations

MOST = 400
LONGEST = 80
Trade = Mapping[str, str]


def trade_words(name: Trade) -> frozenset[str]:
    """The names by which a trade is known, as they are compared."""
    return frozenset(said for said in ("".join(one.split()).casefold() for one in name.values()) if said)


def same_trade(one: Trade, other: Trade) -> bool:
    """Whether two names stand for one trade; no name is the same as none."""
    return bool(trade_words(one) & trade_words(other))


def known_trades() -> list[dict[str, str]]:
    """Names of the occupations of the open scope, each once; one query."""
    found: dict[frozenset[str], dict[str, str]] = {}
    for name in occupations().values_list("name", flat=True)[:MOST]:
        found.setdefault(trade_words(name), dict(name))
    return list(found.values())


def trade_named(typed: str, known: Iterable[Trade]) -> dict[str, str]:
    """The trade that somebody typed: a known one in both languages, else the words as they are."""
    words = {"zh": typed.strip()[:LONGEST]}
    if not words["zh"]:
        return {}
    return next((dict(one) for one in known if same_trade(one, words)), words)
