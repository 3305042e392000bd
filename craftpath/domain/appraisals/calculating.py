"""From inputs to appraisals: no clock, no chance, no database, so the same inputs give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from craftpath.domain.appraisals import measuring
from craftpath.domain.appraisals.definition import LEVEL, Definition
from craftpath.domain.appraisals.inputs import Case, Inputs, Own, canonical

if TYPE_CHECKING:
    from craftpath.engines.appraisal import Appraisal as Estimates
    from craftpath.engines.appraisal import Explanation, Measured

THOUSANDTH = Decimal("0.001")
PLACES = 6
EVERY = 20  # trainers between two steps
Step = Callable[[int, int], None]


def calculate(inputs: Inputs, step: Step = lambda _done, _total: None) -> dict[str, Any]:
    """{"about": …, "appraisals": [one of each appraised trainer, as a row keeps it]}. `step` may raise to end it."""
    rule = Definition.of(inputs.definition)
    found = _estimates(inputs, rule)
    by_key = {case.key: case for case in inputs.cases}
    out = {(one.trainer, one.part) for one in inputs.corrected if one.part}
    out |= {(one.trainer, "") for one in inputs.corrected if not one.part and not one.line}
    left_out: dict[str, list[list[str]]] = {}
    for who, *rest in inputs.left_out:
        left_out.setdefault(who, []).append(rest)
    appraisals = []
    for at, who in enumerate(inputs.appraised):
        if at % EVERY == 0:
            step(at, len(inputs.appraised))
        made = _one(who, inputs.own[who], rule, found, by_key, out)
        appraisals.append(made | {"left_out": left_out.get(who, [])})
    return {"about": _about(inputs, found), "appraisals": appraisals}


def as_text(results: dict[str, Any]) -> str:
    """The canonical text of results, of which their digest is."""
    return canonical(results)


def _estimates(inputs: Inputs, rule: Definition) -> Estimates | None:
    """The model of all cases; None without any."""
    if not inputs.cases:
        return None
    # SciPy comes with the engine and takes a second to import, so only a computation pays for it.
    from craftpath.engines.appraisal import Cases, Rules, appraise  # noqa: PLC0415

    cases = inputs.cases
    trainers = sorted({who for case in cases for who, _ in case.shares} | set(inputs.appraised))
    rows = [(at, who, share) for at, case in enumerate(cases) for who, share in case.shares]
    at, keys, shares = zip(*rows, strict=True)
    return appraise(
        Cases.of(
            trainers,
            [case.enrolment for case in cases],
            [case.result for case in cases],
            [float("nan") if case.start is None else case.start for case in cases],
            [case.stage for case in cases],
            [case.programme for case in cases],
            (list(at), list(keys), list(shares)),
            periods=[case.evaluation for case in cases],
        ),
        Rules(apprentices=rule.part("progress").least, level=LEVEL),
    )


def _one(
    who: str,
    own: Own,
    rule: Definition,
    found: Estimates | None,
    by_key: dict[str, Case],
    out: set[tuple[str, str]],
) -> dict[str, Any]:
    from craftpath.engines.appraisal import compose, explain  # noqa: PLC0415 - as above

    told = explain(found, who) if found is not None else None
    measured = _measured(own, told)
    for key in list(measured):
        if (who, key) in out or (who, "") in out:
            measured[key] = _nothing("corrected", measured[key].n)
    made = compose(_parts(rule), measured, Decimal(rule.fewest))
    score = None if made.value is None else _thousandth(made.value)
    return {
        "trainer": who,
        "score": None if score is None else str(score),
        "low": _side(made.low),
        "high": _side(made.high),
        "result": None if score is None else int(score.quantize(Decimal(1), ROUND_HALF_UP)),
        "band": None if score is None else rule.band(score),
        "why": made.why,
        "effect": _effect(told),
        "lines": list(_lines(told, by_key)),
        "parts": [
            {
                "key": line.key,
                "weight": int(line.weight),
                "n": measured[line.key].n,
                "figure": _round(measured[line.key].value if not line.why else None),
                "low": _round(measured[line.key].low if not line.why else None),
                "high": _round(measured[line.key].high if not line.why else None),
                "counted": _round(float(line.counted)),
                "reached": _round(None if line.reached is None else float(line.reached)),
                "points": _round(float(line.points)),
                "why": line.why,
            }
            for line in made.lines
        ],
    }


def _parts(rule: Definition) -> Any:
    """The engine's parts. Of progress the model says itself where there are too few."""
    from craftpath.engines.appraisal import Part  # noqa: PLC0415 - as above

    return tuple(
        Part(one.key, Decimal(one.weight), one.points, least=0 if one.key == "progress" else one.least)
        for one in rule.parts
    )


def _measured(own: Own, told: Explanation | None) -> dict[str, Measured]:
    from craftpath.engines.appraisal import Measured  # noqa: PLC0415 - as above

    found = {"progress": _nothing("no_cases", 0)}
    if told is not None:
        effect = told.effect
        found["progress"] = Measured(effect.value, effect.apprentices, effect.low, effect.high, effect.why)
    for key in ("verification", "response", "continuity", "voice"):
        figure = getattr(measuring, key)(own)
        found[key] = _nothing("nothing_counted", 0) if figure is None else Measured(*figure)
    return found


def _nothing(why: str, n: int) -> Measured:
    from craftpath.engines.appraisal import Measured  # noqa: PLC0415 - as above

    return Measured(None, n, why=why)


def _effect(told: Explanation | None) -> dict[str, Any]:
    if told is None:
        return {"why": "no_cases", "apprentices": 0, "effective": 0.0}
    effect = told.effect
    figures = ("value", "se", "low", "high", "reliability", "raw", "effective")
    return {
        **{name: _round(getattr(effect, name)) for name in figures},
        "apprentices": effect.apprentices,
        "kept": _round(told.kept),
        "why": effect.why,
    }


def _lines(told: Explanation | None, by_key: dict[str, Case]) -> Iterator[dict[str, Any]]:
    for line in told.lines if told else ():
        case = by_key[f"{line.apprentice}.{line.period}"]
        figures = (
            "start",
            "predicted",
            "result",
            "difference",
            "share",
            "colleagues",
            "rest",
            "weight",
            "contribution",
        )
        yield {
            "enrolment": line.apprentice,
            "evaluation": line.period,
            "stage": dict(case.stage_name),
            **{name: _round(getattr(line, name)) for name in figures},
            "parts": [[name, _round(amount)] for name, amount in line.parts],
        }


def _about(inputs: Inputs, found: Estimates | None) -> dict[str, Any]:
    """What is said of the round as a whole."""
    said: dict[str, Any] = {"cases": len(inputs.cases), "trainers": len(inputs.appraised)}
    if found is None:
        return said | {"why": "no_cases"}
    return said | {
        "why": found.model.why,
        "between": _round(found.model.between),
        "within": _round(found.model.within),
        "leanings": [
            {"about": one.about, "code": one.code, "correlation": _round(one.correlation), "n": one.n}
            for one in found.leanings
            if one.about != "group"
        ],
    }


def _thousandth(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(THOUSANDTH, ROUND_HALF_UP)


def _side(value: float | None) -> str | None:
    return None if value is None else str(Decimal(str(value)).quantize(THOUSANDTH, ROUND_HALF_UP))


def _round(value: float | None) -> float | None:
    """Six places, and no minus before a nought; more would be the machine's and not the model's."""
    return None if value is None else round(value, PLACES) + 0.0
