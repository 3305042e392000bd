"""What an office holds to: how often pairs meet, when they talk halfway, whether they sign, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.mentoring import rules
from craftpath.domain.mentoring.facts import MeetingRulesSet, WordingWritten
from craftpath.domain.mentoring.models import AgreementWording, MeetingRule
from craftpath.domain.mentoring.seeds import clauses
from craftpath.domain.pairing.room import hold_office
from craftpath.domain.pairing.rules import may_pair
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation


@action
def set_meeting_rule(
    organisation: Organisation,
    *,
    every_days: int,
    talk_after_percent: int,
    needs_agreement: bool,
    by: Actor,
    at: datetime,
) -> MeetingRule:
    """Write down what holds from now on; the same changes nothing."""
    require(may_pair(by, organisation))
    require(rules.can_rule(every_days, talk_after_percent))
    hold_office(organisation)
    row = MeetingRule._base_manager.filter(organisation=organisation).first()
    row = row or MeetingRule(organisation=organisation)
    wanted = (every_days, talk_after_percent, needs_agreement)
    if row.pk is not None and (row.every_days, row.talk_after_percent, row.needs_agreement) == wanted:
        return row
    row.every_days, row.talk_after_percent, row.needs_agreement = wanted
    row.save()
    told = MeetingRulesSet(every_days, talk_after_percent, needs_agreement)
    tell(told, by=by, at=at, organisation=organisation, subject=_ref(organisation))
    return row


@action
def write_wording(
    organisation: Organisation, *, words: Mapping[str, Mapping[str, str]], by: Actor, at: datetime
) -> AgreementWording | None:
    """Write the clauses of the agreements of one's pairs, all of them in both languages; the same changes nothing.

    Agreements that are there keep their words. None if these are the words of the house and nobody wrote others.
    """
    require(may_pair(by, organisation))
    given = {
        key: {lang: words[key][lang].strip() for lang in ("zh", "en")} for key in clauses() if key in words
    }
    whole = given.keys() == clauses().keys() and all(all(one.values()) for one in given.values())
    if not whole or any(len(said) > rules.LONGEST_CLAUSE for one in given.values() for said in one.values()):
        raise Refused(not_now("mentoring.clause_lacks", most=rules.LONGEST_CLAUSE))
    hold_office(organisation)
    last = AgreementWording._base_manager.filter(organisation=organisation).order_by("-version").first()
    if given == (last.clauses if last else clauses()):
        return last
    row = AgreementWording.objects.create(
        organisation=organisation,
        version=last.version + 1 if last else 1,
        clauses=given,
        written_by=by.person,
        written_at=at,
    )
    tell(WordingWritten(row.version), by=by, at=at, organisation=organisation, subject=_ref(organisation))
    return row


def _ref(organisation: Organisation) -> Ref:
    return Ref("kernel", "organisation", organisation.key)
