from django.urls import path

from samplan.apps.plans import budget_views

app_name = "budget"
urlpatterns = [
    path("", budget_views.overview, name="overview"),
    path("<uuid:uid>/dela/", budget_views.decide, name="decide"),
]
