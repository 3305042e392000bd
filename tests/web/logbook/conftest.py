"""The same writer as in the tests of the noun."""

from tests.domain.logbook.conftest import writer

__all__ = ["writer"]
