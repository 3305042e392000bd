"""Addresses of draft occupations and training projects."""

from django.urls import path

from craftpath.delivery.web.studio import beside, deciding, draft, listing, projects, trying, version, writing

app_name = "studio"
urlpatterns = [
    path("", listing.drafts, name="list"),
    path("new/", listing.new, name="new"),
    path("projects/", projects.listed, name="projects"),
    path("projects/<str:project>/", projects.project, name="project"),
    path("projects/<str:project>/take/", projects.take, name="take"),
    path("projects/<str:project>/withdraw/", projects.withdraw, name="withdraw"),
    path("versions/<str:version>/", version.version, name="version"),
    path("versions/<str:version>/move/", version.move, name="move"),
    path("versions/<str:version>/comment/", version.comment, name="comment"),
    path("versions/<str:version>/write/<str:part>/", writing.write, name="write"),
    path("versions/<str:version>/beside/", beside.beside, name="beside"),
    path("versions/<str:version>/try/", trying.begin, name="try"),
    path("versions/<str:version>/vote/", deciding.vote, name="vote"),
    path("versions/<str:version>/decide/", deciding.decide, name="decide"),
    path("versions/<str:version>/publish/", deciding.publish, name="publish"),
    path("trials/<str:trial>/", trying.trial, name="trial"),
    path("trials/<str:trial>/evidence/", trying.evidence, name="evidence"),
    path("trials/<str:trial>/end/", trying.end, name="end"),
    path("<str:draft>/", draft.draft, name="draft"),
    path("<str:draft>/edit/", draft.edit, name="edit"),
]
