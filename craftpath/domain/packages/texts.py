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
}
