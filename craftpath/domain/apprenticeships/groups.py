"""A group of apprentices as a condition of other tables: some by their ids, or a whole cohort without naming them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

NAMED = 200  # ids that a statement names; of more the whole cohort is read


@dataclass(frozen=True, slots=True)
class Group:
    """These enrolments (ids), all of one cohort."""

    cohort: int
    ids: frozenset[int]

    @classmethod
    def of(cls, cohort_id: int, ids: Iterable[int]) -> Group:
        """A group of some of a cohort."""
        return cls(cohort_id, frozenset(ids))

    def at(self, prefix: str) -> Q:
        """The condition that the enrolment in this field is of the group; of a large one, that it is of its cohort.

        Rows of others of the cohort come with it then, and are passed over with `in`.
        """
        if len(self.ids) > NAMED:
            return Q(**{f"{prefix}__cohort": self.cohort})
        return Q(**{f"{prefix}__in": self.ids})

    def __contains__(self, enrolment_id: int) -> bool:
        return enrolment_id in self.ids
