"""What happened to study groups, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.groups import texts as groups

SENTENCES = {
    "groups.formed": _("formed the study group “%(subject)s”, invited: %(invited)s"),
    "groups.changed": _("changed the study group “%(subject)s”"),
    "groups.member_moved": _("%(subject)s: %(person)s – %(move)s"),
    "groups.session_held": _("met: %(subject)s, %(there)s of %(members)s were there"),
    "groups.session_cancelled": _("cancelled a session of %(subject)s: %(because)s"),
    "groups.turn_swapped": _("change of turns in %(subject)s (%(turn)s): %(state)s"),
    "groups.presence_objected": _("objected to who was there: %(subject)s"),
    "groups.presence_settled": _("settled an objection: %(subject)s"),
    "groups.notes_written": _("wrote the notes of %(subject)s, version %(revision)s"),
    "groups.task_moved": _("task of %(subject)s: %(move)s"),
    "groups.ended": _("ended the study group “%(subject)s”; goal reached: %(reached)s"),
    "groups.reopened": _("took the end of %(subject)s back"),
    "groups.result_signed": _("signed off the result of %(subject)s"),
    "groups.result_confirmed": _("confirmed the result of %(subject)s with contributions: %(contributions)s"),
    "groups.contribution_confirmed": _("confirmed for %(person)s in %(subject)s: %(said)s"),
    "groups.dissolved": _("dissolved the study group “%(subject)s”"),
    "groups.topics_said": _("said what to offer (%(offers)s) and what to learn (%(wants)s): %(subject)s"),
    "groups.rule_set": _("set how many make a study group: %(fewest)s to %(most)s"),
}

STATES: dict[str, Mapping[str, object]] = {"groups.turn_swapped": groups.SWAPS}


def said(values: Mapping[str, str]) -> dict[str, str]:
    """Moves, turns, and what was reached or done, in words."""
    tables = {"move": groups.MOVES, "turn": groups.ROLES, "reached": groups.REACHED}
    found = {
        name: str(table.get(values[name], values[name])) for name, table in tables.items() if name in values
    }
    if "kind" in values:
        found["said"] = str(groups.CONTRIBUTIONS[values["kind"]]) % values
    return found


LABELS = {
    "groups.formed": _("Study group formed"),
    "groups.changed": _("Study group changed"),
    "groups.member_moved": _("Member of a study group"),
    "groups.session_held": _("Study group met"),
    "groups.session_cancelled": _("Session of a study group cancelled"),
    "groups.turn_swapped": _("Change of turns"),
    "groups.presence_objected": _("Objection to who was there"),
    "groups.presence_settled": _("Objection to who was there settled"),
    "groups.notes_written": _("Notes of a study group written"),
    "groups.task_moved": _("Task of a study group"),
    "groups.ended": _("Study group ended"),
    "groups.reopened": _("End of a study group taken back"),
    "groups.result_signed": _("Result of a study group signed off"),
    "groups.result_confirmed": _("Result of a study group confirmed"),
    "groups.contribution_confirmed": _("Contribution confirmed"),
    "groups.dissolved": _("Study group dissolved"),
    "groups.topics_said": _("Offers and wishes for learning"),
    "groups.rule_set": _("Size of study groups set"),
}
