"""Addresses of the desk, from the root: where one comes after signing in stands outside every county.

The converters of county and year are registered by the URL table that includes this file.
"""

from django.urls import path

from samplan.edges.home import calendar_views, search_views, views

app_name = "home"
urlpatterns = [
    path("skrivbord/", views.start, name="start"),
    path("kalender/", calendar_views.subscription, name="calendar"),
    path("kalender/<str:code>.ics", calendar_views.file, name="calendar_file"),
    path("<county:county>/<year:year>/", views.desk, name="desk"),
    path("<county:county>/<year:year>/kom-i-gang/", views.put_aside, name="put_aside"),
    path("<county:county>/<year:year>/sok/", search_views.search, name="search"),
]
