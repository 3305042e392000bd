"""Whom to invite: lines as they are pasted, or people who were ticked; every line that will not do is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.kernel.admission import may_give
from craftpath.kernel.invitations import Guest, may_invite
from craftpath.kernel.people import Person
from craftpath.kernel.roles import OWN_ROWS_ONLY, Role
from craftpath.kernel.signin import memberships_of, people_of

MOST = 200
_PARTS = re.compile(r"[\t,;，；]")
_NUMBER = re.compile(r"[\w.+-]{1,80}")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Inviting(forms.Form):
    """Lines, a role for those without one, the organisation, and from when until when."""

    lines = forms.CharField(
        label=_("Whom you invite"),
        error_messages={"required": _("Nobody is invited yet. Write one line for each person.")},
        max_length=40_000,
        help_text=_("One line a person: name, e-mail or number, role. Without a role, the one below holds."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=_("Role"))
    place = forms.ChoiceField(label=_("Organisation"))
    starts_on = forms.DateField(label=_("Role begins on"), widget=DAY)
    ends_on = forms.DateField(
        label=_("Without access from"),
        required=False,
        help_text=_("The first day without the role; empty if no end is known."),
        widget=DAY,
    )

    def __init__(self, data: Any, *, request: Request, chosen: list[Person]) -> None:
        super().__init__(data, initial={"starts_on": request.today, "role": Role.TRAINER.value})
        self.request, self.chosen = request, chosen
        self.fields["lines"].required = not chosen
        self.places = {place.key: place for place in request.organisation.below().order_by("path")}
        self.fields["role"].choices = [(role.value, ROLE_NAMES[role]) for role in roles_to_give(request)]  # type: ignore[attr-defined]
        self.fields["place"].choices = [(key, text(row.name)) for key, row in self.places.items()]  # type: ignore[attr-defined]
        self.guests: list[Guest] = []

    def clean(self) -> dict[str, Any]:
        """Guests, or the lines that will not do with the reason for each."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = values.get("starts_on"), values.get("ends_on")
        if start and end and end <= max(start, self.request.today):
            self.add_error("ends_on", gettext("The role must begin before it ends, and end after today."))
        if values.get("role") and values.get("place"):
            self._read(values.get("lines", ""), Role(values["role"]))
            self._judge(self.places[values["place"]])
        return values

    def _read(self, lines: str, role: Role) -> None:
        rows = [(n, line.strip()) for n, line in enumerate(lines.splitlines(), start=1) if line.strip()]
        if len(rows) + len(self.chosen) > MOST:
            said = gettext("At most %(most)s people at a time.") % {"most": MOST}
            self.add_error("lines", said)
            return
        words = _roles_by_word()
        self.guests = [Guest(one.name, one.email or one.username, role, one) for one in self.chosen]
        for n, line in rows:
            try:
                self.guests.append(_guest(line, role, words))
            except ValidationError as fault:
                self._wrong(n, fault.messages[0])
        self._recognise()

    def _recognise(self) -> None:
        """Guests who are one's own people already are invited as themselves; about others nothing is looked up."""
        contacts = {guest.contact.lower() for guest in self.guests if guest.person is None}
        own = people_of(self.request.organisation, self.request.today).annotate(
            low=Lower("username"), low_mail=Lower("email")
        )
        known = {row.low: row for row in own.filter(low__in=contacts)}
        known |= {row.low_mail: row for row in own.filter(low_mail__in=contacts)}
        self.guests = [
            Guest(known[key].name, guest.contact, guest.role, known[key])
            if guest.person is None and (key := guest.contact.lower()) in known
            else guest
            for guest in self.guests
        ]

    def _judge(self, place: Any) -> None:
        held = memberships_of([guest.person for guest in self.guests if guest.person], self.request.today)
        for guest in self.guests:
            mine = held.get(guest.person.pk, []) if guest.person else []
            verdict = may_invite(self.request.actor, guest, place, mine)
            if not verdict:
                self.add_error(
                    "lines",
                    gettext("%(name)s: %(reason)s") % {"name": guest.name, "reason": sentence(verdict)},
                )

    def _wrong(self, line: int, reason: str) -> None:
        self.add_error("lines", gettext("Line %(line)s: %(reason)s") % {"line": line, "reason": reason})


def roles_to_give(request: Request) -> Iterable[Role]:
    """The roles that the reader may give here, those of a roster left out."""
    return [
        role
        for role in Role
        if role not in OWN_ROWS_ONLY and may_give(request.actor, role, request.organisation)
    ]


def _guest(line: str, role: Role, words: dict[str, Role]) -> Guest:
    parts = [part.strip() for part in _PARTS.split(line)]
    if len(parts) < 2 or not parts[0] or not parts[1]:
        raise ValidationError(gettext("Write a name, and after a comma an e-mail address or a number."))
    name, contact = parts[0], parts[1]
    if len(name) > 120:
        raise ValidationError(gettext("The name is too long."))
    if "@" in contact:
        try:
            validate_email(contact)
        except ValidationError as fault:
            raise ValidationError(gettext("This e-mail address cannot be right.")) from fault
    elif not _NUMBER.fullmatch(contact):
        raise ValidationError(gettext("A number holds letters, digits, and . - _ only."))
    if len(parts) > 2 and parts[2]:
        if parts[2].lower() not in words:
            raise ValidationError(gettext("“%(word)s” is no role.") % {"word": parts[2][:40]})
        role = words[parts[2].lower()]
    return Guest(name, contact[:254], role)


def _roles_by_word() -> dict[str, Role]:
    """Every role by its name in both languages, and by its code."""
    found = {role.value: role for role in Role}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            found |= {str(name).lower(): role for role, name in ROLE_NAMES.items()}
    return found
