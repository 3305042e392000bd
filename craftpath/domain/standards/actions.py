"""Taking in frameworks."""

from __future__ import annotations

import tomllib
from datetime import datetime
from importlib import resources

from craftpath.domain.standards.facts import FrameworkLoaded
from craftpath.domain.standards.models import Framework, Skill
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require


@action
def load_frameworks(*, by: Actor, at: datetime) -> None:
    """Take in every framework that comes with the program; a version that is there already stays as it is."""
    require(by.may(Permission.EDIT_SCHEMES))
    folder = resources.files("craftpath.domain.standards") / "presets"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".toml"):
            continue
        table = tomllib.loads(entry.read_text("utf-8"))
        framework, new = Framework.objects.get_or_create(
            key=table["key"],
            version=table["version"],
            defaults={name: table[name] for name in ("name", "publisher", "year")},
        )
        if not new:
            continue
        domains = {row["key"]: row["name"] for row in table["domain"]}
        skills = [
            Skill(framework=framework, order=n, domain_name=domains[row["domain"]], **row)
            for n, row in enumerate(table["skill"], start=1)
        ]
        Skill.objects.bulk_create(skills)
        told = FrameworkLoaded(key=framework.key, version=framework.version, skills=len(skills))
        tell(told, by=by, at=at)
