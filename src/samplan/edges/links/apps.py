from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "samplan.edges.links"
    label = "links"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samplan.base.jobs.kinds import can_make
        from samplan.edges.links.drawing import LETTERS

        can_make(LETTERS)
