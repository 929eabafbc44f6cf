from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "samplan.edges.help"
    label = "help"
    default_auto_field = "django.db.models.BigAutoField"
