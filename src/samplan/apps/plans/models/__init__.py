"""The tables of plans, in rooms: the plan itself, its activities, its budget, and what else it holds."""

from samplan.apps.plans.models.activities import (
    ACTIVITY_TEXTS,
    Activity,
    ActivityEvent,
    ActivityFigure,
    ActivityLink,
    ActivityMilestone,
    ActivityParty,
    ActivityResponsible,
    ActivityStep,
    ActivityText,
    Continuation,
    Goal,
)
from samplan.apps.plans.models.budget import BudgetLine
from samplan.apps.plans.models.cooperation import (
    Assignment,
    Happening,
    Offer,
    Perspective,
    PerspectiveReview,
    Picture,
    Pilot,
    Post,
    SteeringDocument,
    Uptake,
)
from samplan.apps.plans.models.plans import (
    FocusArea,
    Framework,
    FrameworkGoal,
    NumberWaiver,
    Plan,
    PlanText,
    PlanVersion,
)

__all__ = [
    "ACTIVITY_TEXTS", "Activity", "ActivityEvent", "ActivityFigure", "ActivityLink", "ActivityMilestone",
    "ActivityParty", "ActivityResponsible", "ActivityStep", "ActivityText", "Assignment", "BudgetLine", "Continuation",
    "FocusArea", "Framework", "FrameworkGoal", "Goal", "Happening", "NumberWaiver", "Offer", "Perspective",
    "PerspectiveReview", "Picture", "Pilot", "Plan", "PlanText", "PlanVersion", "Post", "SteeringDocument", "Uptake",
]  # fmt: skip
