"""The form of an item over what was typed: its fields, and after a look or a try to save what is wrong with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict

from craftpath.delivery.web.exams.forms import ROW_FORMS, Choices, HeadForm, TagsForm
from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.exams.typed import ROWS, Typed
from craftpath.delivery.web.frameworks.choosing import Grouped
from craftpath.domain.exams.faults import Fault
from craftpath.domain.exams.queries import Tags
from craftpath.domain.exams.texts import FAULTS, RULES, RULES_OF_SETS
from craftpath.engines.scoring import RULES as RULES_OF_KIND
from craftpath.engines.scoring import Kind

_FIELDS = {"stem": "stem_zh", "explanation": "explanation_zh", "pairs": "", "right": "", "order": ""}


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something to mend, and the field where it is."""

    where: str
    what: str
    target: str


@dataclass(frozen=True, slots=True)
class Lists:
    """What the selects of the form offer."""

    stimuli: Choices
    outcomes: Choices
    skills: Grouped


class Editor:
    """Forms for the head, the tags and each row, all from one `Typed`."""

    def __init__(self, typed: Typed, lists: Lists, *, judged: bool = False) -> None:
        self.typed, self.judged = typed, judged
        self.kind = typed.kind.value
        names = RULES_OF_SETS if typed.kind in (Kind.MULTIPLE, Kind.HOTSPOT) else RULES
        rules = [(rule.value, str(names[rule.value])) for rule in RULES_OF_KIND[typed.kind]]
        self.has_rules = len(rules) > 1
        self.head = HeadForm(_data(typed.head), rules=rules, stimuli=lists.stimuli)
        self.tags = TagsForm(
            _data(typed.tags, "tag-"), prefix="tag", outcomes=lists.outcomes, skills=lists.skills
        )
        sides = [
            (row["key"], plain({side: row[side] for side in ("zh", "en") if row.get(side)}, 40) or row["key"])
            for row in typed.rows.get("other", [])
        ]
        self.rows: dict[str, list[Any]] = {}
        for name in ROWS.get(typed.kind, ()):
            more: Any = {"sides": sides} if name == "left" else {}
            self.rows[name] = [
                ROW_FORMS[name](_data(row, f"{name}-{n}-"), prefix=f"{name}-{n}", **more)
                for n, row in enumerate(typed.rows.get(name, []))
            ]
        self.complaints: list[Complaint] = []
        if not judged:
            self._be_quiet()

    def _be_quiet(self) -> None:
        """While rows come and go nothing is said about what is not finished."""
        for form in (self.head, self.tags, *(form for forms in self.rows.values() for form in forms)):
            form.is_valid()
            form._errors = type(form.errors)()

    @property
    def options(self) -> list[Any]:
        """The options of a choice."""
        return self.rows.get("option", [])

    @property
    def truth(self) -> str:
        """What is ticked: "true", "false" or nothing."""
        return self.typed.head.get("truth", "")

    def is_well_formed(self) -> bool:
        """Whether the forms themselves hold; each complaint of theirs is listed."""
        good = True
        for form in (self.head, self.tags, *(form for forms in self.rows.values() for form in forms)):
            if not form.is_valid():
                good = False
                for name, errors in form.errors.items():
                    field = form[name] if name in form.fields else None
                    label = str(field.label) if field else ""
                    self.complaints += [
                        Complaint(label, str(error), field.id_for_label if field else "item-form")
                        for error in errors
                    ]
        return good

    def mark(self, faults: list[Fault]) -> None:
        """Put every fault of the content beside its field."""
        for fault in faults:
            said = FAULTS[fault.code] % fault.facts
            form, name = self._place(fault.where)
            if form is not None and name in form.fields:
                form.add_error(name, said)
                self.complaints.append(Complaint(str(form[name].label), said, form[name].id_for_label))
            else:
                self.complaints.append(Complaint("", said, "rows"))

    def _place(self, where: str) -> tuple[Any, str]:
        row, _, number = where.rpartition("-")
        if row in self.rows and number.isdecimal() and int(number) < len(self.rows[row]):
            return self.rows[row][int(number)], {"blank": "accepted", "region": "a"}.get(row, "zh")
        return self.head, _FIELDS.get(where, where)

    def tags_given(self) -> Tags:
        """The tags as values; call it only when the form is well formed."""
        cleaned = self.tags.cleaned_data
        return Tags(
            outcomes=tuple(sorted(int(pk) for pk in cleaned["outcomes"])),
            skills=tuple(sorted(cleaned["skills"])),
            difficulty=cleaned["difficulty"],
            expected_p=cleaned["expected_p"],
            seconds=cleaned["seconds"],
            exposure_limit=cleaned["exposure_limit"],
            enemies=tuple(sorted(set(cleaned["enemies"].replace(",", " ").replace("，", " ").split()))),
        )


def _data(values: dict[str, Any], prefix: str = "") -> MultiValueDict[str, Any]:
    """Plain values as a form takes them."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in values.items():
        data.setlist(f"{prefix}{name}", value if isinstance(value, list) else [value])
    return data
