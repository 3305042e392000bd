"""Addresses of 1EdTech's services."""

from django.urls import path

from craftpath.delivery.ims import frameworks, gradebook, rosters, tokens

CASE = [
    path("CFDocuments", frameworks.documents, name="documents"),
    path("CFDocuments/<str:identifier>", frameworks.document, name="document"),
    path("CFPackages/<str:identifier>", frameworks.package, name="package"),
    path("CFItems/<str:identifier>", frameworks.item, name="item"),
    path("CFItemAssociations/<str:identifier>", frameworks.item_associations, name="item_associations"),
    path("CFAssociations/<str:identifier>", frameworks.association, name="association"),
    path("CFSubjects/<str:identifier>", frameworks.subject, name="subject"),
    path("CFConcepts/<str:identifier>", frameworks.concept, name="concept"),
    path("CFItemTypes/<str:identifier>", frameworks.item_type, name="item_type"),
    path("CFLicenses/<str:identifier>", frameworks.licence, name="licence"),
    path("CFAssociationGroupings/<str:identifier>", frameworks.grouping, name="grouping"),
    path("CFRubrics/<str:identifier>", frameworks.rubric, name="rubric"),
    path("<path:rest>", frameworks.nothing, name="nothing"),
]

app_name = "ims"
urlpatterns = [
    path("oauth2/token", tokens.token, name="token"),
    *(path(f"case/v1p1/{one.pattern}", one.callback, name=f"case_{one.name}") for one in CASE),
    *(
        path(f"case/v1p0/{one.pattern}", frameworks.before(one.callback), name=f"case_1p0_{one.name}")
        for one in CASE
    ),
    *(
        path(f"oneroster/rostering/v1p2/{where}", view, name=f"roster_{name}")
        for where, view, name in rosters.views()
    ),
    *(
        path(f"oneroster/gradebook/v1p2/{where}", view, name=f"grades_{name}")
        for where, view, name in gradebook.views()
    ),
    path("<path:rest>", rosters.nothing, name="nothing"),
]
