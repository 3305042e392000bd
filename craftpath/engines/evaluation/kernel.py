"""The arithmetic of one row, in integers: the one place where marks become figures.

The same lines run twice over: as ordinary Python, where integers have no end, and compiled for large cohorts
where `plan.largest_figure` proves that 64 bits are enough. Hence the plain style: loops, integers, sequences
that are lists in Python and arrays when compiled; no Decimal, no objects, no exceptions. `plan` is a
`plan.Plan`; `scores`, `status`, `figures` and `flags` are flat, one row of the cohort after the other.

How the open questions of the arithmetic are answered:

- A component with open items is not dropped from, and shows the average over its rated items.
- Other components do not matter for that: a closed component drops its lowest while another is still open.
- A missing mark that counts zero is closed; it never adds to what is open.
- Weights are those after redistribution: a component from which every item has left hands its weight on.
- If everything has left, the result is incomplete, with nothing earned and nothing open.
- A component of weight 0 is shown and ignored; the result waits for it only where a pass rule names it.
- A rule looks at the components that have not left; where fewer are left than it asks for, all of them count.
"""

from __future__ import annotations

from typing import Any

SLOTS = 8  # places per item in a table over statuses: a power of two, so that any status lands inside
STATUSES = 5
TAIL = 4  # after three sums a component: points earned, their denominator, points open, their denominator
NOBODY = -1
UNKNOWN = -1


def natural(number: Any) -> Any:
    """The number as it is. Compiled, its type says that it is never negative, which saves a third of the time."""
    return number


def whole(number: Any) -> Any:
    """The number as it is. Compiled, it gets its sign back after `natural`: the two types must not mix."""
    return number


