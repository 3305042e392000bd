"""What happened, as one sentence for each fact; `%(subject)s` is the name of what it happened to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange.payments import decimal
from craftpath.delivery.web.history import (
    of_accreditation,
    of_bulletins,
    of_curricula,
    of_forums,
    of_groups,
    of_offers,
    of_packages,
    of_questions,
    of_reading,
    of_sharing,
    of_stories,
    of_studio,
    of_subsidies,
)
from craftpath.delivery.web.history.of_allowances import ALLOWANCES
from craftpath.delivery.web.history.of_appraisals import APPRAISALS
from craftpath.delivery.web.history.of_clients import CLIENTS, DIRECTORY_STATES, SIGN_ON_STATES
from craftpath.delivery.web.history.of_exams import EXAMS
from craftpath.delivery.web.history.of_mentoring import MENTORING
from craftpath.delivery.web.history.of_needs import NEEDS
from craftpath.delivery.web.history.of_occupations import OCCUPATIONS
from craftpath.delivery.web.history.of_pairs import OF_PAIRS
from craftpath.delivery.web.history.of_surveys import SURVEYS
from craftpath.delivery.web.history.of_teaching import TEACHING
from craftpath.delivery.web.history.rooms import told
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.domain.agreements import texts as agreements
from craftpath.domain.appraisals import texts as appraisals
from craftpath.domain.care import texts as care
from craftpath.domain.evaluation.texts import CONTEST_STATES
from craftpath.domain.exams.texts import APPEAL_STATES
from craftpath.domain.learning.texts import STATUSES
from craftpath.domain.occupations import texts as occupations
from craftpath.domain.pairing import texts as pairing
from craftpath.domain.progression.texts import CONDITIONS, GATES
from craftpath.domain.reviews import texts as reviews
from craftpath.domain.standards import texts as standards
from craftpath.domain.teaching import texts as teaching
from craftpath.kernel.purposes import PURPOSES
from craftpath.kernel.roles import Role

SENTENCES = {
    **EXAMS,
    **CLIENTS,
    **OF_PAIRS,
    **NEEDS,
    **ALLOWANCES,
    "kernel.first_passwords_made": _("made slips with first passwords; people: %(people)s"),
    "kernel.sheet_committed": _("took in the sheet “%(file)s”; %(counts)s"),
    "kernel.sheet_undone": _("undid the import of the sheet “%(file)s”; %(counts)s"),
    "kernel.papers_asked": _("asked for papers of a whole cohort (%(paper)s, %(form)s); people: %(people)s"),
    "kernel.layout_kept": _("kept the layout “%(name)s” (%(file)s)"),
    "kernel.layout_renamed": _("renamed the layout “%(before)s” to “%(name)s”"),
    "kernel.layout_removed": _("removed the layout “%(name)s”; its file stays"),
    "kernel.organisation_planted": _("added the organisation %(subject)s"),
    "kernel.roles_ended": _(
        "ended roles at %(subject)s from %(on)s; people: %(people)s; reason: %(because)s"
    ),
    "kernel.records_merged": _(
        "merged two records of %(subject)s into one; rows: %(moved)s; reason: %(because)s"
    ),
    "kernel.merge_undone": _(
        "undid the merge of two records of %(subject)s; rows: %(back)s; reason: %(because)s"
    ),
    "kernel.records_parted": _("said that %(subject)s and a record that looks alike are two persons"),
    "kernel.roles_kept": _("took back the end of roles at %(subject)s; people: %(people)s"),
    "kernel.invitations_sent": _("invited people to %(subject)s; invitations: %(invitations)s"),
    "kernel.invitations_withdrawn": _("withdrew invitations to %(subject)s: %(invitations)s"),
    "kernel.invitation_accepted": _("accepted an invitation to %(subject)s as %(role)s"),
    "kernel.second_factors_reset": _("ended second factors with new slips; people: %(people)s"),
    "kernel.second_factor_asked": _("set whether %(subject)s asks its staff for a second factor: %(asked)s"),
    "kernel.role_given": _("gave the role %(role)s at %(subject)s; people: %(people)s"),
    "kernel.document_made": _("fixed a text for signatures; fingerprint %(sha256)s"),
    "kernel.document_signed": _("%(name)s signed; fingerprint %(sha256)s"),
    "kernel.document_completed": _("closed a text that not everybody had to sign any more"),
    "kernel.document_withdrawn": _("took a text back that waited for signatures"),
    "apprenticeships.person_enrolled": _("gave %(person)s a place in “%(subject)s”"),
    "apprenticeships.enrolment_activated": _("%(person)s is in “%(subject)s” from now on"),
    "apprenticeships.enrolment_suspended": _("paused %(person)s in “%(subject)s”"),
    "apprenticeships.enrolment_resumed": _("%(person)s goes on in “%(subject)s”"),
    "apprenticeships.enrolment_moved": _("%(person)s of “%(subject)s” moved to another enterprise"),
    "agreements.application_made": _("noted the application of %(subject)s"),
    "agreements.application_moved": _("application of %(subject)s: %(state)s"),
    "agreements.agreement_drafted": _("began an agreement with %(person)s"),
    "agreements.agreement_saved": _("changed the draft for %(subject)s; points: %(changed)s"),
    "agreements.agreement_moved": _("agreement with %(subject)s: %(state)s"),
    "agreements.agreement_registered": _(
        "noted the registration %(number)s of the agreement with %(subject)s"
    ),
    "agreements.item_waived": _("waived “%(item)s” in the agreement with %(subject)s; reason: %(reason)s"),
    "agreements.amendment_made": _("amended the agreement with %(subject)s; points: %(changed)s"),
    "agreements.amendment_ended": _("amendment of the agreement with %(subject)s: %(state)s"),
    "agreements.apprenticeship_paused": _("paused the apprenticeship of %(subject)s from %(starts_on)s"),
    "agreements.apprenticeship_resumed": _("let the apprenticeship of %(subject)s go on from %(on)s"),
    "agreements.absence_requested": _(
        "asked for leave or told an absence, %(starts_on)s to %(ends_on)s (%(subject)s)"
    ),
    "agreements.absence_ended": _("absence of %(subject)s: %(state)s"),
    "agreements.absence_reason_read": _("opened the reason of an absence (%(subject)s)"),
    "agreements.leaving_announced": _(
        "recorded that the agreement with %(subject)s ends early, after %(last_day)s"
    ),
    "agreements.leaving_taken_back": _("took the early ending of %(subject)s on %(last_day)s back"),
    "agreements.agreement_terminated": _("ended the agreement with %(subject)s early, on %(last_day)s"),
    "agreements.floor_entered": _("entered a wage floor for %(subject)s from %(valid_from)s"),
    "agreements.floor_confirmed": _("confirmed a wage floor of %(subject)s"),
    "kernel.notice_published": _(
        "published version %(version)s of the privacy notice, valid from %(valid_from)s"
    ),
    "kernel.consent_given": _("gave a consent: %(purpose)s (%(person)s); by a guardian: %(by_guardian)s"),
    "kernel.consent_withdrawn": _(
        "withdrew a consent: %(purpose)s (%(person)s); by a guardian: %(by_guardian)s"
    ),
    "care.incident_reported": _("reported an incident: %(severity)s"),
    "care.incident_moved": _("an incident is a step further: %(state)s"),
    "care.incident_notified": _("noted a notification about an incident; waived: %(waived)s"),
    "care.measure_agreed": _("agreed a measure after an incident, by %(due_on)s"),
    "care.measure_done": _("a measure after an incident was carried out"),
    "care.complaint_made": _("made the complaint"),
    "care.complaint_moved": _("a step further: %(state)s"),
    "care.complaint_opened": _("opened it to read"),
    "care.handlers_changed": _("somebody else looks after it now"),
    "care.side_heard": _("added something"),
    "programmes.programme_loaded": _("loaded the programme “%(subject)s”, version %(version)s"),
    "programmes.scheme_saved": _("saved version %(version)s of the scheme “%(subject)s” as a draft"),
    "programmes.scheme_adopted": _(
        "put version %(version)s of the scheme “%(subject)s” in use; from then on it is fixed"
    ),
    "programmes.scheme_retired": _("retired version %(version)s of the scheme “%(subject)s”"),
    "apprenticeships.cohort_planned": _("planned the cohort “%(subject)s”"),
    "apprenticeships.cohort_started": _("started the cohort “%(subject)s”"),
    "apprenticeships.cohort_completed": _("completed the cohort “%(subject)s”"),
    "apprenticeships.roster_taken": _(
        "took in a roster for “%(subject)s”; enrolled: %(added)s, changed: %(changed)s"
    ),
    "apprenticeships.roster_undone": _(
        "undid a roster of “%(subject)s”; taken away: %(removed)s, put back: %(restored)s"
    ),
    "apprenticeships.enrolments_ended": _("ended enrolments; apprentices: %(enrolments)s"),
    "progression.gate_opened": _("opened a gate for apprentices: %(enrolments)s (%(gate)s, %(subject)s)"),
    "progression.stage_repeated": _(
        "let apprentices stay in a stage until %(until)s: %(enrolments)s; reason: %(because)s"
    ),
    "progression.condition_waived": _(
        "waived a condition of a gate for %(subject)s: %(condition)s; reason: %(because)s"
    ),
    "progression.waiver_withdrawn": _("took the waiver of a condition back for %(subject)s: %(condition)s"),
    "progression.evidence_given": _("noted that a paper of %(subject)s is here: %(condition)s"),
    "progression.evidence_withdrawn": _("took the note of a paper of %(subject)s back: %(condition)s"),
    "progression.gate_saved": _("wrote what a gate asks, version %(version)s; conditions: %(conditions)s"),
    "apprenticeships.stages_passed": _("decided that a stage is passed; apprentices: %(enrolments)s"),
    "standards.framework_drafted": _("began version %(version)s of the skill framework %(key)s"),
    "standards.framework_moved": _("set version %(version)s of the skill framework %(key)s to: %(state)s"),
    "standards.framework_changed": _("changed the draft of the skill framework %(key)s %(what)s"),
    "standards.framework_taken": _(
        "took a file into version %(version)s of the skill framework %(key)s; %(counts)s"
    ),
    "standards.crosswalk_changed": _("set how two skills lie to one another: %(one)s %(kind)s %(other)s"),
    "standards.framework_loaded": _("loaded a list of skills; skills: %(skills)s"),
    "kernel.topics_muted": _("chose what to hear about; muted: %(topics)s"),
    "kernel.point_set_up": _("set up the point “%(name)s”"),
    "kernel.point_revoked": _("revoked the point: %(reason)s"),
    "kernel.bundle_made": _("made a bundle for the other site"),
    "kernel.bundle_taken": _(
        "took a bundle in: %(rows)s rows, %(written)s new here; %(clashes)s on both sides, %(held)s wait"
    ),
    "kernel.clash_settled": _("chose between what two sites had written"),
    "kernel.hook_added": _("added the web hook “%(name)s” to %(host)s"),
    "kernel.hook_switched": _("web hook “%(name)s”: %(state)s"),
    "kernel.calendar_saved": _("wrote the working calendar of %(year)s; special days: %(days)s"),
    "kernel.calendar_opened": _("made a calendar address of the own"),
    "kernel.calendar_closed": _("closed a calendar address of the own"),
    "training.hours_reversed": _("took hours back from the ledger; minutes: %(minutes)s"),
    "training.plan_drafted": _("drafted the plan of “%(subject)s”; units: %(units)s"),
    "training.plan_changed": _("changed units of the plan of “%(subject)s”, now version %(version)s"),
    "training.unit_added": _("added the unit %(name)s to the plan of “%(subject)s”, now version %(version)s"),
    "training.unit_taken_out": _(
        "took the unit %(name)s out of the plan of “%(subject)s”, now version %(version)s"
    ),
    "training.department_saved": _("kept a department of %(subject)s; it takes %(capacity)s"),
    "training.pattern_published": _(
        "published a rotation for “%(subject)s”; people: %(people)s, stays: %(stays)s, known clashes: %(clashes)s"
    ),
    "training.stays_added": _(
        "added single stays to the rotation of “%(subject)s”; people: %(people)s, known clashes: %(clashes)s"
    ),
    "training.pattern_undone": _("took back a rotation of “%(subject)s”; stays: %(stays)s"),
    "training.stay_moved": _("moved a stay in the rotation of “%(subject)s” to %(starts_on)s – %(ends_on)s"),
    "training.stay_ended": _("ended a stay in the rotation of “%(subject)s” early, on %(on)s: %(because)s"),
    "training.stay_cancelled": _("cancelled a stay in the rotation of “%(subject)s”: %(because)s"),
    "learning.sessions_planned": _("planned sessions: %(sessions)s; the first: %(subject)s"),
    "learning.session_changed": _("changed a planned session (%(subject)s); reason: %(because)s"),
    "learning.sessions_cancelled": _("cancelled sessions: %(sessions)s (%(subject)s); reason: %(because)s"),
    "learning.roll_taken": _(
        "called the roll of %(subject)s; people: %(people)s, away: %(away)s, said otherwise by others: %(beside)s"
    ),
    "learning.attendance_confirmed": _("confirmed the own attendance; sessions: %(attendances)s"),
    "learning.attendance_disputed": _("said that the own attendance was otherwise (%(subject)s)"),
    "learning.attendance_settled": _(
        "settled what stands of an attendance (%(subject)s): %(before)s → %(after)s"
    ),
    "learning.sessions_closed": _("closed sessions: %(sessions)s; minutes into the ledger: %(minutes)s"),
    "logbook.entry_submitted": _("handed in an entry of the log (%(subject)s)"),
    "logbook.entries_confirmed": _("confirmed entries of logs: %(entries)s; minutes: %(minutes)s"),
    "logbook.entry_returned": _("sent an entry of the log back (%(subject)s)"),
    "logbook.entry_corrected": _("confirmed a correction of an entry (%(subject)s)"),
    "logbook.talk_held": _("recorded a talk about an entry (%(subject)s)"),
    "logbook.job_observed": _("recorded a job that an apprentice was seen to do"),
    "judging.sitting_published": _("recorded the marks of the examination “%(subject)s”: %(marks)s"),
    "judging.rubric_saved": _("wrote version %(version)s of the rubric “%(subject)s”"),
    "judging.rubric_used": _("version %(version)s of the rubric “%(subject)s” is in use and never changes"),
    "judging.rubric_retired": _("retired version %(version)s of the rubric “%(subject)s”"),
    "judging.practical_planned": _("planned “%(subject)s”: works %(people)s, raters %(raters)s"),
    "judging.practical_closed": _("closed “%(subject)s”"),
    "judging.practical_reopened": _("opened “%(subject)s” again"),
    "judging.practical_cancelled": _("cancelled “%(subject)s”: %(because)s"),
    "judging.raters_asked": _("asked one more rater at “%(subject)s”"),
    "judging.rater_excused": _("excused a rater at “%(subject)s”: %(because)s"),
    "judging.work_rated": _("rated a work at “%(subject)s”"),
    "judging.exhibit_added": _("put a file beside a work at “%(subject)s”"),
    "judging.marks_published": _("published marks of “%(subject)s”: %(enrolments)s"),
    "judging.judgement_reopened": _("reopened a published mark of “%(subject)s”: %(because)s"),
    "apprenticeships.parties_followed": _(
        "who works with apprentices of “%(subject)s” follows their pairs; apprentices: %(enrolments)s"
    ),
    **SURVEYS,
    **TEACHING,
    **OCCUPATIONS,
    **MENTORING,
    **APPRAISALS,
    "reviews.planned": _("planned reviews of “%(subject)s”: %(reviews)s"),
    "reviews.mentors_changed": _("reviews to come are held with other mentors: %(reviews)s"),
    "reviews.moved": _("moved the review with %(subject)s: %(because)s"),
    "reviews.missed": _("noted that the review with %(subject)s did not take place: %(because)s"),
    "reviews.cancelled": _("cancelled the review with %(subject)s: %(because)s"),
    "reviews.held": _("held the review with %(subject)s: %(colour)s; in time: %(in_time)s"),
    "reviews.written": _("fixed the text of the review with %(subject)s for signing"),
    "reviews.reopened": _("took back the text of the review with %(subject)s"),
    "reviews.signed": _("the review with %(subject)s is signed by all; excused: %(excused)s"),
    "reviews.part_said": _("wrote a part in the review with %(subject)s (%(role)s)"),
    "reviews.signer_excused": _(
        "did without a signature in the review with %(subject)s (%(role)s): %(because)s"
    ),
    "reviews.goal_set": _("set a goal in the review with %(subject)s (%(owner)s)"),
    "reviews.goal_settled": _("settled a goal in the review with %(subject)s: %(state)s"),
    "apprenticeships.parties_appointed": _("appointed %(person)s: %(role)s; apprentices: %(enrolments)s"),
    "evaluation.evaluation_opened": _(
        "opened the evaluation of %(subject)s by version %(version)s of its scheme"
    ),
    "evaluation.evaluation_moved": _(
        "moved %(subject)s from version %(from_version)s to version %(to_version)s of its scheme; reason: %(reason)s"
    ),
    "evaluation.mark_given_instead": _(
        "gave a mark by hand in place of one that is worked out (%(subject)s); reason: %(reason)s"
    ),
    "evaluation.mark_worked_out_again": _("let a mark be worked out again (%(subject)s)"),
    "evaluation.marks_recorded": _("recorded marks for %(subject)s; new: %(added)s, changed: %(changed)s"),
    "evaluation.results_decided": _(
        "decided results of %(subject)s by version %(version)s of its scheme; apprentices: %(count)s"
    ),
    "evaluation.result_corrected": _(
        "corrected a decided result of %(subject)s; it is now version %(number)s"
    ),
    "evaluation.contest_raised": _("contested a result (%(subject)s); to be answered by %(due_on)s"),
    "evaluation.contest_ended": _("ended a contest (%(subject)s): %(state)s"),
}

SENTENCES |= told("SENTENCES")

HOOK_STATES = {
    "on": _("switched on"),
    "off": _("switched off"),
    "failed": _("switched off after failures"),
    "removed": _("removed"),
}

# Facts that say a state, and how the states of their table are called.
_STATES: dict[str, Mapping[str, Any]] = {
    "kernel.hook_switched": HOOK_STATES,
    "kernel.sign_on_kept": SIGN_ON_STATES,
    "kernel.sign_on_groups_kept": SIGN_ON_STATES,
    "kernel.directory_person_moved": DIRECTORY_STATES,
    "kernel.directory_group_changed": DIRECTORY_STATES,
    "evaluation.contest_ended": CONTEST_STATES,
    "exams.appeal_ended": APPEAL_STATES,
    "care.incident_moved": care.INCIDENT_STATES,
    "care.complaint_moved": care.COMPLAINT_STATES,
    "agreements.application_moved": agreements.APPLICATION_STATES,
    "agreements.agreement_moved": agreements.STATES,
    "agreements.amendment_ended": agreements.AMENDMENT_STATES,
    "agreements.absence_ended": agreements.ABSENCE_STATES,
    "reviews.goal_settled": reviews.GOAL_STATES,
    "occupations.chart_moved": occupations.STATES,
    "occupations.import_moved": occupations.IMPORT_STATES,
    **told("STATES"),
    "appraisals.contest_ended": appraisals.CONTEST_STATES,
    "standards.framework_moved": standards.STATES,
}

COUNTS = {
    "added": _("new: %(number)s"),
    "changed": _("changed: %(number)s"),
    "unchanged": _("unchanged: %(number)s"),
    "removed": _("taken away: %(number)s"),
    "restored": _("put back: %(number)s"),
    "left": _("left as they are: %(number)s"),
    "new": _("new: %(number)s"),
    "gone": _("taken away: %(number)s"),
    "same": _("unchanged: %(number)s"),
}


def sentence(fact: str, payload: Mapping[str, Any], subject: str, person: str = "") -> str:
    """What happened; lists are counted, and a fact without a sentence keeps its code.

    `subject` and `person` are names: of what it happened to, and of the person whom the payload points to.
    """
    template = SENTENCES.get(fact)
    if template is None:
        return fact
    values = {name: _said(value) for name, value in payload.items()}
    if "sha256" in values:
        values["sha256"] = values["sha256"][:12]  # the beginning is enough to compare by eye
    if fact.startswith("reviews."):
        values |= _of_a_review(values)
    elif (role := values.get("role")) is not None:
        values["role"] = str(ROLE_NAMES[Role(role)])
    if fact.startswith("questions."):
        values |= of_questions.said(values)
    if fact.startswith("forums."):
        values |= of_forums.said(values)
    if fact.startswith("reading."):
        values |= of_reading.said(values)
    if fact.startswith("groups."):
        values |= of_groups.said(values)
    if fact == "sharing.seen":
        values |= of_sharing.said(values)
    if fact.startswith("accreditation."):
        values |= of_accreditation.said(values)
    if fact.startswith("offers."):
        values |= of_offers.said(values)
    if "purpose" in values:
        purpose = PURPOSES.get(values["purpose"])
        values["purpose"] = purpose.name.say(get_language() or "zh-hans") if purpose else values["purpose"]
    if fact == "learning.attendance_settled":
        values |= {name: str(STATUSES.get(values[name], values[name])) for name in ("before", "after")}
    if "condition" in values:
        values["condition"] = str(CONDITIONS.get(values["condition"], values["condition"]))
    if "gate" in values:
        values["gate"] = str(GATES.get(values["gate"], values["gate"]))
    if fact in {"pairing.proposed", "pairing.formed", "matching.round_opened"}:
        values["kind"] = str(pairing.KINDS.get(values["kind"], values["kind"]))
    if fact == "teaching.peak_noted":
        values["level"] = str(teaching.LEVELS.get(values["level"], values["level"]))
    if "total" in payload and "currency" in payload:
        values["money"] = f"{decimal(payload['total'], payload['currency']):,} {payload['currency']}"
    if fact.startswith("subsidies."):
        values |= of_subsidies.named(values, payload)
    if fact.startswith("curricula."):
        values |= of_curricula.named(values)
    if fact.startswith("studio."):
        values |= of_studio.named(values)
    if fact.startswith("bulletins."):
        values |= of_bulletins.named(values)
    if fact.startswith("stories."):
        values |= of_stories.named(values)
    if fact == "packages.attempt_moved":
        values |= of_packages.said(values)
    if fact == "care.incident_reported":
        values["severity"] = str(care.SEVERITIES[values["severity"]])
    if fact == "standards.crosswalk_changed":
        values["kind"] = str(standards.MATCHES.get(values["kind"], "–"))
    if fact in _STATES:
        values["state"] = str(_STATES[fact][values["state"]])
    return str(template) % _Values(
        values | {"subject": subject or values.get("key") or "–", "person": person or "–"}
    )


def _of_a_review(values: Mapping[str, str]) -> dict[str, str]:
    """Sides and colours by their names."""
    named: dict[str, Mapping[str, Any]] = {
        "role": reviews.ROLES,
        "owner": reviews.ROLES,
        "colour": reviews.COLOURS,
    }
    return {key: str(names[values[key]]) for key, names in named.items() if key in values}


class _Values(dict[str, str]):
    """An old entry may lack a value that a newer sentence names."""

    def __missing__(self, name: str) -> str:
        return "–"


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return str(len(value))
    if isinstance(value, Mapping):
        if value and set(value) <= {"zh", "en"}:
            return text(value)
        known = [str(text) % {"number": value[name]} for name, text in COUNTS.items() if name in value]
        return listed(known) or "–"
    return str(value)
