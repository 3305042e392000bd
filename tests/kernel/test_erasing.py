"""Erasing somebody carries out what every noun's `personal.py` says, on a house with a row in every table."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from craftpath.delivery.exchange.own_record import exported
from craftpath.kernel.erasing import NAMELESS, erase_person, erase_rows, rules
from craftpath.kernel.files import KeptFile
from craftpath.kernel.people import Person
from craftpath.kernel.whose import about
from tests.cast import Cast
from tests.house.furnishing import furnish
from tests.house.making import make_agreements, make_contest

# Tables of which something goes, but not with one person; each with the reason.
OF_NOBODY = {
    "kernel.Person": "erased by itself",
    "kernel.SearchEntry": "what is found of a person is forgotten by name",
    "kernel.SheetImport": "a trace goes after a day",
    "kernel.PrintRun": "whom a run left out goes with the run, after a day",
    "allowances.Correction": "why a month was corrected: about a month",
    "matching.Round": "why a round was ended: about a round",
}


def _says() -> Iterator[tuple[type[models.Model], str, str]]:
    """(table, column, what erasure does with it), of tables that say whose their rows are."""
    for label in {label.partition(".")[0] for label, _columns in exported()}:
        room = importlib.import_module(f"{apps.get_app_config(label).name}.personal")
        for table, columns in room.PERSONAL.items():
            model = apps.get_model(label, table)
            if about(model) and model is not Person:
                yield from ((model, name, erase) for name, (_export, erase) in columns.items())


@pytest.mark.django_db
def test_nothing_is_left_of_what_goes(cast: Cast) -> None:
    make_contest(cast)
    furnish(cast)
    make_agreements(cast)
    everybody = list(Person.objects.values_list("pk", flat=True))
    words = {
        (model, name): set(model._base_manager.exclude(**{name: ""}).values_list("pk", flat=True))
        for model, name, erase in _says()
        if erase == "blank" and isinstance(model._meta.get_field(name), models.TextField)
    }
    files = set(KeptFile._base_manager.values_list("pk", flat=True))
    done = erase_rows(everybody)
    assert done.blanked > 100
    assert done.deleted > 50
    assert done.files > 5
    assert len(files) - KeptFile._base_manager.count() == done.files
    for (model, name), kept in words.items():
        left = model._base_manager.exclude(**{f"{name}__in": ("", NAMELESS)})
        assert not left.exists(), f"{model._meta.label}.{name}"
        assert kept >= set(model._base_manager.filter(**{name: NAMELESS}).values_list("pk", flat=True))
    for rule in rules():
        if rule.goes:
            assert not rule.rows(everybody).exists(), rule.model._meta.label


@pytest.mark.django_db
def test_others_lose_nothing(cast: Cast) -> None:
    make_contest(cast)
    furnish(cast)
    before = {rule.model: rule.rows([cast.people["mentor"].pk]).count() for rule in rules() if rule.goes}
    erase_rows([cast.people["assessor"].pk])
    after = {rule.model: rule.rows([cast.people["mentor"].pk]).count() for rule in rules() if rule.goes}
    assert before == after
    assert Person.objects.get(pk=cast.people["mentor"].pk).name == cast.people["mentor"].name


@pytest.mark.django_db
def test_a_second_time_changes_nothing(cast: Cast) -> None:
    person = cast.people["apprentice"]
    for _ in range(2):
        erase_rows([person.pk])
        erase_person(person)
    again = erase_rows([person.pk])
    assert (again.deleted, again.files) == (0, 0)
    assert (person.name, person.email, person.username) == (NAMELESS, None, f"erased-{person.public_id}")


def test_every_rule_can_be_carried_out() -> None:
    """Each column that is emptied can be; what points at what goes is no circle."""
    from craftpath.kernel.erasing import _empty

    for rule in rules():
        for name in rule.blank:
            if not rule.goes:
                _empty(rule.model._meta.get_field(name))


def test_tables_that_say_something_goes_say_whose_it_is() -> None:
    """A rule that finds nobody's rows would erase nothing and say nothing."""
    known = {rule.model for rule in rules()}
    silent = {
        f"{model._meta.label}"
        for label in {label.partition(".")[0] for label, _columns in exported()}
        for table, columns in importlib.import_module(
            f"{apps.get_app_config(label).name}.personal"
        ).PERSONAL.items()
        for model in [apps.get_model(label, table)]
        if {erase for _export, erase in columns.values()} - {"keep"} and model not in known
    }
    assert silent == set(OF_NOBODY)
