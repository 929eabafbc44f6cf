/* Text that was typed here and never reached the server, shown beside what the server has. */
import { same } from "./questions.js";

/** Offer what the copy has and the form has not. `then`: undecided(questions), taken(), dropped(). */
export function offer(form, copy, questions, then) {
  const box = form.querySelector("[data-restore]");
  const kept = copy.read();
  if (!kept || !box) return;
  const found = questions.filter((one) => kept.questions[one.code] && !same(kept.questions[one.code].fields, one.stored));
  if (!found.length || kept.sent) {
    if (!found.length) copy.drop();
    if (!found.length) return;
  }
  const undecided = {};
  for (const one of found) undecided[one.code] = kept.questions[one.code];
  then.undecided(undecided);
  box.querySelector("[data-restore-when]").textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "long", timeStyle: "short",
  }).format(new Date(kept.at));
  const item = form.querySelector("[data-restore-item]");
  for (const one of found) {
    const shown = item.content.cloneNode(true);
    const [mine, theirs] = shown.querySelectorAll("p");
    shown.querySelector("h3").textContent = one.title;
    mine.textContent = one.words(kept.questions[one.code].fields) || "–";
    theirs.textContent = one.words(one.stored) || "–";
    box.querySelector("[data-restore-list]").append(shown);
  }
  box.hidden = false;
  box.querySelector("[data-restore-take]").addEventListener("click", () => {
    for (const one of found) {
      const typed = kept.questions[one.code];
      one.set(typed.fields);
      // On the version it was typed on: where somebody has written since, both texts are shown.
      one.version.value = String(Math.min(typed.version, Number(one.version.value)));
      one.touched = true;
    }
    close(box, found[0].section);
    then.taken();
  });
  box.querySelector("[data-restore-drop]").addEventListener("click", () => {
    close(box, found[0].section);
    then.dropped();
  });
}

function close(box, section) {
  box.hidden = true;
  section.querySelector("textarea, input:not([type=hidden])")?.focus();
}
