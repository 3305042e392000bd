"""A model as plain values that can be kept, and back again to the last bit."""

from __future__ import annotations

from typing import Any

import numpy as np

from craftpath.engines.forewarning.calibrating import KINDS, Calibration
from craftpath.engines.forewarning.fitting import Line
from craftpath.engines.forewarning.training import Model
from craftpath.engines.forewarning.types import Faulty, Feature


def as_table(model: Model) -> dict[str, Any]:
    """Everything that a share is worked out of."""
    line, calibration = model.line, model.calibration
    return {
        "features": [{"key": one.key, "cap": one.cap} for one in line.features],
        "start": line.start,
        "coefficients": line.coefficients.tolist(),
        "means": line.means.tolist(),
        "calibration": {
            "kind": calibration.kind,
            "slope": calibration.slope,
            "start": calibration.start,
            "scores": list(calibration.scores),
            "shares": list(calibration.shares),
        },
        "threshold": model.threshold,
    }


def from_table(table: dict[str, Any]) -> Model:
    """The model that was kept; Faulty for anything that is none."""
    try:
        features = tuple(Feature(str(one["key"]), float(one["cap"])) for one in table["features"])
        figures = np.array([table["coefficients"], table["means"]], float)
        kept = table["calibration"]
        calibration = Calibration(
            kept["kind"], float(kept["slope"]), float(kept["start"]),
            tuple(map(float, kept["scores"])), tuple(map(float, kept["shares"])),
        )  # fmt: skip
        line = Line(features, float(table["start"]), figures[0], figures[1])
        threshold = float(table["threshold"])
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Faulty("not_a_model") from fault
    corners = len(calibration.scores) == len(calibration.shares) and (
        calibration.kind != "isotonic" or calibration.scores
    )
    numbers = [line.start, threshold, calibration.slope, calibration.start, *figures.ravel()]
    numbers += [*calibration.scores, *calibration.shares]
    monotone = bool((figures[0] >= 0).all()) and calibration.slope >= 0
    rises = list(calibration.scores) == sorted(calibration.scores) and list(calibration.shares) == sorted(
        calibration.shares
    )
    sound = corners and np.isfinite(numbers).all() and monotone and rises
    if figures.shape[1] != len(features) or calibration.kind not in KINDS or not sound:
        raise Faulty("not_a_model")
    return Model(line, calibration, threshold)
