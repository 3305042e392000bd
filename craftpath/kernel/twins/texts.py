"""Why two records are not merged, or not parted again, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REASONS: dict[str, StrPromise] = {
    "twins.yourself": _(
        "One of these records is your own. Somebody else who looks after people decides on it."
    ),
    "twins.elsewhere": _(
        "Not all roles of these two lie at your organisation. Whoever looks after all of them decides."
    ),
    "twins.none_chosen": _("Choose the record that stays."),
    "twins.one_record": _("This is one record, not two."),
    "twins.gone_already": _("%(name)s was merged into another record already. Look at the list of merges."),
    "twins.stays_inactive": _("%(name)s no longer signs in. Keep the other record."),
    "twins.without_reason": _("Say why. It stands in the history of both, and the person reads it."),
    "twins.no_place": _("Neither of the two ever had a role, so no organisation looks after them."),
    "twins.at_a_point": _(
        "A village point carries one of these records. Take its last bundle and revoke the point first."
    ),
    "twins.enrolled_twice": _(
        "Both are in the same cohort and active. End one of the two enrolments there first."
    ),
    "twins.two_identities": _(
        "Each has an identity number of its own, and the numbers differ: these are two persons."
    ),
    "twins.claimed_twice": _(
        "Public money was claimed for both for the same year. Withdraw one of the claims first."
    ),
    "twins.verified_there": _(
        "The record that would go holds a verified certificate that the one that stays has claimed too. Keep the other "
        "record, or refuse or withdraw the open claim first."
    ),
    "twins.judged_twice": _(
        "Both judged the same thing where two different persons are needed. One person would have judged it twice."
    ),
    "twins.they_meet": _(
        "Both are named side by side as two persons, such as master and apprentice, or who did and who approved. "
        "Records of one person do not meet."
    ),
    "twins.rows_forbid": _(
        "A rule of the records forbids it, and nothing was changed. Tell whoever runs this site."
    ),
    "twins.rows_forbid_undo": _(
        "The record that went has something of the same kind again, so not everything can go back. Nothing was changed."
    ),
    "twins.merged_on": _(
        "The record that stayed was itself merged into another later. Undo that merge first."
    ),
    "twins.merged_now": _("These records are merged. Undo the merge if they are two persons."),
}
