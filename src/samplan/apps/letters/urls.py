from django.urls import path

from samplan.apps.letters import reminder_views, views

urlpatterns = [
    path("", views.letters, name="list"),
    path("skicka/", views.send, name="send"),
    path("lankar/<uuid:uid>/aterkalla/", views.revoke, name="revoke"),
    path("adresser/", views.addresses, name="addresses"),
    path("adresser/<slug:code>/", views.address, name="address"),
    path("paminnelser/", reminder_views.log, name="reminders"),
    path("paminnelser/dagar/", reminder_views.days, name="days"),
    path("paminn/", reminder_views.remind, name="remind"),
]
