from django.apps import AppConfig


class YearreportsConfig(AppConfig):
    name = "samplan.apps.yearreports"
    label = "yearreports"
    default_auto_field = "django.db.models.BigAutoField"
