"""An own list of skills."""

from __future__ import annotations

from typing import Any

from craftpath.delivery.exchange.frameworks.taking import keep_file
from craftpath.domain.standards import actions as standards
from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.standards.models import Framework
from craftpath.kernel.sheets import SheetImport
from tests.cast import AT, Cast


def list_skills(cast: Cast) -> dict[str, str]:
    """A college's list: a published version, the draft of the next one, a skill in both, a file that waits. Once."""
    by: Any = {"by": cast.actor("coordinator"), "at": AT}
    load_frameworks(**by)
    row = Framework.objects.filter(organisation=cast.college).order_by("version").first()
    if row is None:
        name = {"zh": "车间十条", "en": "Shop rules"}
        row = standards.draft_framework(organisation=cast.college, name=name, about={"audience": "own"}, **by)
        standards.add_node(row, standards.Node("", name={"zh": "整理", "en": "Tidy"}), **by)
        standards.publish_framework(row, **by)
        standards.draft_version(row, **by)
        keep_file(content=b"key,name_en\na,A\n", name="a.csv", into="new", organisation=cast.college, **by)
    draft = Framework.objects.get(key=row.key, version=2)
    return {
        "framework": draft.public_id,
        "before": row.public_id,
        "key": f"{row.prefix}-tidy",
        "one": row.key,
        "other": "ilo-core-skills-2021",
        "sheet": SheetImport.objects.filter(kind="framework").latest("pk").public_id,
        "verb": "publish",
        "form": "xlsx",
    }
