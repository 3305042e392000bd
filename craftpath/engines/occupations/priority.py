"""The tree of difficulty, importance and frequency, as handbooks of training print it (Buckley and Caple).

difficult?  important?  frequent?
yes         yes         yes        train
yes         yes         no         train well beyond the first success, for it is forgotten meanwhile
yes         no          yes        train
yes         no          no         leave to the workplace
no          yes         yes        leave to the workplace
no          yes         no         train
no          no          either     leave to the workplace
"""

from __future__ import annotations

PRIORITIES = ("overtrain", "train", "workplace")
TRAINED = frozenset({"overtrain", "train"})
_LEAVES = {
    (True, True, True): "train",
    (True, True, False): "overtrain",
    (True, False, True): "train",
    (True, False, False): "workplace",
    (False, True, True): "workplace",
    (False, True, False): "train",
    (False, False, True): "workplace",
    (False, False, False): "workplace",
}


def decide(difficult: bool, important: bool, frequent: bool) -> str:
    """The leaf to which the three answers lead, one of `PRIORITIES`."""
    return _LEAVES[difficult, important, frequent]
