from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "samplan.edges.public"
    label = "public"
    default_auto_field = "django.db.models.BigAutoField"
