from django.urls import path

from samplan.apps.bodies import views

app_name = "bodies"
urlpatterns = [
    path("", views.decisions, name="decisions"),
    path("nytt/", views.new_decision, name="new"),
    path("organ/nytt/", views.new_body, name="new_body"),
    path("organ/<uuid:uid>/", views.body, name="body"),
    path("organ/<uuid:uid>/plats/<uuid:seat>/avsluta/", views.end, name="end_seat"),
    path("<uuid:uid>/", views.decision, name="decision"),
]
