"""Addresses of the learning record store, which no page leads to; a doubled slash after its root is forgiven."""

from django.urls import path, re_path

from craftpath.delivery.lrs import documents, fetching, known, statements
from craftpath.delivery.lrs.door import any_version, nowhere, resource

NOWHERE = any_version(nowhere)
urlpatterns = [
    re_path(r"^xapi/+statements/?$", statements.statements),
    re_path(r"^xapi/+activities/?$", known.activities),
    re_path(r"^xapi/+activities/state/?$", documents.state),
    re_path(r"^xapi/+activities/profile/?$", documents.activity_profile),
    re_path(r"^xapi/+agents/?$", known.agents),
    re_path(r"^xapi/+agents/profile/?$", documents.agent_profile),
    re_path(r"^xapi/+about/?$", known.about),
    path("xapi/cmi5/fetch/<uuid:session>/<str:secret>/", fetching.fetch, name="cmi5_fetch"),
    re_path(r"^xapi/", resource(GET=NOWHERE, PUT=NOWHERE, POST=NOWHERE, DELETE=NOWHERE)),
]
