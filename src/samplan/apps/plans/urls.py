from django.urls import path

from samplan.apps.plans import activity_views, views

app_name = "plans"
urlpatterns = [
    path("", views.plan, name="plan"),
    path("text/<slug:kind>/", views.text, name="text"),
    path("omrade/nytt/", views.new_area, name="new_area"),
    path("insats/ny/", activity_views.new_activity, name="new_activity"),
    path("insats/<uuid:uid>/", activity_views.activity, name="activity"),
    path("insats/<uuid:uid>/andra/", activity_views.change, name="change"),
    path("insats/<uuid:uid>/siffror/", activity_views.figures, name="figures"),
    path("insats/<uuid:uid>/handelser/", activity_views.more, name="more"),
    path("insats/<uuid:uid>/ta-bort/<uuid:detail>/", activity_views.remove, name="remove"),
]
