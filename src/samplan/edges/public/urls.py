"""Addresses that everybody may open, from the root. The converters of county and year come from the URL table above."""

from django.urls import include, path

from samplan.edges.public import county_views, faults, results, views

app_name = "public"
in_a_year = [
    path("", county_views.plan, name="county"),
    path("resultat/", results.results, name="results"),
    path("omraden/<int:number>/", county_views.area, name="area"),
    path("direktiv/<uuid:uid>/", county_views.directive, name="directive"),
    path("insatser/<uuid:uid>/", county_views.activity, name="activity"),
    path("redovisade-insatser/<uuid:uid>/", county_views.effort, name="effort"),
    path("kommuner/", county_views.places, name="places"),
    path("kommuner/<str:code>/", county_views.municipality, name="municipality"),
    path("pengarna/", county_views.money, name="money"),
    path("rapporter/", county_views.reports, name="reports"),
]
urlpatterns = [
    path("", views.start, name="start"),
    path("lan/<county:county>/", county_views.newest, name="newest"),
    path("lan/<county:county>/<year:year>/", include(in_a_year)),
    path("kommun/", views.place, name="place"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sok/", county_views.search, name="search"),
    path("rapporter/<county:county>/<year:year>/", views.report, name="report"),
    path("rapporter/<county:county>/<year:year>/<str:name>", views.file, name="file"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("tillganglighet/fel/", faults.report_fault, name="fault"),
    path("personuppgifter/", views.privacy, name="privacy"),
]
