"""A small site in a file of its own, for programs that are killed: people with an address whom something waits for."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

import django


def fill(people: int) -> None:
    """Make so many members of one college who have not read its notice."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "craftpath.project.settings"
    django.setup()

    from craftpath.kernel.access import join, system
    from craftpath.kernel.notices import load_notice
    from craftpath.kernel.organisations import plant
    from craftpath.kernel.people import Person
    from craftpath.kernel.roles import Role
    from craftpath.kernel.tenancy import everywhere

    with everywhere("a test fills a site"):
        college = plant(key="college", kind="college", name={"en": "College"})
        load_notice(by=system(), at=datetime(2026, 1, 1, tzinfo=UTC))
        rows = [Person(username=f"p{n}", name=f"P{n}", email=f"p{n}@x.example") for n in range(people)]
        made = Person.objects.bulk_create(rows)
        join(made, college, Role.TRAINER, on=date(2026, 1, 1))
