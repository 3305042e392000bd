"""Why something cannot be signed, opened or printed, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "kernel.signing_for_another": _("%(name)s signs this in person."),
    "kernel.signed_already": _("%(name)s has signed this already."),
    "kernel.document_not_open": _(
        "This text was taken back or is complete; nothing is signed on it any more."
    ),
    "kernel.document_differs": _(
        "The text is not the one that you have read. Open it anew and read it again."
    ),
    "exchange.font_missing": _(
        "No Chinese font is installed on this machine, so nothing can be printed. Whoever runs the site installs "
        "it with: make system"
    ),
    "exchange.pdf_missing": _(
        "The library for PDF is missing on this machine (WeasyPrint with Pango). Whoever runs the site installs "
        "it with: make system"
    ),
    "exchange.glyph_missing": _(
        "The font of this site has no sign for “%(character)s” (%(code)s), so nothing was printed: it would have come "
        "out wrong. A fuller font, such as Noto Sans CJK, solves it."
    ),
    "exchange.paper_not_printed": _("The paper could not be printed. Tell whoever runs this site."),
    "exchange.paper_too_slow": _("Printing took too long and was stopped. Try again in a minute."),
}
