from django.urls import path

from samplan.edges.reports import (
    money_paper_views,
    paper_views,
    reading_views,
    submission_views,
    template_views,
    version_views,
    views,
)

app_name = "reports"
urlpatterns = [
    path("", views.report, name="report"),
    path("stycke/", views.passage, name="passage"),
    path("syntes/<int:number>/", views.synthesis, name="synthesis"),
    path("genomlasning/", reading_views.reading, name="reading"),
    path("genomlasning/avsnitt/", reading_views.section, name="section"),
    path("godkann/", version_views.approve, name="approve"),
    path("versioner/<int:number>/", version_views.version, name="version"),
    path("versioner/<int:number>/publicera/", version_views.publish, name="publish"),
    path("versioner/<int:number>/bildspel/", version_views.slides, name="slides"),
    path("versioner/<int:number>/<str:name>", version_views.file, name="file"),
    path("forhandsvisning.<str:fmt>", version_views.preview, name="preview"),
    path("forhandsvisning/packa/", version_views.pack, name="pack"),
    path("inlamning/", submission_views.submissions, name="submissions"),
    path("inlamning/ny/", submission_views.new_submission, name="new_submission"),
    path("inlamning/<uuid:uid>/", submission_views.submission, name="submission"),
    path("inlamning/<uuid:uid>/<uuid:detail>", submission_views.submission_file, name="submission_file"),
    path("dokument/<uuid:uid>/<slug:shape>.<str:fmt>", paper_views.plan_document, name="plan_document"),
    path("mallar/", template_views.templates, name="templates"),
    path("mallar/ny/", template_views.upload, name="new_template"),
    path("mallar/<uuid:uid>/", template_views.template, name="template"),
    path("mallar/<uuid:uid>/prov.docx", template_views.trial, name="template_trial"),
    path("mallar/<uuid:uid>/mall.docx", template_views.template_file, name="template_file"),
    path("beslutsunderlag/<uuid:uid>.<str:fmt>", paper_views.decision_paper, name="decision_paper"),
    path("ekonomi/<slug:code>.<str:fmt>", money_paper_views.economic_draft, name="economic_draft"),
    path("ekonomi/<slug:code>/<int:number>.<str:fmt>", money_paper_views.economic, name="economic_paper"),
    path("aterbetalning.<str:fmt>", money_paper_views.repayments, name="repayment_paper"),
]
