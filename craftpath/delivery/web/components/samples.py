"""Invented people and marks that the gallery shows. Nothing here is read by any other page."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craftpath.delivery.web.components.shapes import Part

# fmt: off
ICONS = [
    "today", "learn", "ask", "me", "people", "import", "results", "scheme", "settings", "search", "sign-out",
    "check", "cross", "warning", "info", "arrow-right", "arrow-down", "download", "upload", "file", "calendar", "plan",
    "more", "filter", "print", "home", "undo", "theme", "language", "copy",
]
COLOURS = [
    "paper", "sheet", "well", "line", "edge", "ink", "ink-2", "indigo", "seal", "jade", "ochre", "cinnabar",
    "process", "practical", "exam", "indigo-wash", "jade-wash", "ochre-wash", "cinnabar-wash",
]
# fmt: on


def parts() -> list[Part]:
    """A result on its way: 30/30/40, some marks still open."""
    return [
        Part("process", _("Process evaluation"), D(30), D("24.6"), D(3), short=_("Process")),
        Part("practical", _("Practical activity"), D(30), D("15.3"), D(12), short=_("Practical")),
        Part("exam", _("Final exam"), D(40), D(0), D(40), short=_("Exam")),
    ]


def finished_parts() -> list[Part]:
    """A result with all marks in."""
    return [
        Part("process", _("Process evaluation"), D(30), D("24.6"), short=_("Process")),
        Part("practical", _("Practical activity"), D(30), D(27), short=_("Practical")),
        Part("exam", _("Final exam"), D(40), D(30), short=_("Exam")),
    ]


def stages() -> list[dict[str, Any]]:
    return [
        {"number": 1, "label": _("Learn beside the mentor"), "state": "passed"},
        {"number": 2, "label": _("Work under guidance"), "state": "current"},
        {"number": 3, "label": _("Work on one's own"), "state": "next"},
    ]


def by_stage() -> list[dict[str, Any]]:
    """Twelve, eighteen and ten apprentices; places in percent of the bar."""
    found, start = [], D(0)
    for stage, n in zip(stages(), (12, 18, 10), strict=True):
        width = D(100) * n / 40
        found.append(
            {
                "label": stage["label"],
                "order": stage["number"],
                "n": n,
                "start": f"{start:f}",
                "width": f"{width:f}",
            }
        )
        start += width
    return found


def steps() -> list[dict[str, str]]:
    return [
        {"label": _("File"), "url": "#steps"},
        {"label": _("Columns"), "url": "#steps"},
        {"label": _("Check")},
        {"label": _("Done")},
    ]


def crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Cohorts"), "url": "#crumbs"},
        {"label": _("Welding 2026"), "url": "#crumbs"},
        {"label": _("Results")},
    ]


def tabs() -> list[dict[str, Any]]:
    return [
        {"label": _("Results"), "url": "#tabs", "current": True},
        {"label": _("Missing marks"), "url": "#tabs", "count": 12},
        {"label": _("Learning areas"), "url": "#tabs"},
        {"label": _("Scheme"), "url": "#tabs"},
    ]


def page() -> Page[int]:
    return Paginator(range(1303), 50).page(2)


def rows() -> list[dict[str, Any]]:
    """Five apprentices of one cohort."""
    return [
        _row("林晓梅", "20260117", "27.3", "24.0", "33.2", "84.5", "0", "good", _("passed")),
        _row("阿依努尔·买买提", "20260121", "22.1", "25.5", "31.6", "79.2", "0", "good", _("passed")),
        _row("Chen Wei", "20260108", "24.6", "15.3", None, "39.9", "55", "info", _("under way")),
        _row("欧阳思远", "20260133", "18.0", "9.5", None, "27.5", "40", "attention", _("2 marks missing")),
        _row("赵强", "20260102", "12.4", "11.0", "20.1", "43.5", "0", "wrong", _("not passed")),
    ]


def _row(
    name: str,
    number: str,
    process: str,
    practical: str,
    exam: str | None,
    to_date: str,
    still: str,
    tone: str,
    state: str,
) -> dict[str, Any]:
    return {
        "name": name,
        "number": number,
        "process": D(process),
        "practical": D(practical),
        "exam": None if exam is None else D(exam),
        "to_date": D(to_date),
        "open": D(still),
        "tone": tone,
        "state": state,
    }


def choices() -> list[tuple[str, str]]:
    return [
        ("north", _("North campus")),
        ("south", _("South campus")),
        ("village", _("Village learning point")),
    ]


def histogram() -> dict[str, Any]:
    counts = [2, 5, 9, 14, 22, 31, 47, 70, 88, 104, 96, 61, 37, 12]
    bins = [{"from": 30 + 5 * i, "to": 35 + 5 * i, "count": n} for i, n in enumerate(counts)]
    return {
        "kind": "histogram",
        "n": sum(counts),
        "x": _("Total, points"),
        "y": _("Apprentices"),
        "bins": bins,
        "marks": [{"at": 60, "label": _("pass 60")}],
        "table": {
            "head": [_("Total, points"), _("Apprentices")],
            "rows": [[f"{b['from']}–{b['to']}", b["count"]] for b in bins],
        },
    }


def boxplot() -> dict[str, Any]:
    groups = [
        {
            "key": "process",
            "label": _("Process"),
            "low": 31,
            "q1": 68,
            "median": 79,
            "q3": 88,
            "high": 100,
            "n": 598,
        },
        {
            "key": "practical",
            "label": _("Practical"),
            "low": 22,
            "q1": 61,
            "median": 74,
            "q3": 85,
            "high": 99,
            "n": 571,
        },
        {
            "key": "exam",
            "label": _("Exam"),
            "low": 12,
            "q1": 52,
            "median": 66,
            "q3": 78,
            "high": 97,
            "n": 402,
        },
    ]
    return {
        "kind": "boxplot",
        "x": _("Points of 100"),
        "min": 0,
        "max": 100,
        "groups": groups,
        "table": {
            "head": [
                _("Component"),
                "n",
                _("lowest"),
                _("lower quarter"),
                _("middle"),
                _("upper quarter"),
                _("highest"),
            ],
            "rows": [[g[k] for k in ("label", "n", "low", "q1", "median", "q3", "high")] for g in groups],
        },
    }


class SampleForm(forms.Form):
    """One field of each kind."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("As it stands on the identity card.")
    )
    points = forms.DecimalField(label=gettext_lazy("Points"), max_value=100, min_value=0, decimal_places=1)
    campus = forms.ChoiceField(label=gettext_lazy("Campus"), choices=choices, required=False)
    starts_on = forms.DateField(
        label=gettext_lazy("Starts on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("Missing marks count as"), widget=forms.RadioSelect, choices=lambda: [
        ("zero", _("zero points")), ("incomplete", _("not complete yet"))
    ])  # fmt: skip
    tell = forms.BooleanField(label=gettext_lazy("Tell the mentor"), required=False)


