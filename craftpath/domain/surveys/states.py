"""The life of a survey: written, asked, closed, read, and given back to those who were asked."""

from craftpath.values.flow import Flow

SURVEY = Flow(
    key="surveys.survey",
    start="draft",
    moves={
        "discard": {"draft": "discarded"},
        "open": {"draft": "open"},
        "close": {"open": "closed"},
        "analyse": {"closed": "analysed"},
        "publish": {"analysed": "published"},
    },
)
"""Nothing leads back to *open*: whoever knows the results of yesterday could tell from today's who came since."""
