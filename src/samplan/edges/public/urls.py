"""Addresses that everybody may open, from the root. The converters of county and year come from the URL table above."""

from django.urls import path

from samplan.edges.public import views

app_name = "public"
urlpatterns = [
    path("", views.start, name="start"),
    path("rapporter/<county:county>/<year:year>/", views.report, name="report"),
    path("rapporter/<county:county>/<year:year>/<str:name>", views.file, name="file"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("personuppgifter/", views.privacy, name="privacy"),
]
