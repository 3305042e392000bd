"""One answer judged: what was given is read, compared with the key, and counted by the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from craftpath.engines.scoring.numbers import folded, read_number
from craftpath.engines.scoring.types import Answer, Kind, Outcome, Part, Question, Rule, State

NOTHING = Fraction(0)
_SETS = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.HOTSPOT})


def score(question: Question, answer: Answer) -> Outcome:
    """What one answer to the item is worth."""
    if question.kind is Kind.ESSAY:
        given = bool(_texts(answer).get("text", "").strip() or _texts(answer).get("file"))
        return Outcome(State.WAITS if given else State.BLANK, NOTHING, question.points)
    if not _has_key(question):
        return Outcome(State.NO_KEY, NOTHING, question.points)
    if question.kind in _SETS:
        return _of_set(question, _chosen(question, answer))
    if question.kind is Kind.NUMERIC:
        return _of_number(question, answer)
    if question.kind is Kind.ORDERING:
        return _of_order(question, answer)
    return _of_places(question, _texts(answer))


def score_cohort(question: Question, answers: Sequence[Answer]) -> list[Outcome]:
    """The same of many answers to one item, in their order; answers that are alike are judged once."""
    known: dict[str, Outcome] = {}
    found = []
    for answer in answers:
        mark = repr(answer)
        if mark not in known:
            known[mark] = score(question, answer)
        found.append(known[mark])
    return found


def _has_key(question: Question) -> bool:
    key = question.key
    return {
        Kind.NUMERIC: key.numeric is not None,
        Kind.SHORT: bool(key.blanks) and all(blank.accepted for blank in key.blanks),
        Kind.MATCHING: bool(key.pairs),
        Kind.ORDERING: bool(key.order),
    }.get(question.kind, bool(key.choices))


def _texts(answer: Answer) -> dict[str, str]:
    """Key → text; a bare text stands for the only one there is."""
    if isinstance(answer, str):
        return {"text": answer, "1": answer}
    if isinstance(answer, Mapping):
        return {str(key): value for key, value in answer.items() if isinstance(value, str)}
    return {}


def _names(answer: Answer) -> list[str]:
    if isinstance(answer, str):
        return [answer] if answer else []
    if isinstance(answer, Sequence):
        return [one for one in answer if isinstance(one, str)]
    return []


def _chosen(question: Question, answer: Answer) -> frozenset[str]:
    """The options or regions that an answer names or points at; unknown ones count as not given.

    Two choices where one is asked for are no answer: nobody can say which was meant. A point outside every region is
    a wrong choice, so that a click everywhere is not rewarded.
    """
    named = [name for name in _names(answer) if name in question.known]
    if question.kind is Kind.HOTSPOT and isinstance(answer, Sequence) and not isinstance(answer, str):
        for point in answer:
            if isinstance(point, Sequence) and not isinstance(point, str) and len(point) == 2:
                named.append(_region_at(question, point))
    chosen = frozenset(name for name in named if name is not None)
    if question.kind in (Kind.SINGLE, Kind.TRUE_FALSE) and len(chosen) > 1:
        return frozenset()
    return chosen


def _region_at(question: Question, point: Sequence[object]) -> str:
    x, y = (read_number(str(part)) for part in point)
    if x is None or y is None:
        return ""
    return next((region.key for region in question.regions if region.shape.holds(x, y)), "")


def _of_set(question: Question, chosen: frozenset[str]) -> Outcome:
    right, most = question.key.choices, question.points
    if not chosen:
        return Outcome(State.BLANK, NOTHING, most, reason="nothing_given")
    hits, wrong = chosen & right, chosen - right
    share = most / len(right)
    takes = share if question.rule is Rule.EACH else NOTHING
    parts = [
        Part(key, key, True, share if question.rule in (Rule.EACH, Rule.NO_WRONG) else NOTHING)
        for key in sorted(hits)
    ]
    parts += [Part(key, key, False, -takes) for key in sorted(wrong)]
    parts += [Part(key, "", False, NOTHING) for key in sorted(right - chosen)]
    if chosen == right:
        earned, reason = most, "all_right"
    elif question.rule is Rule.EACH:
        earned, reason = max(NOTHING, share * (len(hits) - len(wrong))), "each_counts"
    elif question.rule is Rule.ALL or wrong:
        earned, reason = NOTHING, "something_wrong" if wrong else "something_missing"
    elif question.rule is Rule.HALF:
        earned, reason = most / 2, "half_for_less"
    else:
        earned, reason = share * len(hits), "share_for_less"
    if reason in ("something_wrong", "something_missing", "half_for_less", "all_right"):
        parts = [replace(part, worth=NOTHING) for part in parts]
    return Outcome(State.SCORED, earned, most, tuple(parts), reason)


def _of_number(question: Question, answer: Answer) -> Outcome:
    key, most = question.key.numeric, question.points
    given = answer if isinstance(answer, str) else _texts(answer).get("1", "")
    if key is None or not given.strip():
        return Outcome(State.BLANK, NOTHING, most, reason="nothing_given")
    figure = read_number(given, key.unit)
    if figure is None:
        return Outcome(State.SCORED, NOTHING, most, (Part("1", given, False, NOTHING),), "no_number")
    right = abs(figure - key.value) <= key.margin
    earned = most if right else NOTHING
    reason = ("all_right" if figure == key.value else "within") if right else "outside"
    return Outcome(State.SCORED, earned, most, (Part("1", given, right, earned),), reason)


def _of_order(question: Question, answer: Answer) -> Outcome:
    order, most = question.key.order, question.points
    given = list(dict.fromkeys(name for name in _names(answer) if name in question.known))
    if not given:
        return Outcome(State.BLANK, NOTHING, most, reason="nothing_given")
    share = most / len(order)
    padded = [*given, *[""] * len(order)][: len(order)]
    right = [is_ == given_ for is_, given_ in zip(order, padded, strict=True)]
    return _summed(
        question, [(key, one, ok) for key, one, ok in zip(order, padded, right, strict=True)], share
    )


def _of_places(question: Question, texts: dict[str, str]) -> Outcome:
    """Blanks with their variants, or left sides with their right ones."""
    if question.kind is Kind.SHORT:
        keys = [blank.key for blank in question.key.blanks]
        right = {
            blank.key: {folded(one, question.fold) for one in blank.accepted} for blank in question.key.blanks
        }
        given = {key: texts.get(key, "").strip() for key in keys}
        said = {key: folded(text, question.fold) in right[key] and bool(text) for key, text in given.items()}
    else:
        keys = list(question.key.pairs)
        given = {key: texts.get(key, "") if texts.get(key, "") in question.known else "" for key in keys}
        said = {key: given[key] == question.key.pairs[key] for key in keys}
    if not any(given.values()):
        return Outcome(State.BLANK, NOTHING, question.points, reason="nothing_given")
    return _summed(question, [(key, given[key], said[key]) for key in keys], question.points / len(keys))


def _summed(question: Question, judged: list[tuple[str, str, bool]], share: Fraction) -> Outcome:
    count = sum(ok for _, _, ok in judged)
    whole = count == len(judged)
    each = question.rule is Rule.EACH
    parts = tuple(Part(key, given, ok, share if ok and each else NOTHING) for key, given, ok in judged)
    full = question.points if whole else NOTHING
    earned = share * count if each else full
    reason = "all_right" if whole else ("each_counts" if each else "something_wrong")
    return Outcome(State.SCORED, earned, question.points, parts, reason)
