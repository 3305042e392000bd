"""Labels, one sentence for each reason code, and one for each fault of a rubric."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "judging.rubric_of_another": _(
        "This rubric belongs to another organisation. Copy it, then change the copy."
    ),
    "judging.rubric_in_use": _("Version %(version)s is in use and never changes. Make a next version."),
    "judging.rubric_is_retired": _("Version %(version)s is retired and stays as it is. Make a next version."),
    "judging.rubric_not_usable": _("This rubric is retired. Choose another version."),
    "judging.rubric_faulty": _("The rubric cannot be saved like this. See what is marked below."),
    "judging.item_unknown": _("The scheme has no item “%(item)s”."),
    "judging.published_elsewhere": _(
        "The marks of this examination, and of its re-sits, belong to the item into which they were published first."
    ),
    "judging.item_not_judged": _("%(item)s is graded in words or worked out; raters give points."),
    "judging.item_has_one": _("%(item)s has a practical assessment already: %(title)s."),
    "judging.nobody_in_stage": _("Nobody of this cohort is in the stage now."),
    "judging.no_title": _("Give it a title of at most %(most)s characters."),
    "judging.due_in_the_past": _("The last day for ratings lies in the past."),
    "judging.too_few_raters": _(
        "The scheme asks for at least %(wanted)s raters of each work; for %(name)s there are %(given)s. "
        "Add a trainer, an assessor or peers."
    ),
    "judging.chair_missing": _("Here the chair’s mark counts: say who is the chair."),
    "judging.raters_unknown": _("Choose raters from the list."),
    "judging.rates_himself": _("Nobody rates the own work into the mark."),
    "judging.not_a_rater": _("You are not asked to rate this work."),
    "judging.excused": _("You are not asked to rate this work any more."),
    "judging.not_open": _("“%(title)s” is closed or cancelled; nothing is rated here now."),
    "judging.published_already": _(
        "This mark is published. Whoever publishes marks can reopen it with a reason; then it is rated anew."
    ),
    "judging.levels_faulty": _("Say for each criterion what you saw, or that you did not observe it."),
    "judging.nothing_observed": _("You observed none of the criteria; then there is nothing to send."),
    "judging.no_reason": _("Say why, in at most %(most)s characters."),
    "judging.excused_already": _("This rater is excused already."),
    "judging.rated_already": _("This rater has rated; there is nothing to excuse."),
    "judging.asked_already": _("%(name)s is asked already."),
    "judging.not_published": _("Nothing is published of this work yet."),
    "judging.nothing_to_publish": _("Of those chosen no mark is ready to be published."),
    "judging.ratings_changed": _("Ratings have changed since you looked. Look again, then publish."),
    "judging.too_many_exhibits": _("At most %(most)s photos, videos and files of one work are kept."),
    "judging.exhibit_not_yours": _("Photos and files are put here by the apprentice and by those who rate."),
    "judging.work_unknown": _("This apprentice is not judged here."),
    "judging.is_published": _("Marks of it are published; it is closed, not cancelled."),
}

RUBRIC_STATES = {"draft": _("Draft"), "in_use": _("In use"), "retired": _("Retired")}
PRACTICAL_STATES = {
    "open": pgettext_lazy("a practical assessment", "open"),
    "closed": pgettext_lazy("a practical assessment", "closed"),
    "cancelled": pgettext_lazy("a practical assessment", "cancelled"),
}
KINDS = {
    "task": pgettext_lazy("practical work", "Task"),
    "project": pgettext_lazy("practical work", "Project"),
    "contest": pgettext_lazy("practical work", "Contest"),
    "job": pgettext_lazy("practical work", "Job at the workplace"),
}
RATERS = {
    "mentor": _("Mentor"),
    "trainer": _("Trainer"),
    "master": _("Master craftsman"),
    "assessor": _("Assessor from outside"),
    "peer": _("Peer"),
    "self": _("Self"),
}
EXHIBITS = {
    "photo": _("Photo"),
    "video": _("Video"),
    "drawing": _("Drawing"),
    "file": _("File"),
}
UNOBSERVED = {
    "shared_out": _("its weight goes to the other criteria"),
    "waits": _("the mark waits until somebody has observed it"),
}
NEEDS = {
    "more_raters": _("more raters needed"),
    "third_rater": _("third rater needed"),
    "chair": _("chair decides"),
    "ratings": _("waiting for ratings"),
}
METHODS = {
    "mean": _("mean"),
    "median": _("middle one"),
    "chair": _("chair’s mark"),
    "third_nearer": _("third rater with the nearer one"),
    "third_median": _("middle one of three"),
    "third_alone": _("third rater alone"),
}
FAULTS = {
    "levels_count": _("A rubric has %(least)s to %(most)s levels."),
    "criteria_count": _("A rubric has 1 to %(most)s criteria."),
    "unobserved_unknown": _("Say what happens to a criterion that was not observed."),
    "not_a_figure": _("“%(given)s” is not a figure. Type digits, such as 30 or 12.5."),
    "no_name": _("Give it a name, in Chinese or English, of at most %(most)s characters."),
    "levels_do_not_rise": _("The levels rise: each is worth more than the one before."),
    "key_faulty": _("This criterion cannot be told from another. Take it out and add it anew."),
    "anchors_missing": _("Say for each level what is seen at it."),
    "no_anchor": _("Say what is seen at this level, in at most %(most)s characters."),
    "weights_not_100": _("The weights of the criteria add up to %(total)s, not to 100."),
}
