"""Levels as drawings: a radar of the domains with a line a stage, and one skill as a mark with its doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.growth.scale import level_of, nearest
from craftpath.domain.growth.standing import Standing, by_domain, mean_of
from craftpath.domain.growth.texts import LEVELS

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Skill
    from craftpath.engines.growth import Peers


AXES = range(3, 13)
"""Of how many domains there is a radar: two make a line, and more than a dozen nobody can read."""


def figure(value: float) -> str:
    """A share (0–1) on the scale of levels, with one decimal."""
    return f"{level_of(value):.1f}"


def word(value: float) -> str:
    """The level that lies nearest, in words."""
    return str(LEVELS[nearest(value)])


def _percent(value: float) -> str:
    return f"{100 * value:.2f}"


@dataclass(frozen=True, slots=True)
class Mark:
    """One skill on the scale; places in percent as texts, "" where there is nothing to draw."""

    at: str
    low: str
    length: str
    peers: str
    own: str
    words: str


def mark(level: float, low: float, high: float, peers: float, own: float | None) -> Mark:
    """A level with its interval, the peers' median (NaN: kept back) and the own view (None: none)."""
    said = []
    known = not np.isnan(level)
    if known:
        said.append(
            _("%(level)s of 4, between %(low)s and %(high)s")
            % {"level": figure(level), "low": figure(low), "high": figure(high)}
        )
    if not np.isnan(peers):
        said.append(_("peers' median %(level)s") % {"level": figure(peers)})
    if own is not None:
        said.append(_("own view %(level)s") % {"level": figure(own)})
    return Mark(
        _percent(level) if known else "",
        _percent(low) if known else "",
        _percent(high - low) if known else "",
        "" if np.isnan(peers) else _percent(peers),
        "" if own is None else _percent(own),
        "; ".join(said) or _("no proof yet"),
    )


@dataclass(frozen=True, slots=True)
class Ring:
    """One line of the radar: a stage, by its order, or the peers (0); a level or None for each domain."""

    name: str
    order: int
    values: Sequence[float | None]


def radar(found: Standing, at: int, stage: int | None, peers: Peers | None) -> dict[str, Any] | None:
    """The domains, a line for each stage with proofs and one for the peers; None where there is nothing.

    The mean of a domain is of the skills that have a level. The peers' is of the skills that have both, so that the
    two can be compared, and it is made of medians that are shown below: it tells nothing that they do not.
    """
    domains = by_domain(found.skills)
    names = [text(found.skills[places[0]].domain_name) for places in domains.values()]
    rings = []
    for n, one in enumerate(found.stages):
        level = found.levels.level[at, :, n]
        values = [mean_of(level, places) for places in domains.values()]
        if any(value is not None for value in values):
            rings.append(Ring(text(one.name), one.order, values))
    if not rings or len(names) not in AXES:
        return None
    if peers is not None and stage is not None:
        both = np.where(np.isnan(found.levels.level[at, :, stage]), np.nan, peers.median[:, stage])
        values = [mean_of(both, places) for places in domains.values()]
        if any(value is not None for value in values):
            rings.append(Ring(_("Peers' median"), 0, values))
    return {
        "kind": "radar",
        "n": None,
        "most": 4,
        "axes": names,
        "rings": [
            {"name": one.name, "order": one.order, "values": [_levelled(value) for value in one.values]}
            for one in rings
        ],
        "table": {
            "head": [_("Domain"), *(one.name for one in rings)],
            "rows": [
                [name, *("–" if one.values[n] is None else figure(one.values[n] or 0) for one in rings)]
                for n, name in enumerate(names)
            ],
        },
    }


def _levelled(value: float | None) -> float | None:
    return None if value is None else round(level_of(value), 2)


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One skill of one person in one stage, as the page shows it."""

    skill: Skill
    figure: str
    word: str
    n: int
    told: int
    mark: Mark
    peers: str
    peers_n: int
    own: str
    gap: str
    goal: str


def _gap(view: float, level: float) -> str:
    """How far the own view lies above (+) or below the level; "" where both round to the same."""
    gap = f"{level_of(view) - level_of(level):+.1f}"
    return "" if gap in ("+0.0", "-0.0") else gap.replace("-", "−")


@dataclass(frozen=True, slots=True)
class DomainLines:
    """The skills of one domain."""

    name: str
    lines: Sequence[SkillLine]


def lines(
    found: Standing,
    at: int,
    stage: int,
    peers: Peers,
    own: dict[str, float],
    goals: dict[str, str],
) -> list[DomainLines]:
    """Every skill by domain; `own` has the self-check as shares, `goals` the open goals' words."""
    domains: dict[str, list[SkillLine]] = {}
    for n, skill in enumerate(found.skills):
        place = at, n, stage
        level, low, high = (
            float(one[place]) for one in (found.levels.level, found.levels.low, found.levels.high)
        )
        median = float(peers.median[n, stage])
        view = own.get(skill.key)
        known = not np.isnan(level)
        domains.setdefault(text(skill.domain_name), []).append(
            SkillLine(
                skill,
                figure(level) if known else "",
                word(level) if known else "",
                int(found.levels.n[place]),
                int(found.levels.told[place]),
                mark(level, low, high, median, view),
                "" if np.isnan(median) else figure(median),
                int(peers.n[n, stage]),
                "" if view is None else figure(view),
                _gap(view, level) if known and view is not None else "",
                goals.get(skill.key, ""),
            )
        )
    return [DomainLines(name, some) for name, some in domains.items()]
