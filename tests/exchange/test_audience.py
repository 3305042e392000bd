"""Whom a survey can ask: people of its own organisation, from however far above somebody opens it."""

from __future__ import annotations

from craftpath.delivery.exchange.surveys.audience import audience_of, classes_for
from craftpath.domain.surveys.models import Survey
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import looking_for
from tests.cast import TODAY, Cast


def _asked(organisation: Organisation, by: Actor) -> dict[str, set[str]]:
    survey = Survey(organisation=organisation, audience={"roles": ["apprentice", "mentor", "graduate"]})
    with looking_for(by.scope):
        found: dict[str, set[str]] = {}
        for one in audience_of(survey, TODAY).candidates:
            assert one.person is not None
            found.setdefault(one.role, set()).add(one.person.name)
        assert bool(found) == bool(classes_for(survey))
    return found


def test_an_office_above_asks_the_people_of_the_organisation_alone(cast: Cast) -> None:
    officer = cast.actor("officer", cast.city)
    everybody = {row.person.name for row in cast.enrolments.values()}
    assert _asked(cast.college, officer) == {"apprentice": everybody, "mentor": {"周国栋", "吴海燕"}}
    assert _asked(cast.jinheng, officer) == {
        "apprentice": {"陈雨桐", "林浩然", "孙佳怡"},
        "mentor": {"周国栋"},
    }
    assert _asked(cast.campus, cast.actor("coordinator")) == {}


def test_an_enterprise_asks_its_apprentices_in_classes_of_colleges(cast: Cast) -> None:
    assert _asked(cast.jinheng, cast.actor("hr", cast.jinheng))["apprentice"] == {
        "陈雨桐",
        "林浩然",
        "孙佳怡",
    }
