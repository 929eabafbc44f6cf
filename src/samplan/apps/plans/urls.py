from django.urls import path

from samplan.apps.plans import activity_views, cell_views, row_views, views, whole_views

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
    path("insats/<uuid:uid>/tid/", activity_views.times, name="times"),
    path("insats/<uuid:uid>/falt/<slug:field>/", cell_views.cell, name="cell"),
    path("insats/<uuid:uid>/ar-for-ar/", whole_views.history, name="history"),
    # Any plan of the county, by its own name.
    path("alla/", whole_views.all_plans, name="list"),
    path("alla/ny/", whole_views.new_plan, name="new_plan"),
    path("hel/<uuid:uid>/", whole_views.whole, name="whole"),
    path("hel/<uuid:uid>/uppgifter/", whole_views.settings, name="settings"),
    path("hel/<uuid:uid>/kapitel/nytt/", whole_views.new_chapter, name="new_chapter"),
    path("hel/<uuid:uid>/omrade/nytt/", whole_views.new_area, name="new_area_of"),
    path("hel/<uuid:uid>/insats/ny/", activity_views.new_activity_of, name="new_activity_of"),
    path("hel/<uuid:uid>/bild/ny/", row_views.new_picture, name="new_picture"),
    path("hel/<uuid:uid>/anta/", whole_views.adopt, name="adopt"),
    path("hel/<uuid:uid>/upplagor/", whole_views.versions, name="versions"),
    path("kapitel/<uuid:uid>/", whole_views.chapter, name="chapter"),
    path("omrade/<uuid:uid>/", whole_views.area, name="area"),
    path("knyt/<uuid:uid>/", row_views.ties, name="ties"),
    path("rad/<slug:kind>/vid/<uuid:uid>/", row_views.new_row, name="new_row"),
    path("rad/<slug:kind>/<uuid:uid>/", row_views.row, name="row"),
    path("rad/<slug:kind>/<uuid:uid>/ta-bort/", row_views.remove, name="remove_row"),
    path("bild/<uuid:uid>/", row_views.picture, name="picture"),
    path("bild/<uuid:uid>/fil/", row_views.picture_file, name="picture_file"),
    path("ramverk/", row_views.frameworks, name="frameworks"),
    path("ramverk/nytt/", row_views.new_framework, name="new_framework"),
    path("ramverk/<uuid:uid>/", row_views.framework, name="framework"),
]
