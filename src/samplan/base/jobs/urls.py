from django.urls import path

from samplan.base.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.jobs, name="list"),
    path("<uuid:uid>/", views.job, name="job"),
    path("<uuid:uid>/fil", views.fetch, name="fetch"),
    path("<uuid:uid>/ta-bort/", views.take_away, name="remove"),
]