class SampleFileForm(forms.Form):
    sheet = forms.FileField(
        label=gettext_lazy("Drop the sheet here, or choose it"),
        help_text=gettext_lazy(".xlsx or .csv, up to 20 MB"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class SamplePickForm(forms.Form):
    places = forms.MultipleChoiceField(
        label=gettext_lazy("Organisations"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "澜川技师学院"), ("b", "东校区"), ("c", "石桥村学习点")],
        initial=["a"],
    )
    below = forms.BooleanField(label=gettext_lazy("and all below"), required=False, initial=True)

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        places: Any = self.fields["places"]  # as the field of the shell knows its organisations
        places.depths, places.kinds = {"a": 0, "b": 1, "c": 1}, {"a": "", "b": "", "c": ""}


def faulty_form() -> SampleForm:
    """The same form, sent with a mark of 105 of 100."""
    sent = {"faulty-points": "105", "faulty-kind": "zero", "faulty-starts_on": "2026-09-01"}
    return SampleForm(sent, prefix="faulty")


def plot() -> dict[str, Any]:
    """Questions of a paper: how difficult they are, and how well they tell people apart."""
    questions = [(0.35, 0.42), (0.48, 0.31), (0.62, 0.55), (0.71, 0.12), (0.83, 0.38)]
    height = 240
    return {
        "label": _("Difficulty and discrimination"),
        "n": 84,
        "note": "",
        "x_name": _("Difficulty"),
        "y_name": _("Discrimination"),
        "height": height,
        "wide": 1000,
        "x_ticks": [
            {"at": 100 * n // 4, "words": f"{n / 4:g}", "anchor": {0: "start", 4: "end"}.get(n, "middle")}
            for n in range(5)
        ],
        "y_ticks": [{"at": height - 10 - 44 * n, "words": f"{n / 5:g}"} for n in range(6)],
        "rects": [],
        "lines": [],
        "dots": [
            {"x": 100 * p, "y": round(height - 10 - 220 * r), "size": 5, "look": "plain", "words": n}
            for n, (p, r) in enumerate(questions, start=1)
        ],
        "legend": [],
        "head": [_("Question"), _("Difficulty"), _("Discrimination")],
        "rows": [(n, p, r) for n, (p, r) in enumerate(questions, start=1)],
    }
