from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "samplan.base.ui"
    label = "ui"
