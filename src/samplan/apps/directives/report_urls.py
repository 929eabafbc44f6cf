"""Addresses of everything that is asked of somebody; here, as the board and the report form know directives."""

from django.urls import path

from samplan.apps.directives import board_views, report_views
from samplan.apps.questionnaires import views

app_name = "questionnaires"
urlpatterns = [
    path("", board_views.board, name="board"),
    path("mina/", views.mine, name="mine"),
    path("insats/ny/", views.ask_effort, name="ask_effort"),
    path("<int:number>/", report_views.report, name="report"),
]
