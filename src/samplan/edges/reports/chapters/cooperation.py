"""What a plan holds beside its areas: perspectives, pilots, posts, offers, assignments, happenings, documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samplan.apps.plans.labels import ASSIGNMENT_STATES, DOCUMENT_KINDS, PILOT_STATES
from samplan.domain.document import Inline, Source, Text
from samplan.domain.yearfacts import YearFacts
from samplan.edges.reports.chapters.parts import Writer, cell, day, figure_cell, files, grouped, when_words


def _chapter(out: Writer, facts: YearFacts, code: str, title: str) -> None:
    source = Source("plans.plan", facts.plan.uid, code)
    out.heading(1, title, key=code, source=source, numbered=True)


# A chapter of more things than this names them in a list, without numbers and lines in the contents.
FEW = 8


def _each(out: Writer, facts: YearFacts, rows: Sequence[Any]) -> Iterable[tuple[Any, str, Source]]:
    """Heads each row with its title, tells its text after what is listed about it, and names its files last."""
    for row in rows:
        key = f"{row.ROW.split('.')[1]}/{row.uid}"
        source = Source(row.ROW, row.uid, "title")
        if len(rows) > FEW:
            out.level = 2
            out.label(row.title, key=key, source=source)
        else:
            out.heading(2, row.title, key=key, source=source, numbered=True)
        yield row, key, Source(row.ROW, row.uid)
        files(out, facts.plan.files, row.uid, key=key)


def _facts(out: Writer, key: str, source: Source, told: Iterable[tuple[str, str]], *, like: Sequence[Any] = ()) -> None:
    """What is known of a thing, a line each; in one quiet line where there are many things `like` it."""
    if len(like) > FEW:
        line = " \u00b7 ".join(f"{label}: {words}" for label, words in told if words)
        if line:
            out.paragraph(line, key=f"{key}/facts", source=source, style="note")
        return
    rows: list[tuple[Inline, Source | None]] = [
        ((Text(f"{label}: ", bold=True), Text(words)), source) for label, words in told if words
    ]
    out.items(rows, key=f"{key}/facts", source=source, bare=True)


def _text(out: Writer, key: str, row: Any, field: str = "text") -> None:
    out.text(getattr(row, field), key=f"{key}/{field}", source=Source(row.ROW, row.uid, field))


def perspectives(out: Writer, facts: YearFacts) -> None:
    """What the plan and its activities were tested against, with the reasons for and against."""
    if not facts.plan.perspectives:
        return
    _chapter(out, facts, "perspectives", _("Prövning ur perspektiv"))
    for row, key, _source in _each(out, facts, facts.plan.perspectives):
        _text(out, key, row)
        for review in row.reviews:
            at = f"{key}/{review.uid}"
            source = Source(review.ROW, review.uid, "conclusion")
            out.heading(3, review.about or _("Planen som helhet"), key=at, source=source)
            for field, title in (
                ("reasons_for", _("Talar för")), ("reasons_against", _("Talar emot")), ("conclusion", _("Slutsats")),
            ):  # fmt: skip
                if getattr(review, field):
                    told = Source(review.ROW, review.uid, field)
                    out.label(title, key=f"{at}/{field}/heading", source=told)
                    _text(out, at, review, field)


def pilots(out: Writer, facts: YearFacts) -> None:
    """What is tried in one place before others, and how it spread."""
    if not facts.plan.pilots:
        return
    _chapter(out, facts, "pilots", _("Piloter och spridning"))
    for row, key, source in _each(out, facts, facts.plan.pilots):
        told = ((_("Läge"), str(PILOT_STATES[row.state]).lower()), (_("Hör till"), row.about), (_("Var"), row.where),
                (_("Utvärderas av"), row.evaluated_by))  # fmt: skip
        _facts(out, key, source, told, like=facts.plan.pilots)
        _text(out, key, row)
        if row.spread:
            spread = Source(row.ROW, row.uid, "spread")
            out.label(_("Spridning"), key=f"{key}/spread/heading", source=spread)
            _text(out, key, row, "spread")


def posts(out: Writer, facts: YearFacts) -> None:
    """Funded positions with their extent and employer."""
    if not facts.plan.posts:
        return
    _chapter(out, facts, "posts", _("Tjänster"))
    rows = []
    for post in facts.plan.posts:
        source = Source(post.ROW, post.uid, "title")
        extent = f"{post.percent} %" if post.percent is not None else "\u2013"
        rows.append(
            (
                cell(post.title, header=True, source=source), figure_cell(extent, source=source),
                cell(post.employer or "\u2013", source=source), cell(post.about or "\u2013", source=source),
            )
        )  # fmt: skip
    head = (cell(_("Tjänst"), header=True), figure_cell(_("Omfattning")), cell(_("Arbetsgivare"), header=True),
            cell(_("Hör till"), header=True))  # fmt: skip
    out.table(_("Tjänster som medlen betalar"), head, rows, key="posts/table",
              source=Source("plans.plan", facts.plan.uid, "posts"))  # fmt: skip
    for post in facts.plan.posts:
        if post.text:
            out.text(
                post.text, key=f"post/{post.uid}/text", source=Source(post.ROW, post.uid, "text"), party=post.title
            )
        files(out, facts.plan.files, post.uid, key=f"post/{post.uid}")


def offers(out: Writer, facts: YearFacts) -> None:
    """Support that is offered, and who has taken it up."""
    if not facts.plan.offers:
        return
    _chapter(out, facts, "offers", _("Stöd som erbjuds"))
    for row, key, source in _each(out, facts, facts.plan.offers):
        _facts(out, key, source, ((_("Till"), row.audience), (_("Hör till"), row.about)), like=facts.plan.offers)
        _text(out, key, row)
        taken: list[tuple[Inline, Source | None]] = []
        for uptake in row.uptakes:
            words = ", ".join(part for part in (day(uptake.on_date), uptake.text) if part)
            runs = (Text(uptake.name, bold=True), Text(f": {words}" if words else ""))
            taken.append((runs, Source(uptake.ROW, uptake.uid, "name")))
        if taken:
            out.label(_("Har tagit emot stödet"), key=f"{key}/uptakes/heading", source=source)
            out.items(taken, key=f"{key}/uptakes", source=source)


def assignments(out: Writer, facts: YearFacts) -> None:
    """What a body has asked somebody to do and report."""
    if not facts.plan.assignments:
        return
    _chapter(out, facts, "assignments", _("Uppdrag"))
    for row, key, source in _each(out, facts, facts.plan.assignments):
        told = ((_("Från"), row.body), (_("Till"), row.assigned_to),
                (_("Läge"), str(ASSIGNMENT_STATES[row.state]).lower()), (_("Sista dag"), day(row.last_day)),
                (_("Redovisas"), row.report_to), (_("Hör till"), row.about))  # fmt: skip
        _facts(out, key, source, told, like=facts.plan.assignments)
        _text(out, key, row)
        if row.position_taken:
            taken = Source(row.ROW, row.uid, "position_taken")
            out.label(_("Ställningstagande"), key=f"{key}/position_taken/heading", source=taken)
            _text(out, key, row, "position_taken")


def happenings(out: Writer, facts: YearFacts) -> None:
    """Theme weeks, conferences, lectures, days of cooperation."""
    if not facts.plan.happenings:
        return
    _chapter(out, facts, "happenings", _("Händelser"))
    for row, key, source in _each(out, facts, facts.plan.happenings):
        people = grouped(row.participants) if row.participants is not None else ""
        told = ((_("När"), when_words(row.starts_on, row.ends_on, row.precision)), (_("Hör till"), row.about),
                (_("Deltagare"), people))  # fmt: skip
        _facts(out, key, source, told, like=facts.plan.happenings)
        _text(out, key, row)


def documents(out: Writer, facts: YearFacts) -> None:
    """Steering documents and products, with owner, validity and where they were spread; the plan's own files last."""
    own = [one for one in facts.plan.files if one.at_uid == facts.plan.uid]
    if not facts.plan.documents and not own:
        return
    _chapter(out, facts, "documents", _("Dokument och produkter"))
    for row, key, source in _each(out, facts, facts.plan.documents):
        told = ((_("Slag"), str(DOCUMENT_KINDS[row.kind])), (_("Ägare"), row.owner),
                (_("Gäller"), when_words(row.valid_from, row.valid_to, "day")), (_("Beslutat av"), row.decided_by),
                (_("Följs upp"), day(row.next_follow_up)), (_("Diarienummer"), row.case_number),
                (_("Spridning"), row.spread), (_("Hör till"), row.about))  # fmt: skip
        _facts(out, key, source, told, like=facts.plan.documents)
        _text(out, key, row)
        if row.url:
            out.paragraph((Text(row.url, link=row.url),), key=f"{key}/url", source=Source(row.ROW, row.uid, "url"))
    if own:
        source = Source("plans.plan", facts.plan.uid, "files")
        out.heading(2, _("Planens filer"), key="documents/files", source=source, numbered=True)
        files(out, own, facts.plan.uid, key="documents")
