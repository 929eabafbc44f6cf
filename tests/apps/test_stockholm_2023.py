"""Stockholm county's table of 2023: entered, computed by the agreement's keys and compared line by line.

Figures: table 1 of the county's joint plan for 2023. The agreement's own share of the population, 0.2317853669 on 1
November 2022, stands for the persons of the county; inside it they are spread as at the end of 2019. Two lines go by an
age group whose shares are fitted to the printed amounts, as the document names no persons.
"""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samplan.apps.agreements.models import Grant
from samplan.apps.agreements.operations.money import NewLine, NewSection, compute_grants, create_agreement, decide_grant
from samplan.apps.agreements.queries import grants_of
from samplan.apps.orgs import official
from samplan.apps.orgs.operations import PopulationRow, load_population
from samplan.domain.access import Actor, Assignment, Role, command_line
from samplan.domain.allocation import Row, allocate
from samplan.domain.allocation_keys import AgeGroup, FlatPopulation, Population, Steps
from tests.small_year import AT, load_places, person

pytestmark = pytest.mark.django_db
COUNTY, ON, WHOLE = "01", date(2022, 11, 1), 10_000_000_000
SHARES = {None: 2_317_853_669, 17: 2_380_837_973, 25: 2_336_631_400}  # of WHOLE, by the upper age
BOSS = command_line(COUNTY)
STEPS = Steps(((0, 1_000_000), (300_000_000, 2_000_000)))
SECTIONS = [
    ("3.1", "planer", [("region", 217_000_000, Population()), ("municipalities", 197_000_000, Population())]),
    ("3.2", "unga", [("region", 370_000_000, AgeGroup(0, 17)), ("joint", 150_000_000, AgeGroup(0, 25))]),
    ("3.3", "samsjuklighet", [("joint", 200_000_000, FlatPopulation(5_000_000))]),
    ("3.4", "kunskap", [("region", 100_000_000, Population()), ("municipalities", 100_000_000, Population())]),
    ("3.5", "brukare", [("joint", 31_000_000, STEPS)]),
    ("3.6", "suicid", [("joint", 200_000_000, Population())]),
    ("3.7", "trauma", [("region", 50_000_000, Population())]),
]
TABLE = """Avsnitt\tRegion Stockholm\tKommuner\tLänsgemensamt
3.1\t50 297 425\t45 661 707\t
3.2\t88 091 005\t\t35 049 471
3.3\t\t\t27 019 610
3.4\t23 178 535\t23 178 534\t
3.5\t\t\t2 000 000
3.6\t\t\t46 357 073
3.7\t11 589 268\t\t"""
DIFFER = {("3.1", "municipalities"), ("3.4", "region"), ("3.4", "municipalities")}


def persons() -> list[PopulationRow]:
    """The county's share of WHOLE persons, and the rest on the others as they were in 2019."""
    found = []
    then = official.population()
    for high, share in SHARES.items():
        for length in (2, 4):
            rows = [Row(row.area_code, "", row.persons) for row in then if len(row.area_code) == length]
            inside = [row for row in rows if row.code.startswith(COUNTY)]
            outside = [row for row in rows if not row.code.startswith(COUNTY)]
            for amount, some in ((share, inside), (WHOLE - share, outside)):
                given = allocate(amount, Population(), some, "largest-remainder").shares
                low = None if high is None else 0
                found += [PopulationRow(s.code, ON, s.amount, "Andelar 2023", age_from=low, age_to=high) for s in given]
    return found


@pytest.fixture
def grants() -> dict[tuple[str, str], Grant]:
    load_places()
    load_population(by=BOSS, at=AT, rows=persons())
    agreement = create_agreement(
        by=BOSS, at=AT, year=2023, title="Överenskommelse", parties="Staten och SKR", state="signed",
        sections=[
            NewSection(number, tag, tag.title(), tuple(NewLine(*line) for line in lines))
            for number, tag, lines in SECTIONS
        ],
    )  # fmt: skip
    compute_grants(by=BOSS, at=AT, county=COUNTY, agreement=agreement, population_on=ON)
    return by_place()


def by_place() -> dict[tuple[str, str], Grant]:
    return {(one.line.section.number, one.line.level): one for one in grants_of(COUNTY, 2023)}


def test_every_line_is_computed_and_three_differ_until_somebody_says_why(
    grants: dict[tuple[str, str], Grant],
) -> None:
    assert grants["3.1", "region"].amount == 50_297_425
    assert grants["3.2", "region"].amount == 88_091_005
    assert grants["3.2", "joint"].amount == 35_049_471
    assert grants["3.3", "joint"].amount == 27_019_610
    assert grants["3.5", "joint"].amount == 2_000_000
    client = Client()
    client.force_login(person(Role.CONTROLLER, COUNTY, "Controller Stockholm"))
    path = "/01/2023/pengar/bidrag/tabell/"
    compared = BeautifulSoup(client.post(path, {"table": TABLE, "action": "compare"}).content, "html.parser")
    rows = compared.select("#jamforelse tbody tr")
    assert len(rows) == 10
    assert sum("skiljer" in row.text for row in rows) == 3
    client.post(path, {"table": TABLE, "action": "save"})
    decided = by_place()
    assert sum(one.amount for one in decided.values()) == 352_422_628
    assert {place for place, one in decided.items() if one.amount != one.computed} == DIFFER
    assert decided["3.4", "region"].amount - decided["3.4", "region"].computed == -2
    money = "/01/2023/pengar/"
    assert len(BeautifulSoup(client.get(money).content, "html.parser").select(".tag--differs")) == 3
    controller = Actor("account", "Controller", 1, (Assignment(Role.CONTROLLER, COUNTY),))
    for place in DIFFER:
        one = decided[place]
        decide_grant(by=controller, at=AT, grant=one, amount=one.amount, reason="Tryckfel i beslutet, frågat SKR.")
    assert not BeautifulSoup(client.get(money).content, "html.parser").select(".tag--differs")
    assert sum(one.amount for one in by_place().values()) == 352_422_628
