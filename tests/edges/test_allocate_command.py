"""`samplan allocate` as a person or a script meets it: the same figures in three forms, one line for bad input."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samplan.cli import main

CHECK = "code,name,weight\n1,Första,2317853669\n2,Andra,7682146331\n"


@pytest.fixture(autouse=True)
def swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "sv")


def run(tmp_path: Path, text: str | bytes = CHECK, *, amount: str = "1000", more: tuple[str, ...] = ()) -> Result:
    file = tmp_path / "weights.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    options = ("--amount", amount, "--weights", str(file), "--format", "json")
    rounding = () if "--rounding" in more else ("--rounding", "nearest")
    return CliRunner().invoke(main, ["allocate", *options, *rounding, *more])


def shares(result: Result) -> list[int]:
    assert result.exit_code == 0, result.stderr
    return [share["amount"] for share in json.loads(result.stdout)["shares"]]


@pytest.mark.parametrize(
    ("amount", "flat", "expected"),
    [
        ("217000000", "0", [50297425, 166702575]),
        ("200 000 000", "0", [46357073, 153642927]),
        ("50\u00a0000\u00a0000", "0", [11589268, 38410732]),
        ("105000000", "5 000 000", [27019610, 77980390]),
        ("0", "0", [0, 0]),
    ],
)
def test_the_agreements_figures(tmp_path: Path, amount: str, flat: str, expected: list[int]) -> None:
    assert shares(run(tmp_path, amount=amount, more=("--flat", flat))) == expected


def test_json_has_exactly_these_fields(tmp_path: Path) -> None:
    text = 'code;name;weight\n02;"Åmål; stad";1,50\n01;B;1.5\n'
    result = run(tmp_path, text, amount="5", more=("--rounding", "largest-remainder", "--flat", "1"))
    assert json.loads(result.stdout) == {
        "amount": 5,
        "flat": 1,
        "rounding": "largest-remainder",
        "shares": [
            {"code": "02", "name": "Åmål; stad", "weight": "1,50", "amount": 2},
            {"code": "01", "name": "B", "weight": "1.5", "amount": 3},
        ],
        "total": 5,
        "remainder": 0,
    }


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + CHECK,
        CHECK.replace(",", ";"),
        CHECK.replace("\n", "\r\n"),
        CHECK + "\n,,\n",
        "weight,note,code,name\n2317853669,x,1,A\n7682146331,,2,B",
        'code,name,weight\n"1","A, B","23178,53669"\n2,B,"76821,46331"\n',
    ],
)
def test_forms_of_the_file(tmp_path: Path, text: str) -> None:
    assert shares(run(tmp_path, text, amount="217000000")) == [50297425, 166702575]


def test_csv_and_table_say_the_same(tmp_path: Path) -> None:
    read = list(csv.DictReader(io.StringIO(run(tmp_path, more=("--format", "csv")).stdout)))
    assert [(row["code"], row["weight"], row["amount"]) for row in read] == [
        ("1", "2317853669", "232"),
        ("2", "7682146331", "768"),
    ]
    table = run(tmp_path, more=("--format", "table")).stdout.splitlines()
    assert table[2].split() == ["1", "Första", "2317853669", "232"]
    assert table[-2].split() == ["Summa", "1", "000"]


HEAD = "code,name,weight\n"
BAD_FILES = [
    ("", "tom"),
    ("\n\n", "tom"),
    (HEAD, "inga rader"),
    ("code,name\n1,A\n", "weight"),
    ("code,name,weight,weight\n1,A,1,1\n", "weight"),
    (HEAD + "1,A,1\n2,B,-1\n", "rad 3, kod 2: vikten är negativ"),
    (HEAD + "1,A,\n", "rad 2, kod 1: vikten saknas"),
    (HEAD + "1,A,1\n\n1,B,1\n", "rad 4, kod 1"),
    (HEAD + "1,A,0\n2,B,0,\n", "rad 3, kod 2"),
    (HEAD + "1,A,0\n2,B,0.0\n", "noll"),
    (HEAD + "1,A,1,5\n", "rad 2, kod 1"),
    (HEAD + "1,A\n", "rad 2, kod 1"),
    (HEAD + ",A,1\n", "rad 2: koden saknas"),
    (HEAD + '1,"A,1\n', "rad 2"),
    (HEAD + '1,"A\nB",1\n', "rad 2"),
    (HEAD + "1,A\0,1\n", "rad 2"),
    (HEAD.encode() + "1,Gävle,1\n".encode("latin-1"), "rad 2"),
    (HEAD.encode("utf-16"), "UTF-8"),
    *[(HEAD + f'1,A,"{bad}"\n', "rad 2, kod 1") for bad in ("1e5", "+5", "1.", ".5", "１", "-0", "1 0", "ett", "NaN")],
    (HEAD + f"1,A,{'9' * 5000}\n", "rad 2, kod 1"),
    (HEAD + f"1,{'A' * 200_000},1\n", "rad 2"),
]


@pytest.mark.parametrize(("text", "said"), BAD_FILES)
def test_a_bad_file_is_told_in_one_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    refused(run(tmp_path, text), said)


@pytest.mark.parametrize("amount", ["", "-5", "1.0", "1,5", "1e5", "1 50", "ett", "１", "9" * 5000, "1\n2"])
def test_a_bad_amount_is_told_in_one_line(tmp_path: Path, amount: str) -> None:
    refused(run(tmp_path, amount=amount), "--amount")
    refused(run(tmp_path, more=("--flat", amount)), "--flat")


def test_more_flat_than_amount(tmp_path: Path) -> None:
    refused(run(tmp_path, amount="9", more=("--flat", "5")), "--flat")


PARTIES = "code,name,weight\n2101,Ockelbo,5709\n2104,Hofors,9216\n2180,Gävle,104030\n"
GOT = "code,name,weight\n2101,Ockelbo,78692\n2104,Hofors,99000\n2180,Gävle,964190\n"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--catchment", "2104,2180"), [0, 81_380, 918_620]),
        (("--catchment", " 2104 , 2180", "--outside", "50 000"), [50_000, 77_311, 872_689]),
        (("--catchment", "2104,2180", "--exception", "2101=30 000"), [30_000, 78_939, 891_061]),
        (("--exception", "2180=0", "--exception", "2101=100000"), [100_000, 900_000, 0]),
        (("--steps", "9 000:300 000,0:200 000,50000:500000"), [200_000, 300_000, 500_000]),
        (("--steps", "9000:300000"), [0, 300_000, 300_000]),
    ],
)
def test_catchment_and_steps(tmp_path: Path, options: tuple[str, ...], expected: list[int]) -> None:
    result = run(tmp_path, PARTIES, amount="1000000", more=(*options, "--rounding", "largest-remainder"))
    assert shares(result) == expected
    assert json.loads(result.stdout)["remainder"] == 1_000_000 - sum(expected)


def levied(tmp_path: Path, *options: str, text: str = GOT, rounding: str = "largest-remainder") -> Result:
    file = tmp_path / "got.csv"
    file.write_text(text, encoding="utf-8")
    arguments = ["allocate", "--weights", str(file), "--format", "json", "--rounding", rounding, *options]
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(
    ("options", "rounding", "expected", "amount"),
    [
        (("--levy", "2,5"), "largest-remainder", [1967, 2475, 24_105], 28_547),
        (("--levy", "2.5 %"), "nearest", [1967, 2475, 24_105], 28_547),
        (("--levy", "0.1", "--exempt", "2180=Tackade nej"), "nearest", [79, 99, 0], 178),
        (("--levy", "100"), "nearest", [78_692, 99_000, 964_190], 1_141_882),
    ],
)
def test_a_levy_reckons_its_pot(
    tmp_path: Path, options: tuple[str, ...], rounding: str, expected: list[int], amount: int
) -> None:
    result = levied(tmp_path, *options, rounding=rounding)
    assert shares(result) == expected
    told = json.loads(result.stdout)
    assert (told["amount"], told["total"], told["key"]["key"]) == (amount, sum(expected), "levy")
    assert told["key"]["exempt"] == ({"2180": "Tackade nej"} if "--exempt" in options else {})


def test_the_table_of_a_levy_says_what_each_got(tmp_path: Path) -> None:
    result = levied(tmp_path, "--levy", "2,5", "--format", "table")
    assert result.stdout.splitlines()[0].split() == ["Kod", "Namn", "Har", "fått", "Kronor"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--levy", "0"), "--levy"),
        (("--levy", "100,1"), "--levy"),
        (("--levy", "-1"), "--levy"),
        (("--levy", "en\nprocent"), "--levy"),
        (("--levy", "5", "--amount", "9"), "--amount anges inte"),
        (("--levy", "5", "--flat", "9"), "--flat och --levy"),
        (("--levy", "5", "--catchment", "2101"), "--catchment och --levy"),
        (("--levy", "5", "--exempt", "2101"), "CODE=REASON"),
        (("--levy", "5", "--exempt", "=nej"), "CODE=REASON"),
        (("--levy", "5", "--exempt", "9=nej"), "koden 9 finns inte"),
        (("--levy", "5", "--exempt", "2101=a", "--exempt", "2101=b"), "--exempt har samma kod"),
        (("--levy", "5", *(x for c in ("2101", "2104", "2180") for x in ("--exempt", f"{c}=nej"))), "ingen av raderna"),
        (("--exempt", "2101=nej", "--amount", "5"), "--exempt hör till --levy"),
        ((), "--amount saknas"),
        (("--amount", "5", "--outside", "1"), "--outside hör till --catchment"),
        (("--amount", "5", "--catchment", "2101", "--steps", "0:1"), "--steps och --catchment"),
        (("--amount", "5", "--catchment", "2101,,2104"), "koder med komma"),
        (("--amount", "5", "--catchment", "2101,21"), "koden 21 finns inte"),
        (("--amount", "5", "--catchment", "2101", "--outside", "3"), "tillsammans 6"),
        (("--amount", "5", "--catchment", "2101", "--outside", "-3"), "--outside ska vara hela kronor"),
        (("--amount", "5", "--catchment", "2101", "--exception", "2101=0"), "ingen rad att dela"),
        (("--amount", "5", "--exception", "2101"), "CODE=KRONOR"),
        (("--amount", "5", "--exception", "2101=1,5"), "--exception ska vara hela kronor"),
        (("--amount", "5", "--exception", "9=1"), "koden 9 finns inte"),
        (("--amount", "5", "--exception", "2101=1", "--exception", "2101=2"), "samma kod två gånger"),
        (("--amount", "5", "--steps", "0"), "--steps skrivs som"),
        (("--amount", "5", "--steps", "0:1,0:2"), "samma gräns"),
        (("--amount", "5", "--steps", "0:1,"), "--steps skrivs som"),
    ],
)
def test_wrong_keys_are_told_in_one_line(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    refused(levied(tmp_path, *options), said)


def test_a_levy_is_of_whole_kronor(tmp_path: Path) -> None:
    refused(levied(tmp_path, "--levy", "5", text=GOT.replace("99000", "99000.5")), "kod 2104")
    refused(levied(tmp_path, "--levy", "5", text="code,name,weight\n1,A,0\n"), "ingen av raderna")


@pytest.mark.parametrize("file", ["", "missing.csv", ".", "nul\0.csv", "två\nrader.csv"])
def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.chdir(tmp_path)
    refused(
        CliRunner().invoke(main, ["allocate", "--amount", "1", "--weights", file, "--rounding", "nearest"]), "går inte"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["allocate"], "--amount saknas"),
        (["allocate", "--amount", "1", "--weights", "x", "--rounding", "up"], "nearest, largest-remainder"),
        (["allocate", "--directory", "x"], "--directory"),
        (["allocate", "--amount"], "--amount"),
        (["alocate"], "alocate"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    refused(CliRunner().invoke(main, arguments), said)


def refused(result: Result, said: str) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert said in result.stderr


def test_weights_from_standard_input() -> None:
    arguments = ["allocate", "--amount", "10", "--weights", "-", "--rounding", "nearest", "--format", "json"]
    assert shares(CliRunner().invoke(main, arguments, input=CHECK)) == [2, 8]


@pytest.mark.parametrize(
    "arguments", [["--help"], ["allocate", "--help"], ["allocate", "--amount", "10", "--weights", "-"]]
)
def test_without_the_web_framework(arguments: list[str]) -> None:
    """A process of its own: the real exit status, and no Django in memory at the end."""
    program = """
import sys
from samplan.cli import main
try:
    main()
finally:
    assert "django" not in sys.modules, "django was loaded"
"""
    rounding = ["--rounding", "nearest"] if "--weights" in arguments else []
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, *rounding],
        input=CHECK.encode(),
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "ascii:backslashreplace"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
