"""Addresses of certificates."""

from django.urls import path

from craftpath.delivery.web.certificates import batches, issuing, keys, kinds, listing, one, printing

app_name = "certificates"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("list.<str:form>", listing.as_file, name="as_file"),
    path("kinds/", kinds.listing, name="kinds"),
    path("kinds/new/", kinds.new, name="new"),
    path("kinds/<str:kind>/", kinds.kind, name="kind"),
    path("kinds/<str:kind>/change/", kinds.change, name="change"),
    path("kinds/<str:kind>/<str:verb>/", kinds.move, name="kind_move"),
    path("issue/", issuing.choose, name="issue"),
    path("issue/<str:kind>/", issuing.due, name="due"),
    path("batches/<str:batch>/", batches.batch, name="batch"),
    path("batches/<str:batch>/print/", printing.everybody, name="print"),
    path("batches/<str:batch>/<str:verb>/", batches.move, name="batch_move"),
    path("keys/", keys.listing, name="keys"),
    path("keys/next/", keys.rotate, name="rotate"),
    path("keys/<str:key>/revoke/", keys.revoke, name="revoke_key"),
    path("<str:certificate>/", one.certificate, name="certificate"),
    path("<str:certificate>/<str:verb>/", one.move, name="move"),
]
