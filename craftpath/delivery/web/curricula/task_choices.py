"""Tasks of charts as choices of an outcome, beside tasks in words; one that the reader does not see stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.curricula.serving import offered, pointing, task_id, task_ref, tasks_by_duty
from craftpath.domain.occupations.queries import tasks_named

if TYPE_CHECKING:
    from craftpath.domain.curricula.cards import CardValues
    from craftpath.domain.curricula.models import CardOutcome, Curriculum, VersionOutcome
    from craftpath.domain.curricula.replacing import Wanted
    from craftpath.domain.occupations.models import Chart
    from craftpath.domain.occupations.queries import TaskRow
    from craftpath.kernel.organisations import Organisation

Task = Mapping[str, Any]
Groups = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class TaskOffer:
    """What outcomes choose among: `groups` by duty, `rows` by public id; `charts` from which they come."""

    charts: Sequence[Chart] = ()
    groups: Groups = field(default_factory=list)
    rows: Mapping[str, TaskRow] = field(default_factory=dict)

    def chosen(self, tasks: Iterable[Task]) -> list[str]:
        """Those of an outcome's tasks that stand among the choices."""
        return [one for one in map(task_id, tasks) if one in self.rows]

    def kept(self, tasks: Iterable[Task]) -> list[dict[str, Any]]:
        """Those that point to what is not among the choices: nobody sees them here, and nobody loses them."""
        return [dict(one) for one in tasks if task_id(one) and task_id(one) not in self.rows]

    def together(self, chosen: Sequence[str], had: Sequence[Task], words: list[dict[str, Any]]) -> list[Any]:
        """What an outcome serves: the chosen tasks in the order of their chart, others that it had, then words.

        A task that it served already keeps its words as they were then.
        """
        known = {task_id(one): dict(one) for one in had}
        picked = [known.get(key) or pointing(row) for key, row in self.rows.items() if key in set(chosen)]
        return [*picked, *self.kept(had), *words]


def offer_of(
    organisation: Organisation, curriculum: Curriculum | None = None, *, also: Iterable[Task] = ()
) -> TaskOffer:
    """The tasks of the chart that a curriculum follows, else of all that stand there; and of `also` what is seen."""
    charts = offered(organisation, curriculum)
    groups: Groups = []
    rows: dict[str, TaskRow] = {}
    for chart, duties in tasks_by_duty(charts):
        for duty in duties:
            head = f"{duty.letter} {text(duty.name)}"
            named = f"{text(chart.occupation.name)} · {head}" if len(charts) > 1 else head
            fresh = [task for task in duty.tasks if task.public_id not in rows]
            rows |= {task.public_id: task for task in fresh}
            groups.append((named, [(task.public_id, called(task)) for task in fresh]))
    others = tasks_named({task_id(one) for one in also} - rows.keys() - {""})
    for key, (task, chart) in others.items():
        rows[key] = task
        groups.append((text(chart.occupation.name), [(key, called(task))]))
    return TaskOffer(charts, [group for group in groups if group[1]], rows)


def called(task: TaskRow) -> str:
    """A task by its sign on the chart and its words."""
    return f"{task.code} {text(task.statement)}".strip()


def hidden(tasks: Iterable[Task]) -> set[str]:
    """Pointers to tasks that the reader does not see; at most three queries."""
    ids = {task_id(one) for one in tasks} - {""}
    return {task_ref(key) for key in ids - tasks_named(ids).keys()}


def without_hidden(outcomes: Sequence[VersionOutcome | CardOutcome]) -> None:
    """Take from these rows, which nobody keeps, the tasks that the reader does not see."""
    unseen = hidden(task for one in outcomes for task in one.tasks)
    for one in outcomes:
        one.tasks = [task for task in one.tasks if task.get("ref") not in unseen]


def with_hidden(wanted: Wanted, outcomes: Sequence[VersionOutcome]) -> Wanted:
    """What a sheet asks for, with the tasks that whoever wrote it could not see."""
    unseen = hidden(task for one in outcomes for task in one.tasks)
    had = {one.key: one.tasks for one in outcomes}
    rows = [replace(one, tasks=_restored(one.tasks, had.get(one.key, ()), unseen)) for one in wanted.outcomes]
    return replace(wanted, outcomes=rows) if unseen else wanted


def cards_with_hidden(
    wanted: Mapping[str, CardValues], library: Mapping[str, CardValues]
) -> dict[str, CardValues]:
    """The same of cards: what a sheet of the library could not say stays with the outcomes of that card."""
    unseen = hidden(task for card in library.values() for one in card.outcomes for task in one.tasks)
    if not unseen:
        return dict(wanted)
    had = {(key, one.key): one.tasks for key, card in library.items() for one in card.outcomes}
    return {
        key: replace(
            card,
            outcomes=tuple(
                replace(one, tasks=_restored(one.tasks, had.get((key, one.key), ()), unseen))
                for one in card.outcomes
            ),
        )
        for key, card in wanted.items()
    }


def _restored(said: Sequence[Any], had: Sequence[Any], unseen: Collection[str]) -> tuple[Any, ...]:
    """Tasks as they were where a sheet says the same of those that it could say; else what it says, and the others."""
    kept = [task for task in had if task.get("ref") in unseen]
    said = [task for task in said if task not in kept]
    seen = [task for task in had if task not in kept]
    return tuple(had) if list(said) == seen else (*said, *kept)


def in_words(tasks: Iterable[Task]) -> list[Task]:
    """Tasks that point to no chart."""
    return [one for one in tasks if not task_id(one)]
