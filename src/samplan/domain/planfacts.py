"""The frozen picture of a plan: what an adopted edition keeps, what is printed, and what two editions are compared by.

Plain values only. Every thing carries the `uid` of its row, so what a document says can be followed back; `ROW` names
the table. Amounts are whole kronor, other figures an integer and a number of decimals, dates ISO texts, empty for none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

FORMAT = 2


@dataclass(frozen=True, slots=True)
class TextFacts:
    """A titled text. An activity's own texts carry the activity's uid and the column as `kind`."""

    ROW: ClassVar[str] = "plans.plantext"
    uid: str
    kind: str
    title: str
    text: str
    parent_uid: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """`content` is the file as base64 text. `place`: text, cover, logotype. `at_uid`: the chapter, activity or area
    that it stands in; empty: before all."""

    ROW: ClassVar[str] = "plans.picture"
    uid: str
    at_uid: str
    media_type: str
    content: str
    alt: str
    caption: str
    place: str = "text"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file that is kept at the thing `at_uid`: what it is (or is called), its name, kind and size in bytes."""

    ROW: ClassVar[str] = "files.attachment"
    uid: str
    at_uid: str
    title: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class FrameworkGoalFacts:
    """`areas`, `activities`, `directives` and `needs`: uids of what is tied to it."""

    ROW: ClassVar[str] = "plans.frameworkgoal"
    uid: str
    parent_uid: str
    number: str
    title: str
    text: str
    areas: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    directives: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameworkFacts:
    ROW: ClassVar[str] = "plans.framework"
    uid: str
    title: str
    text: str
    url: str
    goals: tuple[FrameworkGoalFacts, ...]


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """`activities`: the numbers of the activities it is tied to."""

    ROW: ClassVar[str] = "plans.goal"
    uid: str
    area_uid: str
    horizon: str
    number: int
    text: str
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureFacts:
    ROW: ClassVar[str] = "plans.activityfigure"
    uid: str
    label: str
    value: int
    scale: int
    unit: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class EventFacts:
    ROW: ClassVar[str] = "plans.activityevent"
    uid: str
    on_date: str
    precision: str
    text: str
    present: tuple[str, ...]
    made_up: bool


@dataclass(frozen=True, slots=True)
class PartFacts:
    ROW: ClassVar[str] = "plans.activityparty"
    uid: str
    name: str
    part: str


@dataclass(frozen=True, slots=True)
class LinkFacts:
    ROW: ClassVar[str] = "plans.activitylink"
    uid: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ResponsibleFacts:
    ROW: ClassVar[str] = "plans.activityresponsible"
    uid: str
    name: str
    function: str


@dataclass(frozen=True, slots=True)
class StepFacts:
    ROW: ClassVar[str] = "plans.activitystep"
    uid: str
    number: int
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    ROW: ClassVar[str] = "plans.activitymilestone"
    uid: str
    on_date: str
    precision: str
    text: str
    reached_on: str


@dataclass(frozen=True, slots=True)
class FurtherTextFacts:
    ROW: ClassVar[str] = "plans.activitytext"
    uid: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """`parent_uid` names the activity that this one is a part of, as a partnership under the work with partnerships.

    `sections` are short names of the agreement's sections, `points` texts of its points. Ages in years, None unsaid.
    """

    ROW: ClassVar[str] = "plans.activity"
    uid: str
    parent_uid: str
    kind: str
    number: str
    title: str
    phase: str
    texts: tuple[TextFacts, ...]
    municipalities: tuple[str, ...]
    parties: tuple[PartFacts, ...]
    figures: tuple[FigureFacts, ...]
    events: tuple[EventFacts, ...]
    links: tuple[LinkFacts, ...]
    made_up: bool
    age_from: int | None = None
    age_to: int | None = None
    starts_on: str = ""
    ends_on: str = ""
    precision: str = ""
    sections: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    responsibles: tuple[ResponsibleFacts, ...] = ()
    steps: tuple[StepFacts, ...] = ()
    milestones: tuple[MilestoneFacts, ...] = ()
    further: tuple[FurtherTextFacts, ...] = ()

    def text(self, kind: str) -> str:
        """One of its texts; empty when it says nothing."""
        return next((one.text for one in self.texts if one.kind == kind), "")


