from django.urls import path

from samplan.base.files import views

app_name = "files"
urlpatterns = [
    path("<slug:slug>/<uuid:uid>/ny/", views.new, name="new"),
    path("<uuid:uid>/", views.fetch, name="fetch"),
    path("<uuid:uid>/andra/", views.change, name="change"),
]
