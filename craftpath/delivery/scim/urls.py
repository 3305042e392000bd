"""Addresses of SCIM."""

from django.urls import path

from craftpath.delivery.scim import views

app_name = "scim"
urlpatterns = [
    path("ServiceProviderConfig", views.config, name="config"),
    path("ResourceTypes", views.resource_types, name="resource_types"),
    path("ResourceTypes/<str:name>", views.resource_type, name="resource_type"),
    path("Schemas", views.schemas, name="schemas"),
    path("Schemas/<str:name>", views.schema, name="schema"),
    path("Users", views.people, name="people"),
    path("Users/.search", views.search_people, name="search_people"),
    path("Users/<str:public_id>", views.person, name="person"),
    path("Groups", views.all_groups, name="groups"),
    path("Groups/.search", views.search_groups, name="search_groups"),
    path("Groups/<str:public_id>", views.group, name="group"),
    path(".search", views.search, name="search"),
    path("Me", views.me, name="me"),
    path("Bulk", views.bulk, name="bulk"),
    path("<path:rest>", views.nothing, name="nothing"),
]