def half_up(above: Any, below: Any) -> Any:
    """`above / below` rounded half up to a whole number; both are at least 0, `below` more."""
    return whole(natural(2 * above + below) // natural(2 * below))


def measure(at: Any, scores: Any, status: Any, plan: Any, dropped: Any, work: Any) -> Any:
    """Fill `work` with three sums a component from the row that begins at `at`; false if a cell is impossible.

    The sums are: weight x share x unit of what is rated; weight of what is rated; weight of all that has not
    left. What is dropped is in none of them, and is marked 1 in `dropped`, which nobody but the caller clears.

    All three grow in one number, each in bits of its own, so that a cell costs one multiplication and two
    additions. The lowest mark is the one with the smallest key: its share, then in the last bits the place of
    its item counted from the end, so that of equal shares the later item is the lower one.
    """
    low, last = (1 << plan.bits) - 1, (1 << plan.place_bits) - 1
    for c in range(len(plan.drop)):
        start, stop = plan.first[c], plan.first[c + 1]
        sums, signs = 0, 0
        for j in range(start, stop):  # no jumps in here: they would cost more than the arithmetic
            state, score = status[natural(at + j)], scores[natural(at + j)]
            signs |= state | (STATUSES - 1 - state) | score | (plan.limit[natural(j)] - score)
            slot = natural(SLOTS * j + (state & (SLOTS - 1)))
            sums += plan.gain[slot] * score + plan.counts[slot]
        if signs < 0:  # one of them was negative
            return False
        earned, rated, waiting = sums >> (2 * plan.bits), (sums >> plan.bits) & low, sums & low
        if rated != 0 and waiting == 0:
            floor = -1  # key of what was dropped last
            for _ in range(plan.drop[c]):
                least = plan.never
                for j in range(start, stop):
                    slot = natural(SLOTS * j + (status[natural(at + j)] & (SLOTS - 1)))
                    key = plan.share[slot] * scores[natural(at + j)] + plan.place[slot]
                    least = min(least, key if key > floor else plan.never)
                worst = last - (least & last)
                weight = plan.weight[natural(worst)]
                if rated == weight:  # one is always kept
                    break
                earned -= weight * (least >> plan.place_bits)
                rated -= weight
                dropped[natural(worst)] = 1
                floor = least
        work[3 * c] = earned
        work[3 * c + 1] = rated
        work[3 * c + 2] = rated + waiting
    return True


def judge(plan: Any, work: Any, met: Any, figures: Any, flags: Any, row: Any) -> None:
    """Round and decide from the sums of `measure`; `figures` and `flags` are written at this row of theirs.

    `figures`: total, to date, open, then per component its value, points to date and points open, all times
    `plan.scale`; -1 where there is none. `flags`: complete, passed (-1 unknown), then whether each component
    has a value. `met`: per rule 1, 0 or -1.
    """
    size = len(plan.drop)
    points, waiting, below, importance, complete = 0, 0, 1, 0, True
    for c in range(size):
        earned, rated, present = work[3 * c], work[3 * c + 1], work[3 * c + 2]
        if present != 0 and plan.importance[c] != 0:
            points = points * present + plan.importance[c] * earned * below
            waiting = waiting * present + plan.importance[c] * (present - rated) * below
            below = below * present
            importance += plan.importance[c]
        if plan.needed[c] != 0 and rated != present:
            complete = False
    if importance == 0:
        complete = False
    divisor = max(importance, 1)
    tail = 3 * size
    work[tail] = 100 * points
    work[tail + 1] = plan.unit * divisor * below
    work[tail + 2] = 100 * waiting
    work[tail + 3] = divisor * below
    at, mark = row * (3 + 3 * size), row * (2 + size)
    to_date = half_up(plan.scale * 100 * points, plan.unit * divisor * below)
    figures[at] = to_date if complete else UNKNOWN
    figures[at + 1] = to_date
    figures[at + 2] = half_up(plan.scale * 100 * waiting, divisor * below) if waiting != 0 else 0
    flags[mark] = complete
    for c in range(size):
        earned, rated, present = work[3 * c], work[3 * c + 1], work[3 * c + 2]
        weight = 100 * plan.scale * plan.importance[c]
        value, brought, still = UNKNOWN, 0, 0
        if rated != 0:
            value = half_up(100 * plan.scale * earned, plan.unit * rated)
            brought = half_up(weight * earned, divisor * plan.unit * present)
        if rated != present:
            still = half_up(weight * (present - rated), divisor * present)
        figures[at + 3 + c] = value
        figures[at + 3 + size + c] = brought
        figures[at + 3 + 2 * size + c] = still
        flags[mark + 2 + c] = rated != 0
    flags[mark + 1] = decide(plan, work, met, figures, at, complete)


def decide(plan: Any, work: Any, met: Any, figures: Any, at: Any, complete: Any) -> Any:
    """Every pass rule on its own, then all together: 1 passed, 0 not passed, -1 not to be said yet."""
    size = len(plan.drop)
    passed = 1 if complete else UNKNOWN
    for r in range(len(plan.reach)):
        present, reached = 0, 0
        for f in range(size + 1):
            least, least_over = plan.least[r * (size + 1) + f], plan.least_over[r * (size + 1) + f]
            if least < 0 or (f < size and work[3 * f + 1] == 0):
                continue
            if plan.exact[r] == 0:
                above, below = (figures[at + 3 + f] if f < size else figures[at + 1]), plan.scale
            elif f < size:
                above, below = 100 * work[3 * f], plan.unit * work[3 * f + 1]
            else:
                above, below = work[3 * size], work[3 * size + 1]
            present += 1
            if above * least_over >= least * below:
                reached += 1
        fine = 1 if reached >= min(plan.reach[r], present) else 0
        met[r] = fine if complete else UNKNOWN
        if complete and fine == 0:
            passed = 0
    return passed


def run(
    start: Any, stop: Any, scores: Any, status: Any, plan: Any, scratch: Any, figures: Any, flags: Any
) -> Any:
    """Rows `start` to `stop` of flat columns; the number of the first with an impossible cell, else -1."""
    dropped, work, met = scratch
    for row in range(start, stop):
        if not measure(row * len(plan.weight), scores, status, plan, dropped, work):
            return row
        judge(plan, work, met, figures, flags, row)
    return NOBODY
