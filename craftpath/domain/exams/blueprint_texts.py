"""Why blueprints, forms and kept figures are refused, in sentences; `texts.py` takes them in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "exams.blueprint_faulty": _("Something is not right yet. Nothing that you typed is lost."),
    "exams.blueprint_moved": _(
        "Somebody else has changed this blueprint since you opened this page. All that you typed is still here: "
        "look at theirs, then save again to put yours in its place."
    ),
    "exams.assembly_no_time": _(
        "No forms were found within %(seconds)s seconds, and it is not proved either that there are none. "
        "Wider limits make it easier: more minutes, from–to instead of exact figures."
    ),
    "exams.assembly_failed": _("Something went wrong while the forms were put together. Try again."),
    "exams.assembly_without_role": _("Whoever asked for this has no role here any more. Ask again yourself."),
    "exams.none_calibrated": _(
        "No released question has a and b on a scale yet, so no information can be aimed at. Keep the figures of "
        "closed sittings (%(least)s candidates of one form or more) with their questions, or choose another aim."
    ),
    "exams.named_gone": _(
        "“%(items)s” has to be in and is not released. Release it, or take it out of the blueprint."
    ),
    "exams.named_without_curve": _(
        "“%(items)s” has to be in and has no a and b on the scale, so nobody knows what it adds to information. "
        "Take it out of the blueprint, or choose another aim."
    ),
    "exams.form_named_missing": _("“%(item)s” has to stand in every form; form %(form)s does not have it."),
    "exams.form_named_there": _("“%(item)s” may stand in no form; form %(form)s has it."),
    "exams.form_named_nowhere": _("“%(item)s” has to stand in one of the forms; none has it."),
    "exams.figures_of_open": _("Figures are kept once the sitting is closed."),
    "exams.figures_moved": _(
        "What was counted has changed since you looked at it. These are the figures as they are now: look, then keep "
        "them."
    ),
    "exams.figures_none": _(
        "There is nothing to keep: no question of yours was answered by %(least)s candidates or more."
    ),
    "exams.forms_not_open": _("These forms are not there to be changed or taken any more."),
    "exams.form_unknown": _("There is no such form."),
    "exams.form_question_unknown": _("This question does not stand in the form any more. Look at it again."),
    "exams.swap_not_there": _("The other question is not released, or stands in this form already."),
    "exams.swap_breaks": _(
        "With the other question the forms would not keep the blueprint. Choose another one."
    ),
    "exams.form_item_rewritten": _(
        "“%(item)s” was rewritten since the forms were put together. Put them together again."
    ),
    "exams.form_item_gone": _(
        "“%(item)s” in form %(form)s is not released any more. Change it for another question, "
        "or put the forms together again."
    ),
    "exams.form_item_used_up": _(
        "“%(item)s” stands in %(has)s papers meanwhile and may stand in %(most)s. Change it for another question, "
        "or put the forms together again."
    ),
    "exams.form_enemies": _(
        "“%(item)s” and another question of form %(form)s may not stand together any more. Change one of them."
    ),
    "exams.form_row_unmet": _(
        "Row %(row)s of the blueprint wants %(least)s–%(most)s questions, and form %(form)s has %(has)s since "
        "questions were tagged anew. Put the forms together again."
    ),
    "exams.form_questions_unmet": _("Form %(form)s has %(has)s questions, not %(least)s–%(most)s."),
    "exams.form_points_unmet": _("Form %(form)s has %(has)s points, not %(least)s–%(most)s."),
    "exams.form_too_long": _("Form %(form)s takes %(has)s minutes, more than %(most)s."),
    "exams.forms_shared_unmet": _("All forms share %(has)s questions, not %(most)s."),
    "exams.forms_overlap": _("Two forms (%(form)s) share %(has)s questions, more than %(most)s."),
}
TYPED = {
    "exams.blueprint_how_many": _("A whole number from %(least)s to %(most)s."),
    "exams.blueprint_from_above_to": _("“From” is more than “to”."),
    "exams.blueprint_row_of_what": _("Say which questions are meant: choose at least one of the four."),
    "exams.blueprint_row_twice": _("This asks for the same questions as row %(row)s. Put both into one."),
    "exams.blueprint_word_unknown": _("This is not among the choices any more. Choose again."),
    "exams.blueprint_goal_unknown": _("Choose one of these."),
    "exams.blueprint_share_outside": _("A number between 0 and 1, such as 0.65, with two decimals at most."),
    "exams.blueprint_share_of_what": _(
        "For a wanted share, say exactly how many points a form has (or how many questions, without points)."
    ),
    "exams.blueprint_shared_alone": _("One form alone shares nothing."),
    "exams.blueprint_theta_outside": _(
        "One to three abilities from −%(most)s to %(most)s, such as −0.5 or 1, with two decimals at most."
    ),
    "exams.blueprint_information_outside": _(
        "A number above 0 and at most %(most)s, with two decimals at most; or leave it empty."
    ),
    "exams.blueprint_named_many": _("At most %(most)s questions can be named."),
    "exams.blueprint_named_twice": _(
        "This question is named twice, and not in the same way. Take one of them out."
    ),
}
