"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "standards.shared_by_the_top": _(
        "This list serves the whole site. The organisation with which the site was opened changes it; "
        "you can make a list of your own."
    ),
    "standards.not_a_draft": _("A published version is not changed any more. Begin the next version."),
    "standards.nothing_in_it": _("There is no skill in it yet. Add one, or import a file."),
    "standards.move_unknown": _("Choose where to move it."),
    "standards.node_gone": _(
        "“%(key)s” is not here any more: somebody has taken it out. Load the page again."
    ),
    "standards.key_of_another": _(
        "%(place)s: “%(given)s” names a skill of another list. Keys of this one begin with “%(prefix)s”; leave the key "
        "empty and one is made."
    ),
    "standards.too_many": _("A framework has at most %(most)s domains and skills; these are %(given)s."),
    "standards.too_many_levels": _("A scale has at most %(most)s levels."),
    "standards.too_many_indicators": _("A skill has at most %(most)s indicators; these are %(given)s."),
    "standards.too_deep": _("“%(given)s” hangs deeper than %(most)s levels."),
    "standards.too_long": _("“%(given)s” is longer than %(most)s characters."),
    "standards.key_unclear": _(
        "“%(given)s” is no key: letters without accents, digits, - and _, at most %(longest)s of them."
    ),
    "standards.key_twice": _("The key “%(given)s” stands at %(first)s already. A key says one skill."),
    "standards.identifier_twice": _("The identifier “%(given)s” stands at %(first)s already."),
    "standards.parent_unknown": _("There is no “%(given)s” that this could hang on."),
    "standards.domain_in_skill": _("A domain cannot hang on the skill “%(given)s”; only skills do."),
    "standards.knot": _("This goes round in a circle: %(way)s. Let one of them hang on nothing."),
    "standards.level_twice": _(
        "The level “%(given)s” stands twice, or its key has other signs than letters and digits."
    ),
    "standards.level_unknown": _("There is no level “%(given)s” on the scale; it has: %(allowed)s."),
    "standards.no_name": _("A name is missing: give one in Chinese or in English."),
    "standards.kind_unknown": _("“%(given)s” is no kind of entry. Allowed: %(allowed)s."),
    "standards.language_unknown": _("Texts in “%(given)s” are not kept here. Allowed: %(allowed)s."),
    "standards.match_unknown": _(
        "“%(given)s” is no way in which skills lie to one another. Allowed: %(allowed)s."
    ),
    "standards.strength_unknown": _("“%(given)s” is no strength. Allowed: %(allowed)s."),
    "standards.match_itself": _(
        "“%(given)s” is held against a skill of its own list. Choose one of another list."
    ),
}

STATES = {
    "draft": pgettext_lazy("a framework of skills", "Draft"),
    "published": pgettext_lazy("a framework of skills", "Published"),
    "retired": pgettext_lazy("a framework of skills", "Retired"),
    "discarded": pgettext_lazy("a framework of skills", "Put away"),
}

KINDS = {
    "domain": pgettext_lazy("in a framework of skills", "Domain"),
    "skill": pgettext_lazy("in a framework of skills", "Skill"),
}

AUDIENCES = {
    "site": _("everybody on this site"),
    "own": _("our organisation and those around it"),
}

WORDINGS = {
    "own": _("definitions in own words"),
    "source": _("definitions in the publisher's words"),
}

LEVELS_BY = {
    "": _("no scale of levels"),
    "own": _("the scale is ours"),
    "source": _("the scale is the publisher's"),
}

MATCHES = {
    "exact": _("says the same as"),
    "broader": _("is broader than"),
    "narrower": _("is narrower than"),
    "related": _("is related to"),
}

STRENGTHS = {
    3: pgettext_lazy("how strongly skills are tied", "closely"),
    2: pgettext_lazy("how strongly skills are tied", "partly"),
    1: pgettext_lazy("how strongly skills are tied", "loosely"),
}

CHANGES = {
    "new": pgettext_lazy("in a comparison", "New"),
    "changed": pgettext_lazy("in a comparison", "Changed"),
    "gone": pgettext_lazy("in a comparison", "Gone"),
    "same": pgettext_lazy("in a comparison", "The same"),
}

FIELDS = {
    "name": _("Name"),
    "about": _("What it is"),
    "publisher": pgettext_lazy("of a framework", "Publisher"),
    "year": _("Year"),
    "source": pgettext_lazy("of a framework", "Source"),
    "licence": _("Licence"),
    "address": _("Web address"),
    "wording": _("Wording"),
    "levels": pgettext_lazy("of skills", "Levels"),
    "levels_by": _("Whose levels"),
    "kind": pgettext_lazy("in a framework of skills", "Kind"),
    "parent": _("Hangs on"),
    "meaning": _("Definition"),
    "indicators": _("On the shop floor"),
    "hints": _("Hint words"),
    "code": pgettext_lazy("of a skill", "Code"),
}
