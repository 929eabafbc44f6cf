from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "samplan.apps.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"
