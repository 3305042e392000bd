"""Which model a college uses: the newest word of the nearest organisation, if it says on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from craftpath.domain.support.models import Fitted, Use
from craftpath.engines.forewarning import Model, from_table
from craftpath.kernel.tenancy import paths_to


@dataclass(frozen=True, slots=True)
class Used:
    """A model that is switched on, with the row that says so."""

    row: Fitted
    model: Model
    use: Use


def models_in_use(paths: Iterable[str]) -> dict[str, Used]:
    """path of a college → the model in use there; colleges without one are left out. One query."""
    newest: dict[str, Use] = {}
    rows = Use._base_manager.select_related("model", "organisation", "by").order_by("pk")
    for row in rows:
        newest[row.organisation.path] = row
    found = {}
    for path in set(paths):
        nearest = next((newest[one] for one in reversed(paths_to(path)) if one in newest), None)
        if nearest is not None and nearest.on and nearest.model.fit:
            found[path] = Used(nearest.model, model_of(nearest.model), nearest)
    return found


def model_of(row: Fitted) -> Model:
    """The engine's value of a kept model."""
    return from_table(row.definition)
