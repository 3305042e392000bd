"""What does each desk cost, beside a bare Django list page, and does it cost more in a large country?

    python bench/desks.py [--people 1000 100000] [--rounds 5] [--requests 20] [--only DESK ...] [--keep FOLDER]

Beside them what leads on from a desk (deadlines, logs, reviews, classes) and the gates of a college:
the board of all cohorts, one cohort at the end of its first stage (24 to 40 people, and 1,303), and one apprentice. The
same way of measuring as `pages.py`, over a site that `living.py` fills. Apprentice, mentor, trainer, coordinator and HR
belong to one college or enterprise of about a thousand apprentices in all; one enterprise has a tenth of the country;
officer, auditor and administrator look at the whole country. What desks read of wide places is counted once before, as
`manage.py counts` does: the seconds are printed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from pages import Site, main

STAGE = "junior_craftsman"  # in which everybody of the nation is

_ONWARDS = {
    "deadlines": ("duties:list", ("coordinator",)),
    "logs": ("logbook:team", ("mentor",)),
    "silence": ("logbook:board", ("coordinator",)),
    "reviews": ("reviews:board", ("coordinator",)),
    "cohorts": ("apprenticeships:cohorts", ("coordinator", "officer")),
    "pairs": ("pairing:board", ("coordinator", "officer")),
    "indicators": ("indicators:overview", ("coordinator", "officer")),
    "ways": ("indicators:journeys", ("officer",)),
    "map": ("indicators:map", ("officer",)),
    "mentoring": ("indicators:layers", ("officer",)),
}


class Desks(Site):
    """The home page of each role."""

    def __init__(self, folder: Path, people: int, *, one_college: bool) -> None:
        super().__init__(folder, people, one_college=one_college)
        from django.utils import timezone

        from craftpath.domain.counts.following import look_through
        from craftpath.domain.counts.queries import counted_on
        from craftpath.kernel.tenancy import everywhere

        today = timezone.localdate()
        if counted_on() != today:
            start = time.perf_counter()
            with everywhere("a measurement counts what it filled"):
                look_through(today)
            print(f"{people:,} counted in {time.perf_counter() - start:.0f} s", file=sys.stderr)

    def fill(self, people: int, *, one_college: bool) -> dict[str, Any]:
        """The country of `nation.py`, and what goes on there."""
        import living

        return living.live(people, one_college=one_college)

    def reader(self, page: str) -> int:
        """Whoever sits at that desk; the bare list has no reader of its own."""
        role = page.partition(": ")[2] or page
        return int(self.nation["readers"].get(role, (None, self.nation["coordinator"]))[1])

    def addresses(self) -> dict[str, tuple[str, list[str]]]:
        """Desk → its address."""
        from django.urls import reverse

        desks = {
            role: ("real", [reverse("desks:home", args=[place])])
            for role, (place, _who) in self.nation["readers"].items()
        }
        return {"bare list of 50": ("plain", ["/bare/0/"]), **desks, **self._onwards(), **self._gates()}

    def _onwards(self) -> dict[str, tuple[str, list[str]]]:
        """What leads on from a desk, by those who go there: "page: role"."""
        from django.urls import reverse

        return {
            f"{page}: {role}": ("real", [reverse(name, args=[self.nation["readers"][role][0]])])
            for page, (name, roles) in _ONWARDS.items()
            for role in roles
        }

    def _gates(self) -> dict[str, tuple[str, list[str]]]:
        """The coordinator's own reader looks at these, as at every page that is no desk."""
        from django.urls import reverse

        def at(cohort: str) -> str:
            return reverse("progression:gate", args=[place, cohort, STAGE, "stage"])

        place, cohorts, large = self.nation["college"], self.nation["cohorts"], self.nation["large"]
        one = [reverse("progression:one", args=[place, person]) for _cohort, _plan, person in cohorts]
        return {
            "gates": ("real", [reverse("progression:board", args=[place])]),
            "gate of a cohort": ("real", [at(cohort) for cohort, *_ in cohorts]),
            "gate of 1,303": ("real", [at(large[0])]),
            "gate of one": ("real", one),
        }


if __name__ == "__main__":
    main(Desks, __file__, __doc__)
