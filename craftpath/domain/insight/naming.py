"""How values of dimensions are called, for choices and charts; one question for each dimension."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from craftpath.domain.apprenticeships import starred as apprenticeships
from craftpath.domain.insight.models import County
from craftpath.domain.programmes import starred as programmes
from craftpath.kernel.organisations import Organisation

Names = Mapping[str, Mapping[str, str]]


def counties(codes: Collection[str]) -> Names:
    """Names of counties, as the offices that set the codes call them."""
    rows = County._base_manager.filter(code__in=codes).order_by("pk")
    return {code: name for code, name in rows.values_list("code", "name") if name}


def organisations(ids: Collection[str]) -> Names:
    """Names of organisations, by public id."""
    rows = Organisation.objects.filter(public_id__in=ids).order_by()
    return dict(rows.values_list("public_id", "name"))


def occupations(values: Collection[str]) -> Names:
    """Names of occupations."""
    return {value: name for value, name in apprenticeships.occupation_names().items() if value in values}


def stages(keys: Collection[str]) -> Mapping[str, tuple[int, Mapping[str, str]]]:
    """(place in the path, name) of stages."""
    return programmes.stage_names(keys)
