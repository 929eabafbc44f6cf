from django.urls import path

from samplan.base.ui import views

app_name = "ui"
urlpatterns = [path("", views.components, name="components")]
