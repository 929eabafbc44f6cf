"""Addresses of what is asked of parties; here, as the board knows directives. The form adds its own."""

from django.urls import path

from samplan.apps.directives import board_views
from samplan.apps.questionnaires import views

urlpatterns = [
    path("", board_views.board, name="board"),
    path("mina/", views.mine, name="mine"),
    path("insats/ny/", views.ask_effort, name="ask_effort"),
]
