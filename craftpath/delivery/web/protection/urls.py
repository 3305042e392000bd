"""Addresses of the office that protects personal data: requests, assessments, breaches, who receives what."""

from django.urls import path

from craftpath.delivery.web.protection import assessing, breaching, office, receiving

app_name = "protection"
urlpatterns = [
    path("", office.desk, name="desk"),
    path("assessments/", assessing.listing, name="assessments"),
    path("assessments/new/", assessing.new, name="new_assessment"),
    path("assessments/<str:assessment>/", assessing.one, name="assessment"),
    path("assessments/<str:assessment>/do/<str:verb>/", assessing.do, name="do_assessment"),
    path("breaches/", breaching.listing, name="breaches"),
    path("breaches/new/", breaching.new, name="new_breach"),
    path("breaches/<str:breach>/", breaching.one, name="breach"),
    path("breaches/<str:breach>/do/<str:verb>/", breaching.do, name="do_breach"),
    path("receivers/", receiving.receivers, name="receivers"),
    path("<str:asked>/", office.one, name="request"),
    path("<str:asked>/do/<str:verb>/", office.decide, name="decide"),
]
