from django.urls import path

from samplan.apps.directives import views

app_name = "directives"
urlpatterns = [
    path("", views.directives, name="list"),
    path("nytt/", views.draft, name="new"),
    path("<int:number>/", views.detail, name="detail"),
    path("<int:number>/andra/", views.change, name="change"),
    path("<int:number>/knyt/", views.ties, name="ties"),
    path("<int:number>/utfarda/", views.issue, name="issue"),
    path("<int:number>/ny-version/", views.supersede, name="supersede"),
    path("<int:number>/dra-tillbaka/", views.withdraw, name="withdraw"),
]
