"""Outside certificates count by the same checks as inside ones: one requirement is met, and nothing more."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from craftpath.domain.certificates.actions import issue_certificates
from craftpath.domain.certificates.grounds import candidates
from craftpath.domain.certificates.holding import judge
from craftpath.domain.certificates.levels import meets, schemes
from craftpath.domain.claims import actions
from craftpath.domain.claims.states import CLAIM
from tests.cast import AT, TODAY, Cast
from tests.domain.certificates.world import due, kind, passed
from tests.domain.claims.world import TOLD, claimed, office, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
LEVEL_3 = {"kind": "certificate", "scheme": "cn5", "level": "3"}
STAGE = {"kind": "stage", "stage": "junior_craftsman"}
MONTHS = {"kind": "months", "at_least": 60}


def met(cast: Cast, *rows: dict[str, Any], who: str = "apprentice", on: Any = TODAY) -> list[bool]:
    person = cast.people[who]
    return [one.met for one in judge(rows, [person], on)[person.pk]]


def test_it_meets_its_own_row_and_leaves_the_others_open(cast: Cast) -> None:
    assert met(cast, LEVEL_3, STAGE, MONTHS) == [False, False, False]
    row = verified(cast)
    assert met(cast, LEVEL_3, STAGE, MONTHS) == [True, False, False]
    assert met(cast, LEVEL_3, who="classmate") == [False]
    (finding,) = judge([LEVEL_3], [row.person], TODAY)[row.person_id]
    assert finding.facts["sources"] == [str(row.ref)]


def test_every_pair_of_levels_is_met_as_the_schemes_say(cast: Cast) -> None:
    """All certificates that can be claimed against all that can be asked."""
    every = [(scheme.key, one.key) for scheme in schemes() for one in scheme.levels]
    asked = [{"kind": "certificate", "scheme": scheme, "level": level} for scheme, level in every]
    row = verified(cast)
    for scheme, level in every:
        type(row).objects.filter(pk=row.pk).update(scheme=scheme, level=level)
        assert met(cast, *asked) == [meets((scheme, level), one) for one in every], (scheme, level)


def test_a_high_level_of_another_scheme_or_none_opens_nothing(cast: Cast) -> None:
    verified(cast, scheme="onex", level="advanced")
    verified(cast, number="2", scheme="", level="")
    verified(cast, number="3", scheme="diploma", level="bachelor")
    assert met(cast, LEVEL_3) == [False]


@pytest.mark.parametrize("way", ["claimed", "returned", "refused", "withdrawn", "revoked", "changed"])
def test_nothing_but_verified_meets_anything(cast: Cast, way: str) -> None:
    row = claimed(cast) if way in ("claimed", "returned", "refused") else verified(cast)
    own, by = cast.actor("apprentice"), office(cast)
    if way == "returned":
        actions.return_claim(row, revision=1, words="x", by=by, at=AT)
    elif way == "refused":
        actions.refuse_claim(row, revision=1, words="x", by=by, at=AT)
    elif way == "withdrawn":
        actions.withdraw_claim(row, by=own, at=AT)
    elif way == "revoked":
        actions.revoke_claim(row, revision=1, words="x", by=by, at=AT)
    elif way == "changed":
        told = actions.Told(**{name: getattr(TOLD, name) for name in TOLD.__slots__} | {"level": "1"})
        actions.change_claim(row, told, revision=1, by=own, at=AT)
    assert met(cast, LEVEL_3) == [False]


def test_the_states_that_count_are_one(cast: Cast) -> None:
    row = verified(cast)
    for state in CLAIM.states:
        place = cast.college if state == "verified" else None
        type(row).objects.filter(pk=row.pk).update(state=state, verified_in=place)
        assert met(cast, LEVEL_3) == [state == "verified"], state


def test_what_has_expired_or_is_not_issued_yet_meets_nothing(cast: Cast) -> None:
    verified(cast)
    days = [
        TOLD.issued_on - timedelta(days=1), TOLD.issued_on, TOLD.valid_until, TOLD.valid_until + timedelta(days=1),  # type: ignore[operator]
    ]  # fmt: skip
    assert [met(cast, LEVEL_3, on=day) for day in days] == [[False], [True], [True], [False]]


def test_two_of_low_level_do_not_make_one_of_a_higher(cast: Cast) -> None:
    for number, level in product(("1", "2"), ("5", "4")):
        verified(cast, number=f"{number}-{level}", level=level)
    assert met(cast, LEVEL_3) == [False]


def test_a_certificate_of_this_site_is_not_issued_on_an_outside_one_alone(cast: Cast) -> None:
    """A kind that asks for level 3 and a stage: the outside level is there, the stage is not."""
    person = cast.people["apprentice"]
    asks = kind(
        cast, purpose="qualification", ground={}, requirements=[LEVEL_3, STAGE], scheme="cn5", level="2"
    )
    verified(cast)

    def issue() -> tuple[list[Any], Any]:
        wanted = [(one.person, one.ground, one.lines) for one in candidates(asks, [person.pk], TODAY) or ()]
        assert wanted
        return issue_certificates(asks, wanted, on=TODAY, by=office(cast), at=AT)

    made, _left = issue()
    assert made == []
    passed(cast, "26001")
    made, _left = issue()
    assert [one.person for one in made] == [person]


def test_the_stage_itself_is_never_skipped_by_a_level(cast: Cast) -> None:
    verified(cast, level="1")
    stage = kind(cast)  # for passing the first stage; gives level 5 of five
    assert due(stage, [cast.people["apprentice"]]) == []
