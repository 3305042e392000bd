"""The whole schema, by programs of every role: no fault, and no answer that the schema does not name."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from craftpath.delivery.api.assembled import schema
from craftpath.domain.judging.models import Practical
from craftpath.domain.learning.models import Attendance, Session
from craftpath.domain.logbook.models import Entry
from craftpath.domain.reviews.models import Review
from craftpath.kernel.tenancy import everywhere
from tests.api.caller import board, caller
from tests.cast import Cast
from tests.house.furnishing import furnish

EXAMPLES = int(os.environ.get("CRAFTPATH_API_EXAMPLES", "4"))
"""Of each operation for each role; `make chaos` asks for more."""
ROLES = ["apprentice", "mentor", "trainer", "coordinator", "hr", "officer", "assessor", "auditor", "administrator",
         "service"]  # fmt: skip
load_all_checks()
CHECKED = CHECKS.get_by_names([
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection",
])  # fmt: skip


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("who", ROLES)
def test_no_fault_and_no_answer_that_is_not_named(who: str, cast: Cast, settings: Any) -> None:
    settings.API_A_MINUTE = 1_000_000
    with everywhere("a test looks at everything"):
        furnish(cast)
        names = _names(cast)
    program = board(cast, ["coordinator", "auditor"], ["write"]) if who == "service" else caller(cast, who)
    api = schemathesis.openapi.from_dict(schema())
    api.app = WSGIHandler()
    for found in api.get_all_operations():
        _try(found.ok(), program.headers, names)


def _names(cast: Cast) -> dict[str, str]:
    """Ids of things that are there, by the words in addresses."""
    rows = {
        "entry": Entry,
        "session": Session,
        "attendance": Attendance,
        "review": Review,
        "practical": Practical,
    }
    found = {
        word: row.public_id for word, model in rows.items() if (row := model.objects.order_by("pk").first())
    }
    return found | {
        "cohort": cast.cohort.public_id,
        "apprentice": cast.enrolments["26001"].public_id,
        "stage": "junior_craftsman",
        "kind": "stage",
        "indicator": "gate_first_try",
    }


def _try(operation: Any, headers: dict[str, str], names: dict[str, str]) -> None:
    """Right and wrong requests, of made-up things and of such as are there."""

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(data=st.data())
    def tried(data: Any) -> None:
        mode = data.draw(st.sampled_from(list(schemathesis.GenerationMode)))
        try:
            case = data.draw(operation.as_strategy(generation_mode=mode))
        except Exception:  # where nothing can be wrong there is no wrong request
            assume(False)
        if case.path_parameters and data.draw(st.booleans()):
            for word in set(case.path_parameters) & set(names):
                case.path_parameters[word] = names[word]
        case.call_and_validate(headers=headers, checks=CHECKED)

    tried()