@dataclass(frozen=True, slots=True)
class PointFacts:
    """A point of the agreement that an area is tied to."""

    ROW: ClassVar[str] = "agreements.sectionpoint"
    uid: str
    section: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """Areas come in reading order, each before its parts; `parent_uid` of a part names its area."""

    ROW: ClassVar[str] = "plans.focusarea"
    uid: str
    number: int
    title: str
    short_title: str
    text: str
    activities: tuple[ActivityFacts, ...]
    parent_uid: str = ""
    goal_fulfilment: str = ""
    next_steps: str = ""
    project_owner: str = ""
    sections: tuple[str, ...] = ()
    points: tuple[PointFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """`activity`: number and title of the one it pays for."""

    ROW: ClassVar[str] = "plans.budgetline"
    uid: str
    area: str
    kind: str
    title: str
    amount: int
    receiver: str
    made_up: bool
    activity: str = ""


@dataclass(frozen=True, slots=True)
class PostFacts:
    ROW: ClassVar[str] = "plans.post"
    uid: str
    title: str
    text: str
    about: str
    percent: int | None
    employer: str


@dataclass(frozen=True, slots=True)
class UptakeFacts:
    ROW: ClassVar[str] = "plans.uptake"
    uid: str
    name: str
    on_date: str
    text: str


@dataclass(frozen=True, slots=True)
class OfferFacts:
    ROW: ClassVar[str] = "plans.offer"
    uid: str
    title: str
    text: str
    about: str
    audience: str
    uptakes: tuple[UptakeFacts, ...]


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    ROW: ClassVar[str] = "plans.assignment"
    uid: str
    title: str
    text: str
    about: str
    body: str
    assigned_to: str
    last_day: str
    report_to: str
    state: str
    position_taken: str


@dataclass(frozen=True, slots=True)
class SteeringDocumentFacts:
    ROW: ClassVar[str] = "plans.steeringdocument"
    uid: str
    title: str
    text: str
    about: str
    kind: str
    owner: str
    valid_from: str
    valid_to: str
    decided_by: str
    next_follow_up: str
    case_number: str
    url: str
    spread: str


@dataclass(frozen=True, slots=True)
class HappeningFacts:
    ROW: ClassVar[str] = "plans.happening"
    uid: str
    title: str
    text: str
    about: str
    starts_on: str
    ends_on: str
    precision: str
    participants: int | None


@dataclass(frozen=True, slots=True)
class PilotFacts:
    ROW: ClassVar[str] = "plans.pilot"
    uid: str
    title: str
    text: str
    about: str
    where: str
    evaluated_by: str
    state: str
    spread: str


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """`about`: the activity's title, empty for the plan as a whole."""

    ROW: ClassVar[str] = "plans.perspectivereview"
    uid: str
    about: str
    reasons_for: str
    reasons_against: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class PerspectiveFacts:
    ROW: ClassVar[str] = "plans.perspective"
    uid: str
    title: str
    text: str
    reviews: tuple[ReviewFacts, ...]


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """A period of an indicator: numbers as exact texts, empty for none; `met` "yes", "no" or empty."""

    period: str
    value: str
    way: str
    target: str
    met: str
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    ROW: ClassVar[str] = "indicators.indicator"
    uid: str
    code: str
    title: str
    definition: str
    unit: str
    source: str
    adds_up: bool
    periods: tuple[PeriodFacts, ...]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Everything a plan holds, in its own order. `owner` is empty for the county jointly; `goals` those of the whole
    county and of the areas."""

    ROW: ClassVar[str] = "plans.plan"
    uid: str
    county: str
    county_name: str
    owner: str
    title: str
    subject: str
    year: int
    year_to: int
    edition: int
    shape: str
    chapters: tuple[str, ...]
    motto: str
    dated_on: str
    case_number: str
    texts: tuple[TextFacts, ...] = ()
    goals: tuple[GoalFacts, ...] = ()
    areas: tuple[AreaFacts, ...] = ()
    budget: tuple[BudgetFacts, ...] = ()
    frameworks: tuple[FrameworkFacts, ...] = ()
    posts: tuple[PostFacts, ...] = ()
    offers: tuple[OfferFacts, ...] = ()
    assignments: tuple[AssignmentFacts, ...] = ()
    documents: tuple[SteeringDocumentFacts, ...] = ()
    happenings: tuple[HappeningFacts, ...] = ()
    pilots: tuple[PilotFacts, ...] = ()
    perspectives: tuple[PerspectiveFacts, ...] = ()
    pictures: tuple[PictureFacts, ...] = ()
    indicators: tuple[IndicatorFacts, ...] = ()
    files: tuple[FileFacts, ...] = ()
    format: int = FORMAT
