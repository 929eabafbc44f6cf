from django.urls import path

from samplan.edges.home import turn_views

app_name = "turn"
urlpatterns = [
    path("<uuid:uid>/", turn_views.turn, name="turn"),
    path("<uuid:uid>/insats/<uuid:activity>/", turn_views.decide, name="decide"),
]
