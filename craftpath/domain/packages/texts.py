"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STATES: dict[str, StrPromise] = {
    "reading": pgettext_lazy("of a package", "being read"),
    "ready": pgettext_lazy("of a package", "ready"),
    "refused": pgettext_lazy("of a package", "not taken"),
    "retired": pgettext_lazy("of a package", "retired"),
}

KINDS: dict[str, str] = {
    "scorm12": "SCORM 1.2",
    "scorm2004": "SCORM 2004",
    "cmi5": "cmi5",
    "h5p": "H5P",
    "cartridge": "Common Cartridge",
}

MOVES_ON: dict[str, StrPromise] = {
    "NotApplicable": pgettext_lazy("what a unit asks for", "nothing"),
    "Completed": pgettext_lazy("what a unit asks for", "to complete it"),
    "Passed": pgettext_lazy("what a unit asks for", "to pass"),
    "CompletedAndPassed": pgettext_lazy("what a unit asks for", "to complete it and to pass"),
    "CompletedOrPassed": pgettext_lazy("what a unit asks for", "to complete it or to pass"),
}

ATTEMPTS: dict[str, StrPromise] = {
    "not_started": pgettext_lazy("of playing a package", "not begun"),
    "incomplete": pgettext_lazy("of playing a package", "under way"),
    "completed": pgettext_lazy("of playing a package", "done"),
    "passed": pgettext_lazy("of playing a package", "passed"),
    "failed": pgettext_lazy("of playing a package", "not passed"),
}

REASONS: dict[str, StrPromise] = {
    "packages.form_used": _("This form was sent before, for something else. Open it anew."),
    "packages.too_big": _(
        "A package has at most %(megabytes)s MB. Put large videos in by themselves and export it again."
    ),
    "packages.without_role": _(
        "Whoever uploaded this package has no role here any more. It was not read; upload it again yourself."
    ),
    "packages.failed": _(
        "Something went wrong while the package was read, and nothing of it was kept. Try again; if it happens twice, "
        "tell whoever runs this site."
    ),
    "packages.untitled": _("A package has a title in at least one language, at most %(most)s characters."),
    "packages.too_many_skills": _("Choose at most %(most)s skills: those that the package trains."),
    "packages.skill_unknown": _("One of these skills is no longer in the lists. Open the page anew."),
    "packages.not_played": _("This package cannot be played now."),
    "packages.entry_unknown": _("There is no such part in this package."),
    "packages.elsewhere": _(
        "This part was opened on another device or in another tab after this page, and goes on there. What was done "
        "here since is not saved. Open the part anew to go on here."
    ),
    "packages.data_unfit": _("What the package wants to save cannot be read (%(name)s). It was not saved."),
    "packages.data_too_long": _(
        "The package wants to save more than its standard allows: %(name)s may have %(most)s characters, and these "
        "are %(count)s. What was saved before stays."
    ),
    "packages.score_unfit": _(
        "The package gives a score of “%(given)s”, which is none that its standard knows. It was not saved."
    ),
    "packages.cmi5_unfit": _(
        "The course breaks the rules of cmi5, which asks not to take such a one. Places where it does: %(count)s."
    ),
    "packages.nothing_sent": _("Nothing was sent: the body is the file itself."),
    "packages.return_unfit": _("The address to go back to is no address of the web."),
    "packages.no_origin": _(
        "This site has no address of its own yet on which packages are played. Whoever runs it names one in "
        "CRAFTPATH_CONTENT_ADDRESS."
    ),
    "packages.not_laid_out": _("The files of this package are being laid out. Try again in a minute."),
    "packages.not_launched": _("Only parts of a cmi5 package are opened this way."),
    "packages.registration_unknown": _("This learner has no such registration in this package."),
    "packages.fetch_unknown": _("This address gives out no token."),
    "packages.fetched_before": _("The token of this session was given out before."),
    "packages.session_over": _("This session is over. Open the part anew."),
    "packages.unit_satisfied": _("This part is done already, so that nothing of it is waived."),
    "packages.waived_without_reason": _("Waiving a part needs a reason, at most %(most)s characters."),
    "packages.cmi5_beyond": _("A session opens only what is its learner's in its own part."),
    "packages.cmi5_launch_data": _("What the site tells a part of its launch cannot be changed by the part."),
    "packages.cmi5_preferences_unfit": _(
        "Preferences are JSON with languagePreference (languages, with commas between) and audioPreference (on or off)."
    ),
    "packages.cmi5_after_terminated": _("Nothing comes after “terminated”."),
    "packages.cmi5_voids": _("A part voids no statement."),
    "packages.cmi5_without_id": _("The statement has no id."),
    "packages.cmi5_not_utc": _("The statement has no timestamp in UTC."),
    "packages.cmi5_actor_other": _("The actor is not the one of the launch."),
    "packages.cmi5_registration_other": _("The registration is not the one of the launch."),
    "packages.cmi5_session_other": _("The session is missing in the context, or is another one."),
    "packages.cmi5_template_missing": _("The context lacks what the context template has."),
    "packages.cmi5_not_initialized": _("“initialized” comes first."),
    "packages.cmi5_move_on_category": _(
        "The category “moveon” belongs to completed, passed and failed, and to no other statement."
    ),
    "packages.cmi5_platforms_verb": _("Only the site itself says this."),
    "packages.cmi5_verb_unknown": _("This verb is none that cmi5 defines."),
    "packages.cmi5_object_other": _("The object is not the activity of the launch."),
    "packages.cmi5_data_unread": _("The part has to read its launch data first."),
    "packages.cmi5_preferences_unread": _("The part has to read the learner's preferences first."),
    "packages.cmi5_only_looking": _(
        "Opened only to be looked at, a part is neither completed, passed nor failed."
    ),
    "packages.cmi5_said_before": _("This was said before in this session."),
    "packages.cmi5_said_in_registration": _("This was said before in this registration."),
    "packages.cmi5_failed_after_passed": _("“failed” cannot come after “passed”."),
    "packages.cmi5_passed_after_failed": _("“passed” cannot come after “failed” in the same session."),
    "packages.cmi5_score_unfit": _("Only passed and failed have a score."),
    "packages.cmi5_completion_unfit": _(
        "“completion” is true where something is completed, and absent otherwise."
    ),
    "packages.cmi5_success_unfit": _(
        "“success” is true where something is passed, false where it is failed, and absent otherwise."
    ),
    "packages.cmi5_duration_missing": _("The statement has no duration."),
    "packages.cmi5_raw_without_bounds": _("A raw score needs min and max."),
    "packages.cmi5_mastery_other": _("The mastery score is missing in the context, or is another one."),
    "packages.cmi5_mastery_score": _("The score and the mastery score say something else."),
}
