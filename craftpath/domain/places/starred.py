"""What places give to counting: where an organisation lies. Whoever asks."""

from __future__ import annotations

from collections.abc import Collection

from craftpath.domain.places.models import Place


def positions(organisations: Collection[int]) -> dict[int, tuple[float, float]]:
    """organisation → degrees north and east, where they are known; one question."""
    rows = Place._base_manager.filter(organisation__in=organisations, lat__isnull=False, lon__isnull=False)
    told = rows.order_by().values_list("organisation_id", "lat", "lon")
    return {pk: (lat, lon) for pk, lat, lon in told if lat is not None and lon is not None}
