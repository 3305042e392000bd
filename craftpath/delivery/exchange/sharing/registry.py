"""All kinds of data: every file in `classes/` has one in `CLASS`."""

from __future__ import annotations

import importlib
import pkgutil

from craftpath.delivery.exchange.sharing import classes
from craftpath.delivery.exchange.sharing.data_class import DataClass


def _found() -> dict[str, DataClass]:
    names = sorted(one.name for one in pkgutil.iter_modules(classes.__path__))
    found = [importlib.import_module(f"{classes.__name__}.{name}").CLASS for name in names]
    return {one.key: one for one in sorted(found, key=lambda one: (not one.personal, one.key))}


CLASSES = _found()
