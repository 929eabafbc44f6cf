"""A letter as a neutral document, and as the text of a mail: facts in, words out, in the receiver's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from samplan.apps.letters.facts import Contact, LetterFacts
from samplan.apps.questionnaires.labels import AUDIENCES
from samplan.base.ui.templatetags.samplan import day, kronor
from samplan.domain.document import Block, Document, Heading, ListBlock, Paragraph, Source, Text, plain
from samplan.domain.links import Purpose
from samplan.domain.markup import parse, plain_text

PLACE = "letter/link"


def letter(facts: LetterFacts, *, language: str, address: str = "", receivers: Iterable[str] = ()) -> Document:
    """The letter. With an `address` it holds the link; else it says to whom the link has gone by mail."""
    with translation.override(language):
        source = Source("questionnaires.reportrequest", facts.uid)
        blocks: list[Block] = [Paragraph(plain(line), f"letter/lead/{n}", "lead" if n == 1 else "body", source)
                               for n, line in enumerate(_opening(facts), 1)]  # fmt: skip
        if facts.amount is not None:
            runs = (Text(_("Ert belopp: ")), Text(kronor(facts.amount), bold=True, made_up=facts.made_up))
            blocks.append(Paragraph(runs, "letter/amount", source=source))
        for code, title, text in (
            ("uses", _("Pengarna får gå till"), facts.uses),
            ("conditions", _("Villkor"), facts.conditions),
            ("purpose", _("Syfte"), facts.purpose),
        ):
            if text.strip():
                blocks.append(Heading(1, plain(title), f"letter/{code}"))
                blocks += parse(text, base_level=1, key=f"letter/{code}/text", source=source)
        blocks.append(Heading(1, plain(_("Er återrapport")), "letter/report"))
        blocks += [Paragraph(plain(line), f"letter/report/{n}") for n, line in enumerate(_how(facts), 1)]
        blocks += _link(address, list(receivers))
        if facts.questions:
            blocks.append(Heading(1, plain(_("Frågorna")), "letter/questions"))
            blocks.append(ListBlock(tuple(_items(facts)), ordered=True, key="letter/questions/list"))
        if facts.contacts:
            blocks.append(Heading(1, plain(_("Om något är oklart")), "letter/contact"))
            words = _("Hör av er till samordnaren: %(names)s.") % {"names": named(facts.contacts)}
            blocks.append(Paragraph(plain(words), "letter/contact/text"))
        return Document(
            title=facts.title,
            language=language,
            blocks=tuple(blocks),
            subtitle=_("Brev till %(name)s") % {"name": facts.organisation},
            running_head=f"{facts.title}, {facts.party}",
            notice=_notice(facts),
            contents=False,
            details={"year": str(facts.year), "county": facts.county_name},
        )


def named(contacts: Iterable[Contact]) -> str:
    """Names with their addresses, as one writes them in a row."""
    return ", ".join(f"{one.name} ({one.email})" for one in contacts)


def _notice(facts: LetterFacts) -> tuple[Text, ...]:
    return (Text(_("Uppgifter märkta Exempel är påhittade."), italic=True),) if facts.made_up else ()


def _opening(facts: LetterFacts) -> list[str]:
    if facts.kind != "directive":
        return [_("%(county)s ber %(party)s berätta om en insats.") % {
            "county": facts.county_name, "party": facts.party}]  # fmt: skip
    lines = [_("%(party)s har fått ett direktiv med pengar och en återrapport att lämna.") % {"party": facts.party}]
    if facts.decided_by and facts.decided_on:
        lines.append(_("Direktiv %(number)s, %(year)s. Beslutat av %(body)s den %(day)s.") % {
            "number": facts.directive_number, "year": facts.year, "body": facts.decided_by,
            "day": day(facts.decided_on)})  # fmt: skip
    return lines


def _how(facts: LetterFacts) -> list[str]:
    lines = [
        _("Sista dag är %(day)s. Har ni inget att rapportera är det också ett svar.") % {"day": day(facts.last_day)}
    ]
    if facts.needs_approval:
        lines.append(_("När rapporten är inskickad får er chef en egen länk för att godkänna den."))
    return lines


def _link(address: str, receivers: list[str]) -> list[Block]:
    """The way in. An address to be typed stands on a line of its own, so that it is not broken."""
    if address:
        words = _("Ni behöver inget konto. Skriv in adressen i webbläsaren, så öppnas er rapport:")
        shown = Text(address.split("://", 1)[-1], bold=True, link=address)
        return [Paragraph(plain(words), PLACE), Paragraph((shown,), f"{PLACE}/address")]
    if receivers:
        words = _("Länken till er rapport har gått med e-post till %(names)s.") % {"names": ", ".join(receivers)}
    else:
        words = _("Ni får en länk till er rapport. Ni behöver inget konto.")
    return [Paragraph(plain(words), PLACE)]


def _items(facts: LetterFacts) -> Iterable[tuple[Block, ...]]:
    for number, question in enumerate(facts.questions, 1):
        seen = str(AUDIENCES[question.audience])
        must = _("måste besvaras, ") if question.required else ""
        runs = (Text(question.text), Text(f" ({must}{seen[:1].lower()}{seen[1:]})", italic=True))
        yield (Paragraph(runs, f"letter/questions/{number}"),)


def mail_text(facts: LetterFacts, *, name: str, address: str) -> tuple[str, str]:
    """Subject and body of the mail that carries a letter, in the language of the moment."""
    subject = _("Återrapport att lämna: %(title)s (%(party)s)") % {"title": facts.title, "party": facts.party}
    context = {
        "facts": facts, "name": name, "address": address, "contacts": named(facts.contacts),
        "uses": _bare(facts.uses), "conditions": _bare(facts.conditions),
    }  # fmt: skip
    return subject, render_to_string("letters/emails/letter.txt", context)


def ask_text(facts: LetterFacts, *, purpose: str, name: str, address: str, question: str, by: str) -> tuple[str, str]:
    """Subject and body of the mail with which a report comes to its approver, or back to its writer."""
    if purpose == Purpose.APPROVE:
        subject = _("Att godkänna: %(title)s (%(party)s)")
    else:
        subject = _("En fråga om er återrapport: %(title)s (%(party)s)")
    context = {
        "facts": facts, "name": name, "address": address, "contacts": named(facts.contacts), "question": question,
        "by": by,
    }  # fmt: skip
    kind = "approve" if purpose == Purpose.APPROVE else "question"
    return subject % {"title": facts.title, "party": facts.party}, render_to_string(
        f"letters/emails/{kind}.txt", context
    )


def _bare(text: str) -> str:
    return plain_text(parse(text, base_level=1, key="text")).strip()
