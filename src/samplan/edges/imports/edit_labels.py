"""What somebody did to a draft, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.domain.drafts.edits import UNDO, Edit
from samplan.domain.drafts.tree import Tree
from samplan.edges.imports.slot_labels import NODES, SLOTS, SORTS

LONGEST = 60


def short(text: str, most: int = LONGEST) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


class Deeds:
    """Words for the edits of a draft. Names of nodes and bits are those of the draft as it stands; of what it no
    longer has, those that were read."""

    def __init__(self, tree: Tree, read: Tree, edits: dict[int, Edit]) -> None:
        self.tree, self.read, self.edits = tree, read, edits

    def of(self, edit: Edit) -> str:
        """What an edit did, to stand after a person's name."""
        values = edit.values
        match edit.verb:
            case "move":
                node, slot = self._node(values["node"]), SLOTS.get(values["slot"], values["slot"])
                words = ngettext(
                    "flyttade %(what)s till %(node)s, %(slot)s", "flyttade %(n)s bitar till %(node)s, %(slot)s",
                    len(values["bits"]),
                )  # fmt: skip
                first, number = self._bit(values["bits"][0]), len(values["bits"])
                return words % {"what": first, "n": number, "node": node, "slot": str(slot).lower()}
            case "aside":
                what = self._bit(values["bits"][0]) if values.get("bits") else self._node(values["node"])
                return _("lade %(what)s åt sidan") % {"what": what}
            case "write":
                return _("skrev om %(what)s") % {"what": self._bit(values["bit"])}
            case "split":
                return _("delade %(what)s") % {"what": self._bit(values["bit"])}
            case "join":
                return _("slog ihop %(what)s med det som följer") % {"what": self._bit(values["bit"])}
            case "new":
                kind = str(NODES[values["kind"]]).lower()
                return _("gjorde %(what)s till namnet på ett nytt stycke: %(kind)s") % {
                    "what": self._bit(values["bit"]), "kind": kind,
                }  # fmt: skip
            case "merge":
                return _("slog ihop %(what)s med %(node)s") % {
                    "what": self._node(values["node"]), "node": self._node(values["into"]),
                }  # fmt: skip
            case "rename":
                return _("gav namnet ”%(title)s”") % {"title": short(values["title"])}
            case "place":
                return _("flyttade %(what)s till %(node)s") % {
                    "what": self._node(values["node"]), "node": self._node(values["under"]),
                }  # fmt: skip
            case "kind":
                kind = str(NODES[values["kind"]]).lower()
                return _("lät %(what)s vara %(kind)s") % {"what": self._node(values["node"]), "kind": kind}
        return self._small(edit, values)

    def _small(self, edit: Edit, values: Any) -> str:
        match edit.verb:
            case "sort":
                sort = str(SORTS[values["sort"]]).lower()
                return _("lät %(what)s vara %(kind)s") % {"what": self._node(values["node"]), "kind": sort}
            case "settle":
                return _("sade att en fråga är utredd") if values.get("done", True) else _("öppnade en fråga igen")
            case "check":
                words = _("gick igenom %(what)s") if values.get("done", True) else _("öppnade %(what)s igen")
                return words % {"what": self._node(values["node"])}
            case "years":
                return _("skrev åren %(years)s") % {"years": "–".join(map(str, values["years"]))}
            case verb if verb == UNDO:
                other = self.edits.get(values["edit"])
                return _("tog tillbaka: %(deed)s") % {"deed": self.of(other) if other else ""}
        return edit.verb

    def _bit(self, name: str) -> str:
        found = self.tree.bits.get(name) or self.read.bits.get(name) or self.tree.bits.get(name.rsplit(".", 1)[0])
        return f"”{short(found.text)}”" if found else _("en bit")

    def _node(self, name: str) -> str:
        for tree in (self.tree, self.read):
            if name in tree.nodes:
                node = tree.nodes[name]
                return short(tree.title(node)) or str(NODES[node.kind]).lower()
        return _("något som inte längre finns")
