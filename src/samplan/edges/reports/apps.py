from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "samplan.edges.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samplan.base.jobs.kinds import can_make
        from samplan.edges.reports.packing import REPORT

        can_make(REPORT)
