"""Items about the conditions under which somebody is trained: programme, place, people, protection. Pure."""

from __future__ import annotations

from collections.abc import Callable

from craftpath.domain.agreements.answers import answer, stated
from craftpath.domain.agreements.cases import Case, Finding


def _governed(case: Case) -> Finding:
    """An agreement is what is being judged; whether it is signed, another item says."""
    return answer("def-agreement", "ok", "governed")


def _structured(case: Case) -> Finding:
    key, share = "def-structured", case.terms.off_job_percent
    if not case.terms.has("training"):
        return answer(key, "missing", "not_stated", {"parts": ["training"]})
    if share is not None and share in (0, 100):
        return answer(key, "failed", "one_place_only", {"percent": share})
    return answer(key, "ok", "stated")


def _qualification(case: Case) -> Finding:
    named = bool(case.terms.qualification.both())
    facts = {} if named else {"parts": ["qualification"]}
    return answer(
        "def-qualification", "ok" if named else "missing", "stated" if named else "not_stated", facts
    )


def _share(case: Case) -> Finding:
    key, share = "std-balance-on-off", case.terms.off_job_percent
    if share is None:
        return answer(key, "missing", "share_missing")
    return answer(key, "ok", "share", {"percent": share})


def _skilled_workers(case: Case) -> Finding:
    """As many apprentices as the law's row allows for the skilled workers there: `value` is [first, one for each]."""
    key, workers, here = "std-ratio-workers", case.terms.skilled_workers, case.apprentices
    if here is None:
        return answer(key, "missing", "headcount_unknown")
    if not workers:
        return answer(key, "missing", "workers_missing", {"apprentices": here})
    row = case.law.row("apprentices_for_workers", case.starts_on)
    facts = {"apprentices": here, "workers": workers}
    if row is None:
        return answer(key, "ok", "ratio_not_laid_down", facts)
    first, each = row.value
    most = first + workers // each
    if here > most:
        return answer(key, "failed", "too_many_apprentices", {**facts, "most": most}, waivable=row.waivable)
    return answer(key, "ok", "ratio_kept", {**facts, "most": most})


def _load(case: Case) -> Finding:
    key = "std-ratio-teachers"
    load, most = case.mentor_load or 0, case.mentor_most
    if most is not None and load > most:
        return answer(key, "failed", "mentor_overloaded", {"load": load, "most": most})
    size, largest = case.class_size or 0, case.class_most
    if largest is not None and size > largest:
        return answer(key, "failed", "class_too_large", {"size": size, "most": largest})
    return answer(key, "ok", "load_kept", {"load": load, "size": size})


def _hosts_fit(case: Case) -> Finding:
    """Enterprise and college settle it in their cooperation agreement, else this agreement says it."""
    if case.cooperation:
        return answer("fw-conditions-hosts", "ok", "by_cooperation")
    return stated("fw-conditions-hosts", "suitability")(case)


def _model(case: Case) -> Finding:
    model = {clause.key: clause.text for clause in case.law.clauses}
    own = [key for key in model if case.terms.has(key) and case.terms.clause(key) != model[key]]
    if own:
        return answer("agr-model", "missing", "own_words", {"parts": own})
    return answer("agr-model", "ok", "model_words")


CONDITIONS: dict[str, Callable[[Case], Finding]] = {
    "def-agreement": _governed,
    "def-structured": _structured,
    "def-qualification": _qualification,
    "def-rpl": stated("def-rpl", "recognition"),
    "std-entry": stated("std-entry", "entry"),
    "std-ratio-workers": _skilled_workers,
    "std-curriculum": stated("std-curriculum", "curriculum"),
    "std-balance-on-off": _share,
    "std-guidance": stated("std-guidance", "guidance"),
    "std-trainer-qualification": stated("std-trainer-qualification", "trainers"),
    "std-ratio-teachers": _load,
    "std-assessment": stated("std-assessment", "assessment"),
    "fw-multi-enterprise": stated("fw-multi-enterprise", "hosts"),
    "fw-conditions-hosts": _hosts_fit,
    "prot-harassment": stated("prot-harassment", "respect"),
    "prot-complaints": stated("prot-complaints", "dispute", "complaints"),
    "prot-personal-data": stated("prot-personal-data", "confidentiality"),
    "agr-model": _model,
    "eq-inclusion": stated("eq-inclusion", "equality"),
    "eq-accommodation": stated("eq-accommodation", "adjustments"),
    "pro-progression": stated("pro-progression", "progression"),
}
