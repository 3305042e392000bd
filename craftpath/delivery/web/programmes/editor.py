"""The scheme form as a whole: forms in rows, the definition that they stand for, and each fault at its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from craftpath.delivery.web.programmes.forms import (
    Choices,
    GradeForm,
    HeadForm,
    ItemForm,
    PartForm,
    RuleForm,
)
from craftpath.delivery.web.programmes.grading import Cell, cells_of, lines_for, size_of
from craftpath.delivery.web.programmes.sentences import fault_sentence
from craftpath.delivery.web.programmes.stored import (
    called,
    final_keys,
    item_row,
    keyed,
    name_of,
    rule_row,
    value_of,
    whole,
)
from craftpath.delivery.web.programmes.typed import Row, Typed
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.programmes.definition import table_rows
from craftpath.domain.programmes.details import rule_id
from craftpath.engines.evaluation import Fault, Mode, grid
from craftpath.values.text import Text

MOST_PARTS, MOST_ITEMS, MOST_ROWS = 20, 200, 60
HUNDRED = Decimal(100)
FIRST_LEVELS = {
    Mode.GATEWAY_GRADE: (("fail", "不合格", "Fail"), ("pass", "合格", "Pass")),
    Mode.ALL_REQUIRED: (("not_met", "未达到", "Not met"), ("met", "达到", "Met")),
}
_OURS = (
    "mode",
    "decimals",
    "rules_use",
    "levels",
    "level_names",
    "component",
    "rule",
    "supplement",
    "contest",
    "assumed",
)
_PLACE = re.compile(r"component\[(\d+)\](?:\.item\[(\d+)\])?(?:\.(?:source|raters)(?=\.))?(?:\.(\w+))?")
_RULE = re.compile(r"rule\[(\d+)\](?:\.(\w+))?")
Where = tuple[forms.Form, Mapping[str, str] | None]
"""A rule's form, and which of its fields says what of the rule; None is the table of grades."""


@dataclass(frozen=True)
class PartRows:
    """The forms of one component."""

    number: int
    form: PartForm
    items: list[ItemForm]
    grades: list[GradeForm]

    @property
    def title(self) -> str:
        """The part's name as it is being typed, in the reader's language."""
        return called(self.form)

    @property
    def all_forms(self) -> Iterator[forms.Form]:
        """The part, its items, its grades."""
        yield self.form
        yield from self.items
        yield from self.grades


@dataclass(frozen=True)
class Context:
    """What the form needs to know beside what is typed: the stored definition, areas, what is assumed."""

    definition: Mapping[str, Any]
    areas: Choices
    unsure: Choices


