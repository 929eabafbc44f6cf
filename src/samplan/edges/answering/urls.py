"""Addresses of everything that is asked of somebody: the board and the lists from their rooms, the form from here."""

from django.urls import path

from samplan.apps.directives import report_urls
from samplan.edges.answering import views

app_name = "questionnaires"
urlpatterns = [
    *report_urls.urlpatterns,
    path("<int:number>/", views.report, name="report"),
]
