from django.urls import path

from samplan.apps.indicators import table_views, views

app_name = "indicators"
urlpatterns = [
    path("", views.indicators, name="list"),
    path("ny/", views.new_indicator, name="new"),
    path("<uuid:uid>/", views.indicator, name="indicator"),
    path("<uuid:uid>/andra/", views.change, name="change"),
    path("<uuid:uid>/varden/", views.values, name="values"),
    path("<uuid:uid>/tabell/", table_views.table, name="table"),
]
