"""The demo's content: whole, consistent, marked where it is invented, and in words of its own."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from samplan.domain.cycle import ReportStatus

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "src/samplan/config/demo/gavleborg-2024"
SEEDS = ROOT.parent / "shared/seeds"
LEVELS = {"joint", "region", "municipalities"}
COST_KINDS = {"salaries", "substitutes", "premises", "material", "coordination", "courses", "purchased_service"}
ROLES = {"does", "coordinates", "supports", "evaluates"}
QUESTION_KINDS = {"number", "choice", "choices", "text", "costs"}
AUDIENCES = {"coordinator", "parties", "everybody"}
RUN = 8


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


agreement, county, budget, plan = read("agreement"), read("county"), read("budget"), read("activities")
directives = {one["number"]: one for one in read("directives")["directives"]}
reports = read("reports")["reports"]
money = read("money")
syntheses = {one["directive"]: one["text"] for one in read("synthesis")["syntheses"]}
activities = {one["number"]: one for one in plan["activities"]}

MUNICIPALITIES = {
    "2101": "Ockelbo", "2104": "Hofors", "2121": "Ovanåker", "2132": "Nordanstig", "2161": "Ljusdal",
    "2180": "Gävle", "2181": "Sandviken", "2182": "Söderhamn", "2183": "Bollnäs", "2184": "Hudiksvall",
}  # fmt: skip
TAGS = {section["tag"] for section in agreement["sections"]}
PARTIES = set(MUNICIPALITIES) | {"21"} | {one["key"] for one in county["organisations"]}
BODIES = [body["key"] for body in county["bodies"]]
POINTS = {(decision["key"], point["number"]): point for decision in county["decisions"] for point in decision["points"]}


def figure(activity: str, code: str) -> Any:
    return next(one["value"] for one in activities[activity]["figures"] if one["code"] == code)


def parties_of(directive: dict[str, Any]) -> set[str]:
    return set(MUNICIPALITIES) | ({"21"} if directive["parties"] == "municipalities+region" else set())


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"https?://\S+", " ", text.lower()))


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


def test_the_agreement_agrees_with_the_sourced_totals() -> None:
    lines = [(section["tag"], line) for section in agreement["sections"] for line in section["lines"]]
    head = agreement["agreement"]
    assert sum(line["amount_national"] for _, line in lines) == 1_527_000_000
    assert head["total_national"] - head["national_association"] == 1_527_000_000
    assert sum(line["amount_national"] for tag, line in lines if tag == "barn-och-unga") == 803_000_000
    assert all(line["made_up"] and line["level"] in LEVELS and line["points"] for _, line in lines)
    assert [tag for tag, line in lines if line["level"] == "joint"] == [
        "barn-och-unga", "samsjuklighet", "suicidprevention", "medverkan",
    ]  # fmt: skip
    assert {line["key"]["key"] for _, line in lines} == {"population", "flat_population"}


def test_bodies_seats_and_mandates_point_at_what_exists() -> None:
    assert set(county["county"]["municipalities"]) == set(MUNICIPALITIES)
    for place, body in enumerate(county["bodies"]):
        assert body["parent"] in ["", *BODIES[:place]]
        assert body["remit"]
    assert all(mandate["body"] in BODIES for mandate in county["mandates"])
    for seat in county["seats"]:
        assert seat["body"] in BODIES
        assert set(seat["organisations"]) <= PARTIES
        assert seat["made_up"]
    deciding = {mandate["body"]: mandate for mandate in county["mandates"]}
    for decision in county["decisions"]:
        assert decision["date"] >= deciding[decision["body"]]["from"]
        assert decision["made_up"]
    assert [len(decision["points"]) for decision in county["decisions"]] == [6, 2]


def test_the_budget_pays_what_was_decided_and_keeps_one_rest_in_each_section() -> None:
    joint = {s["tag"] for s in agreement["sections"] for line in s["lines"] if line["level"] == "joint"}
    assert {section["tag"] for section in budget["sections"]} == joint
    for section in budget["sections"]:
        assert [line.get("rest", False) for line in section["lines"]] == [False] * (len(section["lines"]) - 1) + [True]
        for line in section["lines"]:
            assert ("amount" in line) != line.get("rest", False)
            assert line.get("payee", "21") in PARTIES
            assert line.get("activity", "6.1") in activities
            if line["kind"] == "directive":
                directive, point = directives[line["directive"]], POINTS[budget["decision"], line["point"]]
                assert line["amount"] == point["amount"]
                assert directive["area"] == section["tag"]
                assert line["allocation"]["to"] == directive["parties"]
                assert directive["decision"] == budget["decision"]
                assert directive["point"] == line["point"]
                groups = line["allocation"].get("groups", [{"percent": 100}])
                assert sum(group["percent"] for group in groups) == 100
    keys = [line["key"] for section in budget["sections"] for line in section["lines"]]
    assert len(keys) == len(set(keys))
    assert budget["made_up"]


def test_what_became_of_the_money_is_about_what_there_is() -> None:
    lines = {line["key"]: line for section in budget["sections"] for line in section["lines"]}
    levels = {(line["level"], section["tag"]) for section in agreement["sections"] for line in section["lines"]}
    assert money["made_up"]
    for row in [*money["payments"], *(row for row in money["uses"] if "line" in row)]:
        line = lines[row["line"]]
        assert line["kind"] != "held_back", row
        if row in money["payments"]:
            assert row.get("party", "2180") in MUNICIPALITIES
            assert row.get("amount", 0) <= line.get("amount", 0)
    for row in [row for name in ("requests", "uses", "repayments") for row in money[name] if "level" in row]:
        assert set(row.get("parties", ())) <= set(MUNICIPALITIES)
        assert row["level"] in LEVELS
        assert "tag" not in row or (row["level"], row["tag"]) in levels, row
    for row in money["uses"]:
        assert set(row["costs"]) <= {*COST_KINDS, "other"}, row
        assert sum(row["costs"].values()) == 100, row
        assert ("line" in row) != ("level" in row)
        assert lines.get(row.get("line"), {}).get("kind") != "directive", "the reports say it"
    asked = [party for row in money["requests"] for party in row.get("parties", ())]
    assert sorted(asked) == sorted(MUNICIPALITIES)


def test_the_budget_fits_in_the_computed_grants() -> None:
    """Gävleborg's 287 382 people of the country's 10 327 589, 31 December 2019 (SCB)."""
    lines = {s["tag"]: line for s in agreement["sections"] for line in s["lines"] if line["level"] == "joint"}
    for section in budget["sections"]:
        line = lines[section["tag"]]
        flat = line["key"].get("flat", 0)
        grant = flat + (line["amount_national"] - 21 * flat) * 287_382 // 10_327_589
        assert 0 < grant - sum(one.get("amount", 0) for one in section["lines"]) < grant // 2


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_directive_is_whole_and_its_form_can_be_answered(number: int) -> None:
    directive = directives[number]
    for field in ("background", "purpose", "goals", "description", "conditions", "suggested_uses"):
        assert directive[field].strip()
    assert directive["area"] in TAGS
    assert directive["last_day"].isoformat() == "2024-12-31"
    form = directive["questions"]
    assert 6 <= len(form) <= 9
    assert len({question["code"] for question in form}) == len(form)
    for question in form:
        assert question["kind"] in QUESTION_KINDS
        assert question["audience"] in AUDIENCES
        assert re.fullmatch(r"[a-z][a-z0-9_]*", question["code"])
        assert bool(question.get("options")) == (question["kind"] in {"choice", "choices"})
    assert {question["audience"] for question in form} == AUDIENCES
    assert [question["kind"] for question in form].count("costs") == 1


def test_every_party_has_one_request_for_each_directive() -> None:
    asked = [(report["directive"], report["party"]) for report in reports]
    assert sorted(asked) == sorted((n, party) for n, one in directives.items() for party in parties_of(one))
    assert len(reports) == 31
    assert read("reports")["made_up"]
    states = Counter(report["state"] for report in reports)
    assert set(states) <= set(ReportStatus)
    assert states["accepted"] > 20
    assert {state for state in states if states[state] == 1} == {"open", "draft", "returned", "nothing", "approved"}
    found = {(report["directive"], report["party"]): report["state"] for report in reports}
    assert found[2, "2132"] == "draft"
    assert found[2, "2104"] == "returned"
    assert found[1, "2101"] == "nothing"
    assert found[3, "2161"] == "open"


def test_reports_answer_the_questions_of_their_form() -> None:
    for report in reports:
        form = {question["code"]: question for question in directives[report["directive"]]["questions"]}
        answers = report.get("answers", {})
        where = (report["directive"], report["party"])
        for code, value in answers.items():
            question = form[code]
            options = {option["code"] for option in question.get("options", ())}
            match question["kind"]:
                case "number":
                    assert isinstance(value, int), where
                    assert value >= 0, where
                case "choice":
                    assert value in options, (where, code)
                case "choices":
                    assert set(value) <= options, (where, code)
                case "text":
                    assert value.strip(), (where, code)
                case _:
                    pytest.fail(f"{where}: {code} is answered by used_percent and costs")
        if report["state"] not in {"open", "draft", "nothing"}:
            needed = {code for code, one in form.items() if one["required"] and one["kind"] != "costs"}
            assert needed <= set(answers), where
        if "costs" in report:
            assert set(report["costs"]) <= COST_KINDS, where
            assert sum(report["costs"].values()) == 100, where
            assert 0 < report["used_percent"] <= 100, where
        assert ("submitted_on" in report) == (report["state"] not in {"open", "draft"}), where
        assert bool(report.get("reason")) == (report["state"] == "nothing"), where
        assert bool(report.get("return_question")) == (report["state"] == "returned"), where


def test_no_two_reports_share_a_text() -> None:
    texts = [text for report in reports for text in report.get("answers", {}).values() if isinstance(text, str)]
    long = [text for text in texts if " " in text]
    assert len(long) > 100
    assert len(set(long)) == len(long)


def test_the_activities_stand_under_their_headings_with_parties_that_exist() -> None:
    tops = [number for number, one in activities.items() if "parent" not in one]
    assert tops == [
        "3.2.1", "3.2.2", "4.2.1", "4.2.2", "4.2.3", "4.2.4", "5.2.1", "5.2.2", "5.2.3", "5.2.4", "5.2.5", "6.1",
    ]  # fmt: skip
    areas = {area["key"]: area["number"] for area in plan["areas"]}
    assert {area["section"] for area in plan["areas"]} <= TAGS
    assert plan["plan"]["owner"] in BODIES
    for number, one in activities.items():
        assert number.startswith(str(areas[one["area"]])), number
        assert one.get("parent", "4.2.4") in activities
        assert (one["kind"] == "partnership") == ("parent" in one)
        assert set(one["where"]) <= set(MUNICIPALITIES)
        assert one["parties"], number
        assert all(p["party"] in PARTIES and p["role"] in ROLES for p in one["parties"]), number
        for fact in ("purpose", "responsible", "principal", "follow_up", "funding", "description", "result"):
            assert one[fact].strip(), (number, fact)
        for event in one.get("events", ()):
            assert set(event["present"]) <= PARTIES
    assert [text["number"] for text in plan["texts"]] == ["1", "1.1", "1.2", "2"]


def test_the_figures_and_days_of_the_year_are_there() -> None:
    assert (figure("3.2.2", "schools"), figure("3.2.2", "network_schools")) == (53, 44)
    assert (figure("3.2.1", "municipalities_answered"), figure("3.2.1", "municipalities_asked")) == (8, 10)
    first = "4.2.4-1"
    assert [figure(first, code) for code in ("sessions", "session_length", "participants")] == [153, 60, 850]
    assert figure(first, "groups") == 41
    assert [figure(first, code) for code in ("evaluation_answers", "sessions_least", "sessions_most")] == [126, 2, 8]
    second = "4.2.4-2"
    assert [figure(second, code) for code in ("group_size", "meetings", "meeting_length", "age_from")] == [10, 8, 2, 70]
    third = "4.2.4-3"
    assert len(activities[third]["where"]) == figure(third, "municipalities") == 5
    increases = [figure(third, f"increase_{group}") for group in ("under_18", "over_18", "country")]
    assert increases == [152, 63, 30]
    days = {event["date"].isoformat(): event for one in activities.values() for event in one.get("events", ())}
    assert "2024-02-09" in days
    assert set(days["2024-06-14"]["present"]) == {"2180", "2181", "2182", "2101", "2104", "2184"}


def test_an_effort_without_a_directive_is_answered() -> None:
    (effort,) = plan["efforts"]
    codes = {question["code"] for question in effort["questions"]}
    assert set(effort["answers"]) <= codes
    assert effort["made_up"]
    assert effort["asked_by"] in BODIES
    assert {effort["party"], effort["unit"]} <= PARTIES
    assert {question["code"] for question in effort["questions"] if question["required"]} <= set(effort["answers"])
    points = [point for section in agreement["sections"] for line in section["lines"] for point in line["points"]]
    assert effort["answers"]["agreement_point"] in points


def test_a_synthesis_names_no_municipality() -> None:
    assert set(syntheses) == set(directives)
    for text in syntheses.values():
        assert not [name for name in MUNICIPALITIES.values() if name.lower() in text.lower()]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not kept beside the repository")
def test_no_wording_is_carried_over_from_the_sources() -> None:
    sources = set[tuple[str, ...]]().union(*(runs(path.read_text(encoding="utf-8")) for path in SEEDS.glob("*.txt")))
    assert len(sources) > 5_000
    for path in CONTENT.glob("*.toml"):
        for text in strings(tomllib.loads(path.read_text(encoding="utf-8"))):
            assert not runs(text) & sources, path.name
