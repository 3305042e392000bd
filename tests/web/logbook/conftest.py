"""The same writer as in the tests of the noun, and the same crowd as on desks."""

from tests.domain.logbook.conftest import writer
from tests.web.desks.conftest import grow

__all__ = ["grow", "writer"]
