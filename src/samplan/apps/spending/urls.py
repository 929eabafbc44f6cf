from django.urls import path

from samplan.apps.spending import report_views, views

app_name = "spending"
urlpatterns = [
    path("anvandning/", views.overview, name="overview"),
    path("anvandning/<uuid:uid>/", views.line, name="line"),
    path("anvandning/<uuid:uid>/betala/", views.pay_all, name="pay_all"),
    path("anvandning/<uuid:uid>/mottagare/", views.receiver, name="payee"),
    path("anvandning/<uuid:uid>/mottagare/<slug:code>/", views.receiver, name="receiver"),
    path("anvandning/bidrag/<uuid:uid>/<slug:code>/", views.whole, name="whole"),
    path("betalning/<uuid:uid>/ta-bort/", views.remove, name="remove"),
    path("redovisning/", report_views.reports, name="reports"),
    path("redovisning/<slug:code>/", report_views.report, name="report"),
    path("redovisning/<slug:code>/<int:number>/", report_views.version, name="version"),
    path("aterbetalning/", report_views.repayments, name="repayments"),
    path("aterbetalning/<uuid:uid>/<slug:code>/", report_views.repayment, name="repayment"),
]
