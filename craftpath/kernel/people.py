"""People: one row a person, before any sign-in and for life."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from craftpath.kernel.keys import new_public_id

_ROOM = 60  # characters of a sign-in name that leave room for an id behind them
_AT_ONCE = 900  # values that one question names at most: more do not fit into one statement everywhere
DEMO_PREFIX = "demo-"  # sign-in names of the people whom a demo site offers by one click


class Theme(models.TextChoices):
    """Light, dark, or as the device says."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class PersonRows(BaseUserManager["Person"]):
    """Makes people; a person without a password exists but cannot sign in."""

    def create_user(
        self, username: str, email: str | None = None, password: str | None = None, **values: Any
    ) -> Person:
        """Make one person who may sign in with this name."""
        person = self.model(username=username, email=self.normalize_email(email) if email else None, **values)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """Find by sign-in name, whatever its case."""
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Somebody; names stand in their owner's form, the Latin form second."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    username = models.CharField(max_length=80, unique=True, help_text="what is typed to sign in")
    email = models.EmailField(unique=True, null=True, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=120)
    name_latin = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField(
        null=True, blank=True, help_text="shown only where an age decides something"
    )
    is_active = models.BooleanField(default=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged",
        help_text="the record that goes on, where two of one person were merged",
    )  # fmt: skip
    must_change_password = models.BooleanField(
        default=False, help_text="the password came from a slip and serves once"
    )
    date_joined = models.DateTimeField(auto_now_add=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=40, blank=True)
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.AUTO)

    objects: ClassVar[PersonRows] = PersonRows()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(condition=models.Q(theme__in=Theme.values), name="person_theme_known"),
            models.UniqueConstraint(Lower("username"), name="person_username_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name in its owner's form."""
        return self.name

    def get_short_name(self) -> str:
        """The same; Chinese names are not cut."""
        return self.name


def selves(person_id: int) -> models.QuerySet[Person]:
    """Every record of a person: the one that goes on, and those that were merged into it."""
    return Person.objects.filter(models.Q(pk=person_id) | models.Q(merged_into=person_id))


def free_usernames(wanted: Iterable[Sequence[str]]) -> list[str]:
    """For each person the first of these sign-in names that nobody has in any case; none is given twice."""
    wanted = list(wanted)
    lower = sorted({name.lower() for names in wanted for name in names})
    rows = Person.objects.annotate(low=Lower("username")).values_list("low", flat=True)
    taken: set[str] = set()
    for start in range(0, len(lower), _AT_ONCE):
        taken |= set(rows.filter(low__in=lower[start : start + _AT_ONCE]))
    given = []
    for names in wanted:
        free = next((name for name in names if name.lower() not in taken), None)
        given.append(free or f"{names[-1][:_ROOM]}-{new_public_id()}")
        taken.add(given[-1].lower())
    return given
