"""The year report: the coordinator's syntheses, edits of compiled blocks, approved and frozen versions."""

from __future__ import annotations

from django.db import models

from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.directives.models import Directive
from samplan.apps.orgs.models import Organisation
from samplan.apps.plans.models import Plan
from samplan.base.files.models import File
from samplan.base.kernel.fields import CodeField, CountyModel


class YearReport(CountyModel):
    """The compiled report of a plan and year. It can always be worked on; what was approved is a `ReportVersion`."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "year"], name="report_unique")]

    def __str__(self) -> str:
        return self.title


class Synthesis(CountyModel):
    """The coordinator's own words on top of what the parties answered about a directive."""

    report = models.ForeignKey(YearReport, on_delete=models.CASCADE, related_name="syntheses")
    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="syntheses")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "directive"], name="synthesis_unique")]

    def __str__(self) -> str:
        return self.directive.title


class BlockEdit(CountyModel):
    """A person's words in place of a compiled block. `base_text` and `base_hash` are the fact as it read when it was
    edited."""

    report = models.ForeignKey(YearReport, on_delete=models.CASCADE, related_name="edits")
    key = models.CharField(max_length=200)
    base_hash = models.CharField(max_length=64)
    base_text = models.TextField(blank=True)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="edit_unique")]

    def __str__(self) -> str:
        return self.key


class SectionMark(CountyModel):
    """A section of the report that somebody has read and found done, with what it said then."""

    report = models.ForeignKey(YearReport, on_delete=models.CASCADE, related_name="marks")
    key = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    marked_at = models.DateTimeField()
    marked_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="section_mark_unique")]

    def __str__(self) -> str:
        return self.key


class PassageComment(CountyModel):
    """What somebody says about a passage, for those who work with the report. Never printed, never published.

    `answers`: the comment that it answers, itself no answer. Only such a first comment is resolved.
    """

    report = models.ForeignKey(YearReport, on_delete=models.CASCADE, related_name="comments")
    key = models.CharField(max_length=200)
    answers = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["report_id", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class ReportVersion(CountyModel):
    """An approved report: frozen facts and document as canonical JSON text with hash, and the files made from them.

    State: approved, published, superseded (by a later version).
    """

    report = models.ForeignKey(YearReport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = CodeField(default="approved")
    decision_point = models.ForeignKey(DecisionPoint, on_delete=models.PROTECT, related_name="report_versions")
    facts = models.TextField()
    facts_sha256 = models.CharField(max_length=64)
    document = models.TextField()
    document_sha256 = models.CharField(max_length=64)
    approved_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    files = models.ManyToManyField(File, blank=True, related_name="report_versions")

    class Meta:
        ordering = ["report_id", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_unique")]

    def __str__(self) -> str:
        return f"{self.report.title} {self.number}"


class Submission(CountyModel):
    """A report on its way to one receiver. State as in `domain.cycle.SubmissionStatus`.

    `wanted`: what the receiver is to be sent. `version`: the approved one that is sent, none before it is made ready.
    What has been sent is followed by another row (`supersedes`), never sent anew.
    """

    report = models.ForeignKey(YearReport, on_delete=models.PROTECT, related_name="submissions")
    receiver = models.CharField(max_length=200)
    wanted = models.TextField(blank=True)
    last_day = models.DateField(null=True, blank=True)
    state = CodeField(default="not_begun")
    version = models.ForeignKey(
        ReportVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    case_number = models.CharField(max_length=100, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.CharField(max_length=200, blank=True)
    sent_how = models.CharField(max_length=200, blank=True)
    receipt = models.CharField(max_length=200, blank=True)
    receipted_on = models.DateField(null=True, blank=True)
    made_up = models.BooleanField(default=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ["report_id", "id"]

    def __str__(self) -> str:
        return self.receiver


class SubmittedFile(CountyModel):
    """A file of a submission beside the report's own. Kinds: answers (to the receiver's questions), receipt."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="enclosed")
    kind = CodeField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="submitted_files")

    class Meta:
        ordering = ["submission_id", "id"]

    def __str__(self) -> str:
        return self.file.name


class WordTemplate(CountyModel):
    """A county's own Word template for the documents of an owner (`owner` null: the county jointly).

    State: waiting (uploaded, looked at), used (one for each owner). `choices`: the styles that a person has chosen, as
    canonical JSON, ours → the template's.
    """

    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="word_templates"
    )
    name = models.CharField(max_length=200)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="word_templates")
    state = CodeField(default="waiting")
    choices = models.TextField(blank=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["county", "-uploaded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "county", "owner", condition=models.Q(state="used"), name="word_template_used_once"
            ),
            models.UniqueConstraint(
                "county", condition=models.Q(state="used", owner=None), name="joint_word_template_used_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
