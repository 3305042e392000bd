"""`manage.py presets`: load the presets that have come with a newer version of the program."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from craftpath.domain.occupations.actions import load_classifications
from craftpath.domain.pilots.actions import load_cases, load_cycles
from craftpath.domain.programmes.actions import load_presets
from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.subsidies.actions import load_schemes
from craftpath.kernel.access import system
from craftpath.kernel.notices import load_notice
from craftpath.kernel.tenancy import everywhere


class Command(BaseCommand):
    """Presets belong to nobody and serve everybody; one that is there already stays as it is."""

    help = "Load the presets of all countries that come with the program; what is there stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and name what is there afterwards."""
        with everywhere("presets belong to nobody and serve everybody"):
            load_frameworks(by=system(), at=timezone.now())
            load_classifications(by=system(), at=timezone.now())
            load_schemes(by=system(), at=timezone.now())
            load_cycles(by=system(), at=timezone.now())
            load_cases(by=system(), at=timezone.now())
            load_notice(by=system(), at=timezone.now())
            for programme in load_presets(by=system(), at=timezone.now()):
                self.stdout.write(str(programme))
