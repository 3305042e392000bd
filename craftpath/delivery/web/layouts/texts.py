"""Why a layout is not kept, renamed or filled."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "kernel.layout_not_offered": _(
        "The layout “%(name)s” was removed or replaced a while ago. Look which ones there are now."
    ),
    "kernel.layout_name_taken": _(
        "A layout is called “%(name)s” already. Choose another name, or replace that one."
    ),
    "kernel.layout_without_name": _("Give the layout a name."),
    "kernel.layout_name_too_long": _("A name has at most %(most)s characters."),
}

PARTS = {
    "document": _("text"),
    "header": _("head of the page"),
    "footer": _("foot of the page"),
    "footnotes": _("footnotes"),
    "endnotes": _("endnotes"),
}
"""Parts of a document, by what their files are called."""
