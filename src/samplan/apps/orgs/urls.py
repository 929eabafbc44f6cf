from django.urls import path

from samplan.apps.orgs import views

app_name = "orgs"
urlpatterns = [
    path("", views.people, name="people"),
    path("bjud-in/", views.invite_person, name="invite"),
    path("folkmangd/", views.population, name="population"),
    path("<uuid:uid>/avsluta/", views.end, name="end"),
    path("<uuid:uid>/lank/", views.link, name="link"),
]
