"""Why something could not be done: codes of refusals in words. One table for every room."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.domain.errors import DomainError

REASONS = {
    # The engine that shares money.
    "age_range": gettext_lazy("Den övre åldern är lägre än den undre."),
    "amount_negative": gettext_lazy("Ett belopp kan inte vara mindre än noll."),
    "catchment_stranger": gettext_lazy(
        "Upptagningsområdet har en part som inte är med i fördelningen (%(row)s). Välj bara dem som är med."
    ),
    "catchment_empty": gettext_lazy("Upptagningsområdet är tomt. Välj minst en part."),
    "code_twice": gettext_lazy("%(row)s står två gånger. Varje part kan vara med en gång."),
    "exception_twice": gettext_lazy("Samma part har två undantag. Skriv ett."),
    "exempt_reason": gettext_lazy("Skriv varför parten inte betalar."),
    "exempt_stranger": gettext_lazy("En part som inte ska betala är inte heller med (%(row)s). Ta bort raden om den."),
    "exempt_twice": gettext_lazy("Samma part står två gånger bland dem som inte betalar."),
    "flat_over_amount": gettext_lazy(
        "%(rows)s belopp på %(flat)s kronor var är mer än de %(amount)s kronor som ska fördelas."
    ),
    "group_empty": gettext_lazy("En grupp ska få pengar men ingen i gruppen är med. Välj dem eller ändra andelarna."),
    "group_twice": gettext_lazy("Samma grupp står två gånger."),
    "group_unknown": gettext_lazy("En av parterna hör inte till någon av grupperna som delar."),
    "groups_missing": gettext_lazy("Säg vilka grupper som delar."),
    "groups_over_amount": gettext_lazy(
        "Gruppernas belopp är tillsammans %(total)s kronor, mer än de %(amount)s kronor som ska fördelas."
    ),
    "key_data": gettext_lazy("Fördelningsnyckeln kunde inte läsas."),
    "levy_amount": gettext_lazy("Potten är %(amount)s kronor men andelarna blir %(pot)s, så inget är sparat."),
    "levy_nothing": gettext_lazy("Ingen av dem som ska betala har fått något, så det finns inget att ta en andel av."),
    "levy_percent": gettext_lazy("Andelen ska vara mer än 0 och högst 100 procent."),
    "nobody_inside": gettext_lazy(
        "Det finns pengar kvar men ingen att dela dem mellan: alla har ett eget belopp. Låt minst en part dela resten."
    ),
    "not_a_number": gettext_lazy("Skriv ett tal med siffror, till exempel 1 250 eller 3,5."),
    "not_whole": gettext_lazy("Skriv hela kronor med siffror, till exempel 12 500."),
    "number_missing": gettext_lazy("Skriv ett tal."),
    "number_negative": gettext_lazy("Ett tal kan inte vara mindre än noll."),
    "number_too_long": gettext_lazy("Talet är för stort."),
    "outside_over_amount": gettext_lazy(
        "Beloppen till dem utanför området och undantagen är tillsammans %(total)s kronor, mer än de %(amount)s kronor "
        "som ska fördelas."
    ),
    "cover_taken": gettext_lazy("Planen har redan en omslagsbild. Ta bort den först, eller lägg bilden i texten."),
    "picture_kind": gettext_lazy("Filen är ingen bild som kan visas. Välj en PNG, JPEG eller SVG."),
    "picture_place": gettext_lazy("En bild på omslaget hör inte till något kapitel eller område. Välj det ena."),
    "picture_size": gettext_lazy("Bilden är för stor. Den får vara högst 5 MB och 8 000 punkter på var ledd."),
    "picture_unsafe": gettext_lazy(
        "Bilden innehåller annat än former och text, till exempel ett skript eller en länk. Spara den som PNG."
    ),
    # Uploaded files.
    "file_attached": gettext_lazy(
        "En annan mall är kopplad till filen. Ta bort kopplingen i Word (Utvecklare, Dokumentmall) och spara igen."
    ),
    "file_broken": gettext_lazy("Filen går inte att läsa. Öppna den, spara den på nytt och försök igen."),
    "file_carries": gettext_lazy(
        "Filen bär på objekt från andra program eller på kontroller. Ta bort dem eller gör dem till bilder."
    ),
    "file_encrypted": gettext_lazy("Filen är skyddad med lösenord. Ta bort lösenordet och ladda upp den igen."),
    "file_entities": gettext_lazy("Filen innehåller egna XML-definitioner och tas inte emot."),
    "file_fetches": gettext_lazy(
        "Filen hämtar något utifrån, till exempel en länkad bild. Infoga det i filen i stället och spara igen."
    ),
    "file_kind": gettext_lazy(
        "Filen är av ett slag som inte tas emot. Välj en PDF, ett dokument från Word, Excel, PowerPoint eller "
        "LibreOffice, en bild eller en textfil."
    ),
    "file_macros": gettext_lazy("Filen innehåller makron. Spara den utan makron (.docx, .xlsx) och försök igen."),
    "file_not_word": gettext_lazy("Filen är inget dokument från Word. Spara mallen som .docx."),
    "file_old": gettext_lazy("Filen är i ett äldre format. Spara den som .docx, .xlsx eller .pptx."),
    "too_many_comments": gettext_lazy("Det finns redan %(most)s kommentarer på stycket."),
    "too_many_files": gettext_lazy("Det finns redan %(most)s filer här. Ta bort någon först."),
    "template_used": gettext_lazy("Mallen används. Sluta använda den först."),
    "file_size": gettext_lazy(
        "Filen är för stor. Den får vara högst %(most)s MB, och inte packa upp sig till mycket mer."
    ),
    "not_a_colleague": gettext_lazy("Välj en kollega som har ett konto hos er."),
    "part_closed": gettext_lazy(
        "Delen är klar eller tillbakatagen, så det du skrev nu är inte sparat. Texten finns kvar här nedanför."
    ),
    "part_empty": gettext_lazy("Välj minst en fråga."),
    "part_is_out": gettext_lazy("%(names)s har redan någon av frågorna. Ta tillbaka dem först."),
    "parts_out": gettext_lazy("%(names)s är inte klar med sin del. Vänta, eller ta tillbaka delen och skicka sedan."),
    "percent_or_kronor": gettext_lazy("Ge varje grupp en andel i procent eller ett belopp, inte båda."),
    "percents_not_100": gettext_lazy("Andelarna blir tillsammans %(total)s procent. De ska bli 100."),
    "rounding_unknown": gettext_lazy("Välj ett av de två sätten att avrunda."),
    "rows_missing": gettext_lazy("Välj minst en part att dela mellan."),
    "share_differs": gettext_lazy("Ett av beloppen blev fel vid kontrollräkningen, så inget är sparat."),
    "split_in_split": gettext_lazy("En delning i grupper kan inte ligga inne i en annan."),
    "sum_for_stranger": gettext_lazy(
        "Ett belopp gäller en part som inte är med (%(row)s). Ta med parten eller ta bort beloppet."
    ),
    "step_twice": gettext_lazy("Två steg börjar vid samma antal invånare."),
    "steps_missing": gettext_lazy("Skriv minst ett steg."),
    "sum_twice": gettext_lazy("Samma part har fått två belopp. Skriv ett."),
    "weights_zero": gettext_lazy("Det finns ingen folkmängd att dela efter: alla tal är noll."),
    # Rooms and rules.
    "allocation_frozen": gettext_lazy(
        "Fördelningen är beslutad. Ändra den genom en ny fördelning och ett nytt beslut."
    ),
    "allocation_meanwhile": gettext_lazy(
        "Någon annan har räknat om den sedan sidan öppnades. Se beloppen som de är nu, och fastställ sedan."
    ),
    "population_missing": gettext_lazy(
        "Folkmängd saknas den %(on)s för %(names)s. Välj en annan dag eller läs in siffrorna."
    ),
    "population_date": gettext_lazy("Välj vilken dags folkmängd som ska gälla."),
    "already_issued": gettext_lazy("Direktivet är redan utfärdat. Ändra det genom att göra en ny version."),
    "already_superseded": gettext_lazy(
        "Någon annan har redan ersatt det här. Läs in sidan igen och se vad som gäller."
    ),
    "allocation_differs": gettext_lazy(
        "Fördelningen av %(title)s är på %(parts)s kronor, men raden på %(whole)s kronor. De måste vara lika."
    ),
    "allocation_not_frozen": gettext_lazy("Fördelningen av %(title)s är inte beslutad än. Besluta om den först."),
    "carry_too_much": gettext_lazy("Högst det som är kvar kan föras vidare, %(left)s kronor."),
    "changed_by_other": gettext_lazy(
        "Någon annan har ändrat samma text medan du skrev. Båda texterna visas, välj vilken som ska gälla."
    ),
    "changed_meanwhile": gettext_lazy("Något i rapporten ändrades just nu. Läs den en gång till och godkänn sedan."),
    "code_taken": gettext_lazy("Två frågor har samma kod. Ge dem olika texter."),
    "codes_lost": gettext_lazy(
        "Det nya formuläret saknar frågor som redan är besvarade. Ta med dem, så följer svaren med."
    ),
    "conflicts_open": gettext_lazy(
        "%(number)s redigerade stycken bygger på uppgifter som har ändrats. Gå igenom dem först."
    ),
    "dates_in_order": gettext_lazy("Sista dagen kan inte vara före första dagen."),
    "submission_sent": gettext_lazy(
        "Inlämningen är skickad och ändras inte mer. Skicka igen om något ska läggas till."
    ),
    "no_version_yet": gettext_lazy("Ingen version är godkänd än. Bara en godkänd version kan lämnas in."),
    "job_is_made": gettext_lazy("Filen görs just nu. Vänta tills den är klar."),
    "receipt_missing": gettext_lazy("Skriv kvittensens nummer eller lägg till den som fil."),
    "version_not_approved": gettext_lazy(
        "Versionen gäller inte längre: en senare är godkänd. Ta tillbaka inlämningen och välj den."
    ),
    "steps_in_order": gettext_lazy("Dagen kan inte vara före steget innan."),
    "day_to_come": gettext_lazy("Dagen har inte varit än."),
    "decision_does_not_cover": gettext_lazy(
        "Beslutspunkten gäller något annat, eller är inte bifallen. Välj en punkt som passar."
    ),
    "decision_superseded": gettext_lazy("Beslutet är ersatt av ett senare. Välj det beslut som gäller."),
    "document_is_read": gettext_lazy("Dokumentet läses just nu. Vänta tills det är läst."),
    "draft_changed": gettext_lazy("%(by)s har nyss ändrat samma sak."),
    "draft_closed": gettext_lazy("Utkastet har redan blivit en plan och ändras inte längre."),
    "draft_gone": gettext_lazy("Det finns inte längre i utkastet. Läs in sidan igen och se vad som gäller."),
    "draft_moved_on": gettext_lazy("Utkastet har ändrats sedan du öppnade sidan. Se vad som gäller nu och tryck igen."),
    "draft_unfit": gettext_lazy("Det går inte att göra så här. Välj en annan plats eller ett annat slag."),
    "email": gettext_lazy("Det ser inte ut som en e-postadress."),
    "email_taken": gettext_lazy("Det finns redan ett konto med den adressen."),
    "form_frozen": gettext_lazy(
        "Formuläret är redan utskickat. Gör en ny version av direktivet om frågorna ska ändras."
    ),
    "forbidden": gettext_lazy("Du har inte behörighet till det här."),
    "incomplete": gettext_lazy("Några frågor måste besvaras innan ni kan skicka in. De är markerade i formuläret."),
    "kronor": gettext_lazy("Skriv hela kronor med siffror, till exempel 12 500."),
    "line_is_allocated": gettext_lazy(
        "%(title)s är fördelad mellan parterna. Fatta först ett nytt beslut om fördelningen."
    ),
    "levy_is_no_share": gettext_lazy(
        "%(title)s är en avsättning: där betalar parterna. Välj en fördelning som ger dem pengar."
    ),
    "levy_kind": gettext_lazy("En avsättning ersätts av en avsättning, och en fördelning av en fördelning."),
    "levy_source_changed": gettext_lazy(
        "%(title)s har ändrats sedan avsättningen räknades. Räkna om den på det som gäller, och besluta sedan."
    ),
    "levy_source_preliminary": gettext_lazy(
        "%(title)s är preliminärt. Inför det beslutade beloppet först, och räkna om avsättningen."
    ),
    "levy_source_unknown": gettext_lazy(
        "Något av underlaget gäller inte längre, eller hör till ett annat län eller år. Välj bland det som visas."
    ),
    "levy_sources_missing": gettext_lazy("Välj minst ett bidrag eller en fördelning att ta en andel av."),
    "days_between": gettext_lazy("Skriv ett antal dagar mellan 1 och %(most)s, eller lämna tomt."),
    "days_in_order": gettext_lazy("Den sista påminnelsen måste komma efter den första."),
    "letter_not_needed": gettext_lazy("Rapporten är klar eller begärs inte längre. Den behöver inget brev."),
    "link_ended": gettext_lazy("Länken gäller inte längre. Be samordnaren om en ny."),
    "too_many_statements": gettext_lazy("Länken har öppnats många gånger på kort tid. Vänta en timme och försök igen."),
    "link_used_up": gettext_lazy("Länken gäller inte längre. Be om en ny."),
    "grant_divided": gettext_lazy("Bidraget är delat på poster. Skriv användningen på varje post."),
    "may_not_carry_on": gettext_lazy(
        "Överenskommelsen låter inte medel föras vidare. Det som är kvar betalas tillbaka."
    ),
    "more_than_paid": gettext_lazy("Mottagaren kan inte betala tillbaka mer än den har fått."),
    "name_taken": gettext_lazy("Namnet är upptaget. Välj ett annat."),
    "needs_approval": gettext_lazy("Partens chef ska godkänna rapporten innan den kan godkännas här."),
    "negative": gettext_lazy("Ett belopp kan inte vara mindre än noll."),
    "no_frozen_allocation": gettext_lazy(
        "Direktivet saknar en beslutad fördelning. Koppla det till en budgetpost vars fördelning är fastställd."
    ),
    "no_mandate": gettext_lazy(
        "%(body)s hade inte mandat att besluta om detta den dagen. Kontrollera organ, dag och vad punkten gäller."
    ),
    "no_questions": gettext_lazy("Ett direktiv har minst en fråga att svara på. Lägg till den i utkastet."),
    "no_such_move": gettext_lazy(
        "Det går inte att göra det från läget saken är i nu. Läs in sidan igen och se vad som gäller."
    ),
    "not_a_party": gettext_lazy("Organisationen är inte part i länet."),
    "not_a_receiver": gettext_lazy("Posten går inte till den mottagaren."),
    "not_a_recipient": gettext_lazy("Bidraget är inte till den mottagaren."),
    "not_editable": gettext_lazy(
        "Rapporten är inskickad och kan inte ändras. Ta tillbaka den eller be samordnaren sända tillbaka den."
    ),
    "nothing_paid": gettext_lazy("Skriv ett belopp som är större än noll."),
    "nothing_to_account_for": gettext_lazy("Mottagaren har inga bidrag att redovisa."),
    "number": gettext_lazy("Skriv ett tal med siffror, till exempel 1 250 eller 3,5."),
    "number_too_large": gettext_lazy("Talet är för stort. Högst 15 siffror och 6 decimaler får plats."),
    "number_taken": gettext_lazy("Numret är upptaget. Välj ett annat."),
    "organisation_needed": gettext_lazy("Välj vilken organisation rollen gäller."),
    "parts_differ": gettext_lazy(
        "Raderna blir tillsammans %(parts)s kronor men bidraget är %(whole)s kronor. Rätta så att summan stämmer."
    ),
    "personal_number": gettext_lazy(
        "Texten ser ut att innehålla ett personnummer. Beskriv händelsen så att ingen går att känna igen."
    ),
    "code_form": gettext_lazy("Koden får bara ha små bokstäver a–z, siffror och _."),
    "period": gettext_lazy("Skriv perioden som 2024, 2024H1, 2024Q3 eller 2024-05."),
    "answer_not_accepted": gettext_lazy("Svaret är inte godkänt än. Godkänn rapporten först."),
    "need_after_answer": gettext_lazy("Svaret gäller %(year)s. Behovet hör till ett senare år."),
    "already_activity": gettext_lazy("Förslaget är redan en insats i planen."),
    "facts_missing": gettext_lazy("Förslaget saknar uppgifter. Skriv dem först."),
    "not_approved": gettext_lazy("Bara ett förslag som har fått bifall kan bli en insats."),
    "proposal_not_draft": gettext_lazy(
        "Förslaget är inte längre ett utkast. Ta tillbaka det till utkast för att skriva."
    ),
    "already_turned": gettext_lazy("Det är redan sagt vad det blir av insatsen. Ta tillbaka det först."),
    "in_use": gettext_lazy("Något annat hänger på detta. Ta bort det först."),
    "plan_exists": gettext_lazy("Det finns redan en plan för det året."),
    "turn_numbers": gettext_lazy(
        "Valet stämmer inte med antalet insatser. Slås ihop: minst två blir en. Delas: en blir minst två."
    ),
    "years_in_order": gettext_lazy("Året måste komma efter planens första år."),
    "points_needed": gettext_lazy("Ett beslut har minst en punkt."),
    "personal_number_left": gettext_lazy(
        "%(number)s texter har ett personnummer. Skriv om dem eller lägg dem åt sidan."
    ),
    "population_contradicts": gettext_lazy(
        "Det finns redan en annan slutlig folkmängd för %(area)s: %(there)s, inte %(new)s."
    ),
    "reason_needed": gettext_lazy("Skriv i en mening varför."),
    "required": gettext_lazy("Fyll i det här fältet."),
    "stale": gettext_lazy("Sidan var gammal. Det du skrev finns kvar här, spara en gång till."),
    "table_cell": gettext_lazy("Rad %(line)s: ”%(text)s” är inget belopp i hela kronor."),
    "table_empty": gettext_lazy("Klistra in tabellen, med rubrikerna på första raden."),
    "table_head": gettext_lazy(
        "Den första raden ska ha rubrikerna: Avsnitt och minst en av Region, Kommuner och Länsgemensamt."
    ),
    "table_cells": gettext_lazy("Tabellen har för många värden. Högst %(most)s får plats, klistra in den i delar."),
    "table_long": gettext_lazy("Tabellen är för lång. Högst %(most)s rader får plats."),
    "table_twice": gettext_lazy("Rad %(line)s: avsnitt %(number)s har redan ett belopp för samma mottagare."),
    "value_head": gettext_lazy(
        "Den första raden ska ha rubrikerna, och under minst en av dem värden: en period som 2024, Kvinnor, Män, Värde "
        "eller Mål."
    ),
    "too_long": gettext_lazy("Texten är för lång. Högst %(most)s tecken får plats."),
    "unknown_choice": gettext_lazy("Välj något av det som finns i listan."),
    "unknown_county": gettext_lazy("Länet finns inte."),
    "use_reported": gettext_lazy(
        "Användningen kommer ur den godkända återrapporten. Sänd tillbaka rapporten om den ska ändras."
    ),
    "web_address": gettext_lazy("Skriv hela adressen till sidan, från https:// och framåt."),
}


KRONOR = frozenset({"amount", "flat", "parts", "pot", "total", "whole"})
"""Params that are kronor, and read in groups of three digits."""


def say(error: DomainError) -> str:
    """Why something could not be done, in the reader's language. A code without words is shown as it is: never
    hidden."""
    words = REASONS.get(error.code)
    if words is None:
        return _("Det gick inte: %(code)s.") % {"code": error.code}
    params: dict[str, Any] = {
        name: f"{value:,}".replace(",", "\u00a0") if name in KRONOR and isinstance(value, int) else value
        for name, value in error.params.items()
        if value is not None
    }
    return str(words) % defaultdict(lambda: "…", params) if "%(" in str(words) else str(words)
