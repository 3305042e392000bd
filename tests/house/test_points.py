"""What travels to village points: every noun has been thought of, and what comes back can be written where it comes."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps

from craftpath.kernel.points.carried import Way, carried, rooms, table

NOUNS = {config.label for config in apps.get_app_configs() if config.name.startswith("craftpath.domain.")}
SECRET = {"password", "secret", "secret_hash", "our_keys"}


def test_every_noun_travels_or_says_why_not() -> None:
    travelling = {one.model._meta.app_label for one in carried().values()}
    kept = {noun: reason for noun, reason in table()["hub"].items() if reason.strip()}
    assert NOUNS - travelling == kept.keys()


def test_what_travels_points_to_what_travels_or_may_point_nowhere() -> None:
    lost = {
        f"{label}.{field.name}"
        for label, one in carried().items()
        for field in one.relations
        if not field.null and field.related_model._meta.label not in carried()
    }
    assert lost == set()


def test_what_both_sides_write_has_no_number_that_two_things_could_share() -> None:
    """Rows of two sites that agree in what may stand once are one thing; under a condition they could be two."""
    conditional = {
        label
        for label, one in carried().items()
        if one.way is Way.BOTH and any(condition is not None for _columns, condition in one.uniques)
    }
    assert conditional == set()


def test_what_both_sides_write_hangs_on_something_that_a_point_was_given() -> None:
    loose = {label for label, one in carried().items() if one.way is not Way.DOWN and not one.owner}
    assert loose == set()


def test_no_secret_travels_but_the_password_of_those_who_work_there() -> None:
    told = {
        f"{label}.{field.name}"
        for label, one in carried().items()
        for field in one.fields
        if field.name in SECRET
    }
    assert told == {"kernel.Person.password"}


def test_rooms_where_people_write_at_a_point_are_there() -> None:
    for room in rooms():
        import_module(room)
    assert "craftpath.domain.agreements" not in rooms()
