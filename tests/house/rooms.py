"""The rooms that have tables: the kernel, and every noun there is, as Django's labels."""

from __future__ import annotations

from pathlib import Path

_DOMAIN = Path(__file__).resolve().parents[2] / "craftpath" / "domain"

LABELS = ["kernel", *sorted(path.parent.name for path in _DOMAIN.glob("*/apps.py"))]
