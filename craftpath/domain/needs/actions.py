"""Writing about analyses: asked for, worked out, published with its list of priorities, signed, put away."""

from craftpath.domain.needs.computing import (
    carry_out,
    finish_analysis,
    make_analysis,
    refuse_analysis,
    retry_analysis,
)
from craftpath.domain.needs.publishing import (
    drop_analysis,
    publish_analysis,
    sign_analysis,
    supersede_analysis,
)

__all__ = [
    "carry_out",
    "drop_analysis",
    "finish_analysis",
    "make_analysis",
    "publish_analysis",
    "refuse_analysis",
    "retry_analysis",
    "sign_analysis",
    "supersede_analysis",
]
