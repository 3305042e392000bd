"""A request at the service desk with an answer and a file, a registered enterprise with a place and an application."""

from __future__ import annotations

from craftpath.domain.accreditation import actions as register
from craftpath.domain.accreditation.models import Evidence, PlaceApplication, Registration, TrainingPlace
from craftpath.domain.offers import actions
from craftpath.domain.offers.models import DeskRequest, Message
from tests.cast import Cast
from tests.domain.accreditation import world as registering
from tests.domain.offers import world as asking


def serve_at_the_desk(cast: Cast) -> dict[str, str]:
    """The ids that the addresses of both rooms name."""
    if not DeskRequest.objects.exists():
        row = asking.opened(cast)
        asking.offered(cast)
        asking.said(cast, row, content=b"%PDF-1.7\n%%EOF", file_name="plan.pdf")
        city = registering.by_city(cast)
        actions.set_promise(cast.city, promise_days=4, ask_after_days=14, **city)
        register.set_rule(cast.city, level="warn", workers=2, per_mentor=3, visit=True, **city)
        draft = registering.drafted(cast)
        register.give_evidence(
            draft, line="safety", content=b"%PDF-1.7\n%%EOF", name="safety.pdf", **registering.guest(cast)
        )
        registering.registered(cast)
        registering.accredited(cast)
        registering.applied(cast)
    place, file = TrainingPlace.objects.earliest("pk"), Evidence.objects.earliest("pk")
    return {
        "request_id": DeskRequest.objects.filter(organisation=cast.jinheng).earliest("pk").public_id,
        "message": Message.objects.earliest("pk").public_id,
        "registration": Registration.objects.earliest("pk").public_id,
        "evidence": file.public_id,
        "place": place.public_id,
        "application": PlaceApplication.objects.earliest("pk").public_id,
        "city": cast.city.key,
    }
