"""What can be wrong with a problem before anything is worked out."""

from craftpath.values.faults import Faulty


class ProblemFaulty(Faulty):
    """A problem that makes no sense, with every fault and not only the first."""
