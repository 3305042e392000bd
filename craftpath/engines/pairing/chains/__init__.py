"""Chains: an expert guides a chief technician, who guides a senior technician, and so on down to the apprentice.

Everybody may stand on both sides. `chained` makes one problem of all layers together, in which a person guides only
people of lower levels, so that no plan has a cycle; `acyclic` names the people of a cycle where pairs have one.
"""

from craftpath.engines.pairing.chains.acyclic import acyclic
from craftpath.engines.pairing.chains.layers import Layers, chained

__all__ = ["Layers", "acyclic", "chained"]
