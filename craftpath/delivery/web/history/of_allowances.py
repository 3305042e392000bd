"""What happened to allowances, as one sentence for each fact."""

from django.utils.translation import gettext_lazy as _

ALLOWANCES = {
    "allowances.book_drafted": _("began version %(number)s of the rules for allowances"),
    "allowances.book_adopted": _(
        "adopted version %(number)s of the rules for allowances, valid from %(valid_from)s, with %(rules)s rules"
    ),
    "allowances.book_dropped": _("threw the draft of version %(number)s of the rules for allowances away"),
    "allowances.computed": _(
        "computed the allowances of %(month)s: %(lines)s lines, together %(money)s; inputs %(digest)s"
    ),
    "allowances.checked": _("checked the allowances of %(month)s"),
    "allowances.sent_back": _("sent the allowances of %(month)s back: %(because)s"),
    "allowances.approved": _("approved the allowances of %(month)s, together %(money)s"),
    "allowances.paid": _("noted that the allowances of %(month)s were paid on %(paid_on)s (%(reference)s)"),
    "allowances.correction_asked": _("asked to correct the allowances of %(month)s: %(because)s"),
    "allowances.questioned": _("asked about a line"),
    "allowances.answered": _("answered it"),
    "allowances.question_withdrawn": _("took the question back"),
    "allowances.template_kept": _("kept the template “%(name)s” of payment files"),
    "allowances.template_removed": _("took the template “%(name)s” of payment files away"),
    "allowances.references_kept": _("noted bank or payroll references of %(people)s people"),
    "allowances.file_taken": _(
        "downloaded the payment file “%(template)s” of %(month)s: %(people)s people (SHA-256 %(sha256)s…)"
    ),
}
