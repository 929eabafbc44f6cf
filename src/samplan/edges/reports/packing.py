"""All files of the report as it would look today, made by the worker."""

from __future__ import annotations

import zipfile
from io import BytesIO

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samplan.apps.yearreports.models import YearReport
from samplan.base.jobs.kinds import Kind, Made, Progress, Task
from samplan.domain.access import Permission
from samplan.edges.reports.compile import FORMATS, compile_report, file_name, write

STAMP = (1980, 1, 1, 0, 0, 0)


def pack_report(task: Task, progress: Progress) -> Made:
    """The report as it would look today, in every format, in one file; compiling and each format are parts."""
    report = YearReport.objects.select_related("plan").get(uid=task.arguments["report"], county=task.county)
    of = len(FORMATS) + 1
    progress(0, of)
    document = compile_report(report, at=task.at, preview=True, language=get_language() or "sv").document
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for number, fmt in enumerate(FORMATS, start=1):
            progress(number, of)
            entry = zipfile.ZipInfo(f"{file_name(report.plan)}.{fmt}", STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, write(document, fmt, county=task.county, owner=report.plan.owner))
    progress(of, of)
    name = _("%(county)s-%(year)s-förhandsvisning") % {"county": task.county, "year": task.year}
    return Made(f"{name}.zip", packed.getvalue())


REPORT = Kind("report", Permission.READ_COUNTY, gettext_lazy("Årsrapporten i alla format"), pack_report)
