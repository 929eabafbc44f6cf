"""Addresses for people without an account: the door, whose address holds the code, and the report behind it."""

from django.urls import path

from samplan.edges.links import views

app_name = "links"
urlpatterns = [
    path("rapport/<uuid:uid>/", views.answer, name="answer"),
    path("rapport/<uuid:uid>/spara/", views.save, name="save"),
    path("rapport/<uuid:uid>/forhandsvisning/", views.preview, name="preview"),
    path("rapport/<uuid:uid>/till-kollega/", views.hand, name="hand"),
    path("rapport/<uuid:uid>/kopia.pdf", views.paper, name="paper"),
    path("rapport/<uuid:uid>/lamna/", views.leave, name="leave"),
    path("rapport/<uuid:uid>/brev.<str:fmt>", views.letter, name="letter"),
    path("<str:code>/", views.enter, name="enter"),
]
