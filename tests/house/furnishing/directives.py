"""A plan of the college for its staff that asks for a file, and a draft."""

from __future__ import annotations

import uuid

from craftpath.domain.directives import actions
from craftpath.domain.directives.models import Answer, Directive
from tests.cast import AT, TODAY, Cast
from tests.domain.directives.world import draft, published

PDF = b"%PDF-1.7\n%%EOF"


def tell_those_below(cast: Cast) -> dict[str, str]:
    """Published, corrected once, opened and answered by the administrator; the draft has a file, too. Once."""
    by = {"by": cast.actor("coordinator"), "at": AT}
    row = Directive.objects.filter(state="published").order_by("pk").first()
    if row is None:
        row = published(
            cast, by=by["by"], kind="plan", places=[cast.college], roles=["coordinator", "administrator", "trainer"],
            understood=True, answer="file", ask="排课表", answer_by=TODAY,
            quotas=[actions.Quota(cast.college, {"zh": "数控车工"}, 2026, 40)],
        )  # fmt: skip
        own = {"by": cast.actor("administrator"), "at": AT}
        actions.correct_directive(
            row, title=row.title, words={"zh": "请检查。"}, because="错字", again=False, **by
        )
        actions.open_directive(row, **own)
        actions.answer_directive(row, cast.college, content=PDF, name="a.pdf", **own)
        other = actions.write_directive(
            draft(cast, places=[cast.college]), organisation=cast.college, made_id=uuid.uuid4(), **by
        )
        actions.attach_file(other, PDF, "b.pdf", **by)
    other = Directive.objects.get(state="draft")
    return {
        "directive": row.public_id,
        "draft": other.public_id,
        "file": other.files.get().public_id,
        "place": Answer.objects.get().organisation.key,
    }
