from django.urls import path

from samplan.edges.help import views

app_name = "help"
urlpatterns = [
    path("", views.index, name="index"),
    path("handbok/", views.guide, name="guide"),
    path("handbok/<slug:slug>/", views.chapter, name="chapter"),
    path("sida/<str:page>/", views.page, name="page"),
]
