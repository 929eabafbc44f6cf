"""`python -m tests.reading.truth`: the seals of the five documents, from their lines."""

from __future__ import annotations

import json

from tests.reading import seeds, truth
from tests.reading.truth import FOLDER


def main() -> None:
    every = {}
    for name in seeds.AT_HAND:
        lines = seeds.content(name).decode("utf-8-sig").split("\n")
        told = truth.load(name)
        found = {spec: truth.seal(truth.text_at(spec, lines)) for spec in truth.specs_in(told)}
        for area in told["areas"]:
            for activity in area.get("activities", []):
                if columns := activity.get("columns"):
                    row = ",".join(columns.values())
                    found[row] = truth.seal(truth.text_at(row, lines))
        every[name] = dict(sorted(found.items()))
    (FOLDER / "seals.json").write_text(json.dumps(every, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
