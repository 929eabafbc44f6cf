"""What each relation of a plan does when the year turns, and why. A test fails for a relation that has no line here.

copied: a row of the same content stands in the new plan. moved: the row itself goes to the new plan. left: it stays
with the old year only. asked: a person decides, row by row.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """`deed` is copied, moved, left or asked."""

    deed: str
    reason: str


_ASKED = Policy("asked", "Whether an activity goes on is what the turn of the year decides; what hangs on it follows.")
_WITH = Policy("copied", "Follows the activity it belongs to.")
_TOLD = Policy("left", "Tells what happened in the old year.")
_MONEY = Policy("left", "Money is decided anew each year; what is unspent is shown, and repaid or decided again.")
_REPORT = Policy("left", "Asked and answered about the old year; what is open is shown and stays open there.")

POLICIES: dict[str, Policy] = {
    # the plan
    "plans.Plan.owner": Policy("copied", "The next plan has the same owner."),
    "plans.Plan.follows": Policy("left", "The next plan follows this one, not the one before."),
    "plans.PlanVersion.plan": Policy("left", "An adopted edition belongs to its year."),
    "plans.PlanVersion.decision_point": Policy("left", "The decision adopted the old plan only."),
    "imports.Draft.plan": Policy("left", "The document that was read became the old plan."),
    "plans.NumberWaiver.plan": Policy("copied", "Its texts are copied, and what was said of a number in them holds."),
    "plans.PlanText.plan": Policy("asked", "Chapters are copied when the person wants a draft to start from."),
    "plans.PlanText.parent": Policy("copied", "A part stays under its chapter."),
    "plans.PlanText.party": Policy("copied", "The text is about the same party."),
    "plans.FocusArea.plan": Policy("asked", "Areas follow the agreement, which may be cut otherwise the next year."),
    "plans.FocusArea.parent": Policy("copied", "A part stays under its area."),
    "plans.FocusArea.sections": Policy("left", "Sections belong to the agreement of the old year."),
    "plans.FocusArea.points": Policy("left", "Points belong to the agreement of the old year."),
    "plans.FocusArea.framework_goals": Policy("copied", "Frameworks outlive the year."),
    "plans.Goal.plan": Policy("asked", "Goals are copied with their areas."),
    "plans.Goal.area": Policy("copied", "A goal stays in its area."),
    "plans.Goal.activities": Policy("asked", "Tied again to the activities that go on."),
    "plans.Framework.county": Policy("left", "Belongs to the county, not to a year."),
    "plans.FrameworkGoal.framework": Policy("left", "Belongs to the county, not to a year."),
    "plans.FrameworkGoal.parent": Policy("left", "Belongs to the county, not to a year."),
    # activities
    "plans.Activity.plan": _ASKED,
    "plans.Activity.area": Policy("asked", "An activity may go on in another area."),
    "plans.Activity.parent": Policy("copied", "A part that goes on stays under what it is a part of, if that goes on."),
    "plans.Activity.municipalities": _WITH,
    "plans.Activity.sections": Policy("left", "Sections belong to the agreement of the old year."),
    "plans.Activity.points": Policy("left", "Points belong to the agreement of the old year."),
    "plans.Activity.framework_goals": Policy("copied", "Frameworks outlive the year."),
    "plans.ActivityParty.activity": _WITH,
    "plans.ActivityParty.party": _WITH,
    "plans.ActivityResponsible.activity": _WITH,
    "plans.ActivityStep.activity": Policy("copied", "Steps that are not done go on; done ones stay in the old year."),
    "plans.ActivityMilestone.activity": Policy("copied", "Milestones that are not reached go on."),
    "plans.ActivityText.activity": _WITH,
    "plans.ActivityFigure.activity": _TOLD,
    "plans.ActivityEvent.activity": _TOLD,
    "plans.ActivityEvent.present": _TOLD,
    "plans.ActivityLink.activity": _WITH,
    "plans.Continuation.plan": Policy("left", "Says what became of the old year's activities."),
    "plans.Continuation.before": Policy("left", "Says what became of the old year's activities."),
    "plans.Continuation.after": Policy("left", "Says what became of the old year's activities."),
    # money
    "plans.BudgetLine.plan": _MONEY,
    "plans.BudgetLine.grant": _MONEY,
    "plans.BudgetLine.payee": _MONEY,
    "plans.BudgetLine.allocation": _MONEY,
    "plans.BudgetLine.decision_point": _MONEY,
    "plans.BudgetLine.activity": _MONEY,
    "plans.BudgetLine.supersedes": _MONEY,
    "spending.Payment.line": _MONEY,
    "spending.Use.line": _MONEY,
    # what else a plan holds
    "plans.Post.plan": Policy("copied", "A post goes on until somebody ends it; its money is decided anew."),
    "plans.Post.area": Policy("copied", "Stays in its area where that goes on."),
    "plans.Post.activity": _WITH,
    "plans.Offer.plan": Policy("copied", "Support is offered until it is withdrawn."),
    "plans.Offer.area": Policy("copied", "Stays in its area where that goes on."),
    "plans.Offer.activity": _WITH,
    "plans.Uptake.offer": _TOLD,
    "plans.Uptake.party": _TOLD,
    "plans.Assignment.plan": Policy("copied", "Assignments that are not closed go on."),
    "plans.Assignment.area": Policy("copied", "Stays in its area where that goes on."),
    "plans.Assignment.activity": _WITH,
    "plans.Assignment.body": Policy("copied", "The body that gave it still waits for the answer."),
    "plans.SteeringDocument.plan": Policy("copied", "Documents that are still valid go on."),
    "plans.SteeringDocument.area": Policy("copied", "Stays in its area where that goes on."),
    "plans.SteeringDocument.activity": _WITH,
    "plans.Happening.plan": _TOLD,
    "plans.Happening.area": _TOLD,
    "plans.Happening.activity": _TOLD,
    "plans.Pilot.plan": Policy("copied", "Pilots that are not done go on."),
    "plans.Pilot.area": Policy("copied", "Stays in its area where that goes on."),
    "plans.Pilot.activity": _WITH,
    "plans.Perspective.plan": Policy("copied", "The county tests its plans against the same perspectives."),
    "plans.PerspectiveReview.perspective": Policy("left", "A test is made anew for the new plan."),
    "plans.PerspectiveReview.activity": Policy("left", "A test is made anew for the new plan."),
    "plans.Picture.plan": Policy("left", "Pictures show the old year; the person chooses new ones."),
    "plans.Picture.chapter": Policy("left", "Pictures show the old year; the person chooses new ones."),
    "plans.Picture.area": Policy("left", "Pictures show the old year; the person chooses new ones."),
    "plans.Picture.activity": Policy("left", "Pictures show the old year; the person chooses new ones."),
    "plans.Picture.file": Policy("left", "Pictures show the old year; the person chooses new ones."),
    # other rooms that point at a plan
    "directives.Directive.plan": _REPORT,
    "directives.Directive.area": _REPORT,
    "directives.Directive.budget_line": _REPORT,
    "directives.Directive.framework_goals": Policy(
        "copied",
        "Next year's directive is drafted from this one, and frameworks outlive the year.",
    ),
    "questionnaires.ReportRequest.plan": _REPORT,
    "questionnaires.ReportRequest.area": _REPORT,
    "yearreports.YearReport.plan": _REPORT,
    "needs.Need.area": Policy(
        "left", "Needs are kept by year; next year's are written, or made of this year's answers."
    ),
    "needs.Need.activity": Policy("left", "It says what showed the need, in the year that it was shown."),
    "needs.Need.framework_goals": Policy("left", "Stays with the year's need; frameworks outlive it."),
    "needs.Proposal.activity": Policy("left", "The proposal was about the old year's plan."),
}
