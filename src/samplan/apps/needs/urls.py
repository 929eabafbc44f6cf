from django.urls import path

from samplan.apps.needs import order_views, views

app_name = "needs"
urlpatterns = [
    path("", order_views.needs, name="list"),
    path("nytt/", views.new_need, name="new"),
    path("<uuid:uid>/", views.need, name="need"),
    path("ur-svar/", views.answers, name="answers"),
    path("ur-svar/<uuid:uid>/", views.from_answer, name="from_answer"),
    path("forslag/", views.proposals, name="proposals"),
    path("forslag/nytt/", views.new_proposal, name="new_proposal"),
    path("forslag/<uuid:uid>/", views.proposal, name="proposal"),
    path("forslag/<uuid:uid>/skriv/", views.write, name="write"),
    path("forslag/<uuid:uid>/beslut/", views.decide, name="decide"),
    path("forslag/<uuid:uid>/insats/", views.into_activity, name="into_activity"),
]
