from django.contrib.auth.views import LogoutView
from django.urls import path

from samplan.base.accounts import views

app_name = "accounts"
urlpatterns = [
    path("logga-in/", views.SignIn.as_view(), name="sign_in"),
    path("logga-ut/", LogoutView.as_view(), name="sign_out"),
    path("lank/<str:token>/", views.set_password, name="link"),
    path("glomt-losenord/", views.forgotten, name="forgotten"),
]
