from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "samplan.edges.links"
    label = "links"
    default_auto_field = "django.db.models.BigAutoField"