@dataclass
class Editor:
    """All forms of one scheme; `judged` ones say what is wrong, others only show what was typed."""

    typed: Typed
    context: Context
    judged: bool = False
    head: HeadForm = field(init=False)
    parts: list[PartRows] = field(init=False)
    levels: list[GradeForm] = field(init=False)
    rules: list[RuleForm] = field(init=False)
    cells: list[Cell] = field(init=False)
    rule_places: list[Where] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Make the forms, bound only if they are to be judged."""
        typed = self.typed
        if not typed.head.get("mode"):
            typed.head["mode"] = str(self.context.definition.get("mode") or "weighted")
        if typed.mode in FIRST_LEVELS and not typed.levels:
            typed.levels = [
                {"key": key, "name_zh": zh, "name_en": en} for key, zh, en in FIRST_LEVELS[typed.mode]
            ]
        self.head = self._form(
            HeadForm,
            typed.head | {"unsure": typed.unsure},
            "",
            unsure=self.context.unsure,
            mode=typed.mode,
            supplement=any(part.row.get("oral") for part in typed.parts),
        )
        self.parts = [self._part(n) for n in range(len(typed.parts))]
        self.levels = [
            self._form(GradeForm, row, f"level-{m}") for m, row in enumerate(typed.levels) if self.has_levels
        ]
        titles = [(part.was, rows.title) for part, rows in zip(typed.parts, self.parts, strict=True)]
        self.rules = [
            self._form(RuleForm, rule.row | {"on": rule.on}, f"rule-{m}", parts=titles)
            for m, rule in enumerate(typed.rules)
        ]
        self.cells = cells_of(typed, self._grades_called()) if self.has_grades else []

    def _part(self, n: int) -> PartRows:
        part = self.typed.parts[n]
        return PartRows(
            n,
            self._form(PartForm, part.row, f"part-{n}", mode=self.typed.mode, graded=bool(part.grades)),
            [
                self._form(ItemForm, row, f"part-{n}-item-{m}", areas=self.context.areas)
                for m, row in enumerate(part.items)
            ],
            [
                self._form(GradeForm, row, f"part-{n}-grade-{m}")
                for m, row in enumerate(part.grades)
                if self.has_grades
            ],
        )

    def _form(self, kind: Callable[..., Any], row: Mapping[str, Any], prefix: str, **more: Any) -> Any:
        if not self.judged:
            return kind(initial=dict(row), prefix=prefix or None, use_required_attribute=False, **more)
        data = {f"{prefix}-{name}" if prefix else name: text for name, text in row.items()}
        return kind(data, prefix=prefix or None, use_required_attribute=False, **more)

    @property
    def totals(self) -> bool:
        """Whether weights have to total 100."""
        return not self.typed.mode.grades

    @property
    def has_grades(self) -> bool:
        """Whether parts may be graded methods here."""
        return self.typed.mode is Mode.GATEWAY_GRADE

    @property
    def has_levels(self) -> bool:
        """Whether the result is a level here."""
        return self.typed.mode.grades

    @property
    def too_large(self) -> bool:
        """Whether the table of grades has more combinations than a form can show."""
        return self.has_grades and size_of(self.typed) > 0 and not self.cells

    @property
    def level_choices(self) -> Choices:
        """(key, name) of each level as typed."""
        return [(row.get("key", ""), _spoken(row)) for row in self.typed.levels]

    @property
    def carried(self) -> Iterator[tuple[str, str]]:
        """Fields that this kind of scheme does not show, so that a change of mind loses nothing."""
        if not self.has_grades:
            for n, part in enumerate(self.typed.parts):
                for m, row in enumerate(part.grades):
                    yield from ((f"part-{n}-grade-{m}-{name}", value) for name, value in row.items())
        if not self.has_levels:
            for m, row in enumerate(self.typed.levels):
                yield from ((f"level-{m}-{name}", value) for name, value in row.items())

    def _grades_called(self) -> dict[tuple[str, str], str]:
        return {
            (part.was, row.get("key", "")): _spoken(row) or row.get("key", "")
            for part in self.typed.parts
            for row in part.grades
        }

    @property
    def every_form(self) -> Iterable[forms.Form]:
        """Head, each part with its rows, levels, rules."""
        yield self.head
        for part in self.parts:
            yield from part.all_forms
        yield from self.levels
        yield from self.rules

    @property
    def complaints(self) -> list[dict[str, str]]:
        """Every fault as a link to its field, for the summary above the form."""
        found = []
        for form in self.every_form:
            where = "" if form is self.head or isinstance(form, RuleForm) else called(form)
            for name, errors in form.errors.items():
                bound = form[name] if name in form.fields else None
                words = [where, str(bound.label) if bound else ""]
                for error in errors:
                    found.append(
                        {
                            "target": bound.id_for_label or bound.auto_id
                            if bound
                            else form.prefix or "parts",
                            "where": " · ".join(word for word in words if word),
                            "what": str(error),
                        }
                    )
        return found + [
            {"target": f"id_{cell.name}-result", "where": " · ".join(cell.words), "what": cell.error}
            for cell in self.cells
            if cell.error
        ]

    def focus(self, prefix: str) -> None:
        """Let the first field of the row with this prefix take the focus."""
        for form in self.every_form:
            if prefix and form.prefix == prefix:
                name = "kind" if isinstance(form, RuleForm) else "name_zh"
                form.fields[name].widget.attrs["autofocus"] = True

    def is_well_formed(self) -> bool:
        """Whether each field can be read at all; too many rows are said here too."""
        if len(self.parts) > MOST_PARTS:
            said = _("A scheme has at most %(most)s parts; these are %(given)s.")
            self.head.add_error(None, said % {"most": MOST_PARTS, "given": len(self.parts)})
        count = sum(len(part.items) for part in self.parts)
        if count > MOST_ITEMS:
            said = _("A scheme has at most %(most)s items; these are %(given)s.")
            self.head.add_error(None, said % {"most": MOST_ITEMS, "given": count})
        rows = max([len(self.rules), len(self.levels), *(len(part.grades) for part in self.parts)])
        if rows > MOST_ROWS:
            said = _("Pass rules, levels and grades are at most %(most)s each; these are %(given)s.")
            self.head.add_error(None, said % {"most": MOST_ROWS, "given": rows})
        known = {key for key, _name in self.level_choices}
        self.cells = [
            cell if cell.result in known else replace(cell, error=_("Choose a level.")) for cell in self.cells
        ]
        verdicts = [form.is_valid() for form in self.every_form]  # each one, so that all faults show at once
        return all(verdicts) and not any(cell.error for cell in self.cells)

    @property
    def name(self) -> dict[str, str]:
        """The scheme's name as it is stored."""
        return name_of(self.head)

    def definition(self) -> dict[str, Any]:
        """The definition that the forms stand for; what has no field stays as it was stored."""
        stored = self.context.definition
        mode = self.typed.mode
        taken = {str(value_of(form, "key")) for part in self.parts for form in (part.form, *part.items)} - {
            ""
        }
        rows = [self._component(part, taken) for part in self.parts]
        keys = {part.was: row["key"] for part, row in zip(self.typed.parts, rows, strict=True)}
        levels = final_keys(self.levels, stored.get("levels", ()))
        table: dict[str, Any] = {name: value for name, value in stored.items() if name not in _OURS}
        table |= {
            "mode": mode.value,
            "decimals": whole(value_of(self.head, "decimals")),
            "rules_use": value_of(self.head, "rules_use"),
            "component": rows,
        }
        if self.has_levels:
            table["levels"] = list(levels.values())
            table["level_names"] = {
                levels[str(value_of(form, "key"))]: name_of(form) for form in self.levels if name_of(form)
            }
        table["rule"] = self._rules(rows, keys, levels)
        orals = [
            keys[part.was]
            for part, rows_of in zip(self.typed.parts, self.parts, strict=True)
            if value_of(rows_of.form, "oral")
        ]
        if orals and self.totals:
            table["supplement"] = {"components": orals} | {
                name: whole(value_of(self.head, name) or default)
                for name, default in (("existing", "2"), ("oral", "1"), ("most", "1"))
            }
        contest = {
            name: whole(value_of(self.head, name))
            for name in ("within_days", "answer_days")
            if value_of(self.head, name)
        }
        if contest:
            table["contest"] = contest
        unsure = self._still_unsure(table)
        return table | ({"assumed": unsure} if unsure else {})

    def _component(self, part: PartRows, taken: set[str]) -> dict[str, Any]:
        row: dict[str, Any] = keyed(part.form, "part", taken)
        if self.totals:
            row["weight"] = value_of(part.form, "weight") or None
        row |= {
            "missing": value_of(part.form, "missing"),
            "drop_lowest": whole(value_of(part.form, "drop_lowest") or "0"),
        }
        if part.grades:
            final = self._grade_keys(part)
            row["grades"] = list(final.values())
            row["grade_names"] = {final[str(value_of(form, "key"))]: name_of(form) for form in part.grades}
        if self.typed.mode is Mode.ALL_REQUIRED and (target := value_of(part.form, "target")):
            row["target"] = target
            if unit := value_of(part.form, "unit"):
                row["unit"] = unit
        items = [item_row(form, taken) for form in part.items]
        return row | ({"item": items} if items else {})

    def _grade_keys(self, part: PartRows) -> dict[str, str]:
        stored = {row["key"]: row.get("grades", ()) for row in self.context.definition.get("component", [])}
        return final_keys(part.grades, stored.get(self.typed.parts[part.number].was, ()))

    def _rules(
        self, rows: list[dict[str, Any]], keys: Mapping[str, str], levels: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        rules: list[dict[str, Any]] = []
        self.rule_places = []
        if self.totals and (mark := value_of(self.head, "pass_mark")):
            rules.append({"kind": "overall_min", "value": mark})
            self.rule_places.append((self.head, {"value": "pass_mark", "kind": "pass_mark"}))
        for row, part in zip(rows, self.parts, strict=True):
            if not part.grades and (minimum := value_of(part.form, "minimum")):
                rules.append({"kind": "component_min", "component": row["key"], "value": minimum})
                self.rule_places.append((part.form, {"value": "minimum", "component": "minimum"}))
        for typed, form in zip(self.typed.rules, self.rules, strict=True):
            rules.append(rule_row(typed.row, form, [keys[was] for was in typed.on if was in keys]))
            fields = {"value": "value", "at_least": "at_least", "kind": "kind", "component": "on"}
            self.rule_places.append((form, fields))
        if self.has_grades:
            rules.append({"kind": "grade_table", "table": self._table(rows, levels)})
            self.rule_places.append((self.head, None))
        return rules

    def _table(self, rows: list[dict[str, Any]], levels: Mapping[str, str]) -> list[dict[str, str]]:
        """The grid's lines; those that are stored, if they say the same or are more than a form can show."""
        stored = [rule for rule in self.context.definition.get("rule", []) if rule["kind"] == "grade_table"]
        before = list(stored[0].get("table", [])) if stored else []
        if self.too_large:
            return before
        methods = [(row["key"], tuple(row["grades"])) for row in rows if row.get("grades")]
        finals = [self._grade_keys(part) for part in self.parts if part.grades]
        cells = [
            replace(
                cell,
                grades=tuple(final[grade] for final, grade in zip(finals, cell.grades, strict=True)),
                result=levels.get(cell.result, cell.result),
            )
            for cell in self.cells
        ]
        if stored and cells and grid(methods, table_rows(stored[0])) == {c.grades: c.result for c in cells}:
            return before
        return [line for line in lines_for(methods, cells) if line["result"]] if cells else []

    def _still_unsure(self, table: Mapping[str, Any]) -> list[str]:
        """What stays assumed: not confirmed, and still what the preset said."""
        before = {rule_id(rule): rule for rule in self.context.definition.get("rule", [])}
        after = {rule_id(rule): rule for rule in table["rule"]}
        ticked = set(value_of(self.head, "unsure") or ()) if "unsure" in self.head.fields else set()
        same = {key for key, rule in after.items() if before.get(key) == rule}
        if self.context.definition.get("decimals", 1) == table["decimals"]:
            same.add("decimals")
        return [key for key in self.context.definition.get("assumed", ()) if key in ticked & same]

    def mark(self, faults: Iterable[Fault]) -> None:
        """Show each fault where it is; a field that already says what is wrong is left alone."""
        for fault in faults:
            form, name = self._place(fault.place)
            if form is None:
                continue
            if name is None or name not in form.errors:
                form.add_error(name, fault_sentence(fault))

    def _place(self, place: str) -> tuple[forms.Form | None, str | None]:
        form: forms.Form = self.head
        name: str | None = place
        if found := _PLACE.match(place):
            part = self.parts[int(found[1])]
            form, name = part.form, found[3]
            if found[2] is not None and int(found[2]) < len(part.items):
                form = part.items[int(found[2])]
        elif found := _RULE.match(place):
            form, fields = self.rule_places[int(found[1])]
            if fields is None:  # of the table: said at its cells, if it has any
                return (None if any(cell.error for cell in self.cells) else form), None
            name = fields.get(found[2] or "")
        elif "." in place:
            name = place.partition(".")[2]
        return form, name if name in form.fields else None


def _spoken(row: Row) -> str:
    return text(Text(zh=row.get("name_zh", "").strip(), en=row.get("name_en", "").strip()))
