"""Where the reference looks: the modules of the kernel and of the nouns, loaded by name."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import craftpath.domain
import craftpath.kernel


def kernel() -> Iterator[ModuleType]:
    """Every module of the kernel and of its rooms, by name."""
    for _, name, is_package in pkgutil.walk_packages(craftpath.kernel.__path__, "craftpath.kernel."):
        if not is_package and ".migrations." not in name:
            yield importlib.import_module(name)


def nouns(shelf: str) -> Iterator[ModuleType]:
    """The module `shelf` (such as `facts`) of every noun that has one, by name of the noun."""
    for _, noun, is_package in pkgutil.iter_modules(craftpath.domain.__path__):
        name = f"craftpath.domain.{noun}.{shelf}"
        if is_package and importlib.util.find_spec(name):
            yield importlib.import_module(name)
