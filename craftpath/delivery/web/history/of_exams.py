"""What happened to items, papers, sittings and standards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

EXAMS = {
    "exams.items_written": _("wrote items into the bank: %(count)s"),
    "exams.item_rewritten": _("wrote version %(version)s of the item “%(subject)s”"),
    "exams.item_tagged": _("changed what the item “%(subject)s” is for"),
    "exams.items_released": _("released items: %(count)s"),
    "exams.figures_kept": _(
        "kept figures of %(questions)s questions with them, %(modelled)s with a and b, from %(candidates)s candidates"
    ),
    "exams.items_retired": _("retired items: %(count)s"),
    "exams.items_restored": _("restored items: %(count)s"),
    "exams.items_opened": _("opened items to practice: %(count)s"),
    "exams.items_kept_back": _("kept items back from practice: %(count)s"),
    "exams.stimulus_written": _("kept a shared text for items"),
    "exams.blueprint_made": _("wrote the blueprint “%(subject)s”: %(forms)s forms"),
    "exams.blueprint_changed": _("changed the blueprint “%(subject)s”"),
    "exams.forms_assembled": _("had %(forms)s forms put together by the blueprint “%(subject)s”"),
    "exams.forms_impossible": _("had forms sought by the blueprint “%(subject)s”; there are none"),
    "exams.question_swapped": _("changed a question of form %(form)s of the blueprint “%(subject)s”"),
    "exams.forms_taken": _("made %(count)s papers by the blueprint “%(subject)s”"),
    "exams.paper_made": _("put the paper “%(subject)s” together: questions %(items)s"),
    "exams.paper_fixed": _("made the paper “%(subject)s” ready; nothing of it changes"),
    "exams.paper_shelved": _("put the paper “%(subject)s” away"),
    "exams.sitting_planned": _("planned the sitting “%(subject)s”: candidates %(candidates)s"),
    "exams.sitting_opened": _("opened the sitting “%(subject)s”"),
    "exams.sitting_closed": _("closed the sitting “%(subject)s”: handed in %(handed_in)s, absent %(absent)s"),
    "exams.sitting_cancelled": _("cancelled the sitting “%(subject)s”: %(because)s"),
    "exams.codes_given": _("gave new codes for “%(subject)s”: candidates %(candidates)s"),
    "exams.candidate_seated": _(
        "settled the seat of a candidate of “%(subject)s”, extra minutes %(extra_minutes)s"
    ),
    "exams.candidate_moved": _("moved a candidate of “%(subject)s” to paper, or back to a device"),
    "exams.sheet_keyed": _("keyed an answer sheet of “%(subject)s”, keying %(round)s"),
    "exams.sheet_settled": _("an answer sheet of “%(subject)s” stands; differences decided: %(differing)s"),
    "exams.paper_handed_in": _("a paper of “%(subject)s” was handed in"),
    "exams.essay_marked": _("marked an essay of “%(subject)s”"),
    "exams.essay_remarked": _("gave the own mark of an essay of “%(subject)s” anew"),
    "exams.marks_opened": _("opened the marks of the essays of “%(subject)s”"),
    "exams.essay_settled": _("settled an essay of “%(subject)s” by a decision: %(because)s"),
    "exams.essays_returned": _("sent marks of essays of “%(subject)s” back: %(essays)s; %(because)s"),
    "exams.study_planned": _("planned the standard setting “%(subject)s”: judges %(judges)s"),
    "exams.judges_invited": _("asked more judges for “%(subject)s”: %(judges)s"),
    "exams.judge_excused": _("excused a judge of “%(subject)s”: %(because)s"),
    "exams.round_opened": _("opened round %(number)s of “%(subject)s”, to be judged by %(due_on)s"),
    "exams.round_closed": _(
        "closed round %(number)s of “%(subject)s”: judges who were done %(finished)s of %(judges)s"
    ),
    "exams.cut_proposed": _("proposed the cut score of “%(subject)s”: %(cut)s of %(full)s points"),
    "exams.cut_adopted": _(
        "recorded the cut score of “%(subject)s”: %(cut)s of %(full)s points, by %(body)s (judges: %(computed)s)"
    ),
    "exams.study_withdrawn": _("withdrew the standard setting “%(subject)s”: %(because)s"),
    "exams.invigilators_named": _("named who watches over the sitting “%(subject)s”"),
    "exams.sitting_moved": _("moved the sitting “%(subject)s”: %(because)s"),
    "exams.sitting_terms_settled": _("settled the terms of “%(subject)s”"),
    "exams.candidate_added": _("added a candidate to “%(subject)s”"),
    "exams.candidate_removed": _("took a candidate out of “%(subject)s”: %(because)s"),
    "exams.absence_excused": _("settled whether an absence at “%(subject)s” had a reason"),
    "exams.outcomes_published": _("published results of “%(subject)s”: %(candidates)s"),
    "exams.appeal_lodged": _("appealed against the marking: questions %(questions)s"),
    "exams.appeal_assessed": _("gave a second opinion: questions %(questions)s"),
    "exams.appeal_ended": _("ended an appeal: %(state)s"),
}
