from django.urls import path

from samplan.edges.imports import apply_views, edit_views, views

app_name = "imports"
urlpatterns = [
    path("", views.documents, name="documents"),
    path("<uuid:uid>/", views.draft, name="draft"),
    path("<uuid:uid>/andra/", edit_views.change, name="change"),
    path("<uuid:uid>/andringar/", views.edits, name="edits"),
    path("<uuid:uid>/plan/", apply_views.apply, name="apply"),
    path("<uuid:uid>/original/", views.file, name="file"),
    path("<uuid:uid>/ta-bort/", views.remove, name="remove"),
]
