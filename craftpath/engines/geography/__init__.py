"""Where places lie: positions of Chinese maps made true, travel reckoned from a distance, places drawn on a map.

Positions are degrees by WGS-84. Maps made in China show places moved by the rules of GCJ-02 (Amap, Tencent) or BD-09
(Baidu) by some hundred metres; `true_position` moves them back by the published formulae. `estimate` is a great circle
with a detour and a speed, and no more than that. `draw` fits places into a frame without any tiles from outside.
"""

from craftpath.engines.geography.drawing import draw
from craftpath.engines.geography.positions import true_position
from craftpath.engines.geography.travel import estimate

__all__ = ["draw", "estimate", "true_position"]
