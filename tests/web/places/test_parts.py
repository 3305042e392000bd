"""What other rooms say on the public page of an organisation."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import override

from craftpath.delivery.web.accreditation.at import accredited
from craftpath.delivery.web.places.hooks import parts_of
from craftpath.delivery.web.workshops.at import workshops_to_come
from craftpath.kernel.tenancy import EVERYWHERE, looking_for
from tests.cast import TODAY, Cast
from tests.domain.accreditation.world import accredited as placed
from tests.domain.workshops.world import opened


def test_workshops_stand_there_until_they_are_over(cast: Cast) -> None:
    with looking_for(EVERYWHERE):
        row = opened(cast)
        [line] = workshops_to_come(cast.college, TODAY)
        assert line.label == "核心技能研讨会"
        assert str(row.public_id) in line.url
        assert workshops_to_come(cast.qinghe, TODAY) == []
        assert workshops_to_come(cast.college, TODAY + timedelta(days=400)) == []
        with override("en"):
            assert "Workshops to come" in [title for title, _lines in parts_of(cast.college, TODAY)]


def test_accredited_places_stand_there_while_they_hold(cast: Cast) -> None:
    with looking_for(EVERYWHERE), override("en"):
        place = placed(cast)
        [line] = accredited(place.organisation, TODAY)
        assert line.note.startswith("4 places, until ")
        assert accredited(cast.college, TODAY) == []
        assert accredited(place.organisation, place.valid_until + timedelta(days=1)) == []
