from django.urls import path

from samplan.apps.spending import follow_views, report_views, views

app_name = "spending"
urlpatterns = [
    path("anvandning/", views.overview, name="overview"),
    path("anvandning/<uuid:uid>/", views.line, name="line"),
    path("anvandning/<uuid:uid>/betala/", views.pay_all, name="pay_all"),
    path("anvandning/<uuid:uid>/mottagare/", views.receiver, name="payee"),
    path("anvandning/<uuid:uid>/mottagare/<slug:code>/", views.receiver, name="receiver"),
    path("anvandning/bidrag/<uuid:uid>/<slug:code>/", views.whole, name="whole"),
    path("folj/", follow_views.follow, name="follow"),
    path("folj/bidrag/<uuid:uid>/", follow_views.grant, name="follow_grant"),
    path("folj/part/<slug:code>/", follow_views.party, name="follow_party"),
    path("folj/post/<uuid:uid>/", follow_views.line, name="follow_line"),
    path("betalning/<uuid:uid>/ta-bort/", views.remove, name="remove"),
    path("redovisning/", report_views.reports, name="reports"),
    path("redovisning/<slug:code>/", report_views.report, name="report"),
    path("redovisning/<slug:code>/<int:number>/", report_views.version, name="version"),
    path("aterbetalning/", report_views.repayments, name="repayments"),
    path("aterbetalning/<uuid:uid>/<slug:code>/", report_views.repayment, name="repayment"),
]
