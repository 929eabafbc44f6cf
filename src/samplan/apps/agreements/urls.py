from django.urls import path

from samplan.apps.agreements import allocation_views, levy_views, requisition_views, views

app_name = "agreements"
urlpatterns = [
    path("", views.money, name="money"),
    path("rakna/", views.compute, name="compute"),
    path("overenskommelse/ny/", views.new_agreement, name="agreement"),
    path("overenskommelse/<uuid:uid>/", views.revise, name="revise"),
    path("overenskommelse/<uuid:uid>/avsnitt/", views.section, name="section"),
    path("bidrag/tabell/", views.table, name="table"),
    path("bidrag/<uuid:uid>/", views.decide, name="decide"),
    path("fordelning/ny/", allocation_views.new_allocation, name="new"),
    path("avsattning/ny/", levy_views.new_levy, name="new_levy"),
    path("fordelning/<uuid:uid>/", allocation_views.allocation, name="allocation"),
    path("fordelning/<uuid:uid>/andra/", allocation_views.change, name="change"),
    path("fordelning/<uuid:uid>/faststall/", allocation_views.freeze, name="freeze"),
    path("rekvisitioner/", requisition_views.requests, name="requests"),
    path("rekvisitioner/<uuid:uid>/<slug:code>/", requisition_views.requisition, name="requisition"),
]
