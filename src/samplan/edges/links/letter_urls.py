"""Addresses of the letters and reminders in the county's rooms; what is drawn comes from here."""

from django.urls import path

from samplan.apps.letters import urls
from samplan.edges.links import letter_views

app_name = "letters"
urlpatterns = [
    *urls.urlpatterns,
    path("alla/packa/", letter_views.pack, name="pack"),
    path("alla.<str:fmt>", letter_views.all_letters, name="all"),
    path("<int:number>/", letter_views.one, name="one"),
    path("<int:number>/brev.<str:fmt>", letter_views.file, name="file"),
    path("<int:number>/papper/", letter_views.paper, name="paper"),
]
