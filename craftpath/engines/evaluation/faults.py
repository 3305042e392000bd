"""What can be wrong with a scheme, as codes with facts; the doors choose the sentences."""

from __future__ import annotations

from craftpath.values.faults import Faulty


class SchemeFaulty(Faulty):
    """A scheme that cannot be used, with every fault that was found and not only the first."""
