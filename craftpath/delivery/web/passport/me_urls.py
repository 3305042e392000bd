"""Addresses of one's own record, whatever organisation one is of."""

from django.urls import path

from craftpath.delivery.web.passport import along, own

app_name = "record"
urlpatterns = [
    path("", own.record, name="record"),
    path("links/", own.shares, name="shares"),
    path("links/<str:share>/", own.one_share, name="share"),
    path("links/<str:share>/end/", own.revoke, name="revoke"),
    path("along/", along.along, name="along"),
    path("along/signed/", along.signed, name="signed"),
    path("along/record.<str:form>", along.file, name="file"),
    path("brought/", along.brought, name="brought"),
    path("brought/<str:arrival>/", along.arrival, name="arrival"),
    path("brought/<str:arrival>/out/", along.remove, name="remove"),
]
