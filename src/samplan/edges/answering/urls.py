"""Addresses of everything that is asked of somebody: the board and the lists from their rooms, the form from here."""

from django.urls import path

from samplan.apps.directives import report_urls
from samplan.edges.answering import views

app_name = "questionnaires"
urlpatterns = [
    *report_urls.urlpatterns,
    path("<int:number>/", views.report, name="report"),
    path("<int:number>/spara/", views.save, name="save"),
    path("<int:number>/lamna/", views.hand, name="hand"),
    path("<int:number>/forhandsvisning/", views.preview, name="preview"),
    path("<int:number>/kopia.pdf", views.paper, name="paper"),
    path("<int:number>/del/<uuid:uid>/", views.part, name="part"),
    path("<int:number>/del/<uuid:uid>/spara/", views.save_part, name="save_part"),
]
