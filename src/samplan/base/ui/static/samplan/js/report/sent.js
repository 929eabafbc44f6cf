/* Nothing can be written here any more. Who sent the report in leaves no copy behind; text that somebody else's sending
   cut off is shown, to be copied or let go. */
import { copyFor } from "./copy.js";

const copy = copyFor(document.querySelector("[data-sent]").dataset.sent);
const kept = copy.read();
const box = document.querySelector("[data-left]");
const texts = Object.values(kept?.questions ?? {}).flatMap((one) => one.fields.map(([_name, value]) => value));
if (!kept || kept.sent || !texts.some((text) => text.trim())) {
  copy.drop();
} else {
  for (const text of texts.filter((one) => one.trim())) {
    const shown = document.createElement("p");
    shown.className = "changed--text sheet sheet--pad";
    shown.textContent = text;
    box.querySelector("[data-left-list]").append(shown);
  }
  box.hidden = false;
  box.querySelector("[data-left-drop]").addEventListener("click", () => {
    copy.drop();
    box.hidden = true;
  });
}
