"""Questions that are like a text: those that share its rarest words. The one place where matching is done."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from craftpath.domain.questions.models import Question, QuestionWord, places_seen
from craftpath.domain.questions.wording import words_of
from craftpath.kernel.replicas import reader
from craftpath.kernel.tenancy import current_scope

MOST_WORDS = 24  # of what is typed, for each look
COMMON = 500  # questions with a word beyond which it says little
MOST_ROWS = 2000
CANDIDATES = 40
LEAST = 0.3  # share of the words' weight that a question must have


def similar(text: str, *, most: int = 5) -> list[Question]:
    """Open questions of the open scope that a text resembles, those with an answer first; four queries.

    Only rare words are followed, so the work does not grow with the number of questions that share common ones.
    """
    scope = current_scope()
    words = words_of(text)[:MOST_WORDS]
    if scope is None or not words:
        return []
    places = list(places_seen(scope).values_list("pk", flat=True))
    if not places:
        return []
    counts = {word: count for word, count in _counted(words, places).items() if count}
    weights = {word: math.log(2 + COMMON / count) for word, count in counts.items()}
    chosen = _rarest(counts)
    rows = QuestionWord.objects.filter(organisation__in=places, word__in=chosen).order_by("-question_id")
    scores: dict[int, float] = defaultdict(float)
    for question, word in rows.values_list("question_id", "word")[:MOST_ROWS]:
        scores[question] += weights[word]
    best = sorted(scores, key=lambda pk: (-scores[pk], -pk))[:CANDIDATES]
    least = LEAST * sum(weights[word] for word in chosen)
    near = [pk for pk in best if scores[pk] >= least]
    found = {row.pk: row for row in Question.objects.filter(pk__in=near, state="open")}
    return sorted(found.values(), key=lambda row: (-min(row.standing, 1), -scores[row.pk], -row.standing))[
        :most
    ]


def _counted(words: Sequence[str], places: Sequence[int]) -> dict[str, int]:
    """word → in how many questions it stands, counted up to `COMMON`; one query, each word by its index."""
    table = connection.ops.quote_name(QuestionWord._meta.db_table)
    marks = ", ".join(["%s"] * len(places))
    one = (
        f"SELECT %s AS word, COUNT(*) FROM (SELECT 1 FROM {table}"  # noqa: S608  (a name of our own and marks)
        f" WHERE organisation_id IN ({marks}) AND word = %s LIMIT {COMMON}) AS few"
    )
    values: list[int | str] = []
    for n, word in enumerate(words):
        values += [n, *places, word]
    with reader().cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(words)), values)
        return {words[int(n)]: count for n, count in cursor.fetchall()}


def _rarest(counts: dict[str, int]) -> list[str]:
    """The rarest words, as long as they lead to few enough rows together; of common ones at most one, if need be."""
    chosen: list[str] = []
    rows = 0
    for word in sorted(counts, key=lambda one: (counts[one], one)):
        rows += counts[word]
        if chosen and (rows > MOST_ROWS or counts[word] >= COMMON):
            break
        chosen.append(word)
    return chosen
