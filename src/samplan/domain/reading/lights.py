"""Traffic lights: a status that tells how far the goal is reached, in colours, signs or words."""

from __future__ import annotations

import re
from typing import Final

from samplan.domain.reading.draft import Draft
from samplan.domain.reading.vocabulary import Vocabulary, plain

_SIGNS: Final = re.compile(
    "\\s*[\U0001f534\U0001f535\U0001f7e0-\U0001f7eb\u25cf\u26aa\u26ab\u2705\u2714\u274c\u2757\u2b1b\u2b1c]"
)


def told(draft: Draft, words: Vocabulary) -> None:
    """Where most of a document's statuses are lights, the field is the fulfilment of goals."""
    nodes = [node for area in draft.areas for node in (area, *area.activities, *area.directives)]
    held = [node for node in nodes if "status" in node.fields]
    texts = [node.fields["status"].text for node in held]
    lit = sum(is_light(text, words) for text in texts)
    if not lit or lit * 2 < sum(bool(text) for text in texts):
        return
    for node in held:
        if "goal_fulfilment" not in node.fields:
            node.fields = {"goal_fulfilment" if key == "status" else key: leaf for key, leaf in node.fields.items()}


def is_light(text: str, words: Vocabulary) -> bool:
    """Whether a status is a coloured sign, or begins with a colour or a word for how far the goal is reached."""
    bare = plain(re.sub(r"[^\w\s]", " ", text))
    return bool(_SIGNS.match(text)) or any((bare + " ").startswith(word + " ") for word in words.of("tables", "lights"))
