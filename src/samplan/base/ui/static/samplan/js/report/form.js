/* The report's form with scripts: it saves by itself, keeps what has not been saved in the browser, and says so calmly.
   Everything here also works without: the form posts itself, and the server gives back what it could not store. */
import { copyFor } from "./copy.js";
import { Question } from "./questions.js";
import { offer } from "./restoring.js";

const form = document.querySelector("form[data-report]");
const words = form.querySelector("[data-words]").dataset;
const status = form.querySelector("[data-status]");
const questions = [...form.querySelectorAll("[data-code]")].map((section) => new Question(section));
const copy = copyFor(form.dataset.copy);
const TYPING = 1200;
const CHOOSING = 250;
let timer = 0;
let wait = 2000;
let sending = null;
let blocked = ""; // "signed-out" or "closed": only the person can go on, by pressing a button
let waiting = {}; // in the copy, and not decided on yet

for (const one of document.querySelectorAll("[data-with-scripts]")) one.hidden = false;
without(document);
if (window.matchMedia("(max-width: 959px)").matches) {
  for (const one of document.querySelectorAll("details.before, details.parts__fold")) one.open = false;
}

function without(place) {
  for (const one of place.querySelectorAll("[data-without-scripts]")) one.hidden = true;
}

function say(text, kind = "") {
  if (status.textContent !== text) status.textContent = text;
  status.classList.toggle("saved--waiting", kind === "waiting");
}

function question(element) {
  const section = element.closest("[data-code]");
  return section && questions.find((one) => one.section === section);
}

function unsaved() {
  return questions.filter((one) => one.changed);
}

function keep(sent = false) {
  const kept = { ...waiting };
  for (const one of unsaved()) kept[one.code] = { version: Number(one.version.value), fields: one.fields };
  return copy.write(kept, sent);
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

/** Post what has changed. Resolves when it is stored, or it has been said why it is not. */
async function save() {
  clearTimeout(timer);
  if (sending) {
    await sending;
    if (!unsaved().some((one) => !one.troubled)) return;
  }
  sending = post(unsaved().filter((one) => !one.troubled || one.touched));
  await sending;
  sending = null;
}

async function post(changed) {
  if (!changed.length || blocked) return;
  const body = new FormData();
  const sent = new Map();
  for (const one of changed) {
    one.touched = false;
    sent.set(one.code, one.fields);
    body.append(`v-${one.code}`, one.version.value);
    for (const [name, value] of one.fields) body.append(name, value);
  }
  say(words.saving);
  let answer;
  try {
    answer = await fetch(form.dataset.save, {
      method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "error", keepalive: size(body) < 60000,
    });
  } catch (_error) {
    return again(words.offline);
  }
  if (answer.status === 403) return stop("signed-out", words.signedOut);
  if ([404, 409, 410].includes(answer.status)) return stop("closed", words.closed);
  if (!answer.ok) return again(words.failed);
  wait = 2000;
  stored(await answer.json(), sent);
}

function stored(result, sent) {
  for (const one of questions) {
    if (one.code in result.versions) one.accept(result.versions[one.code], sent.get(one.code));
    if (one.code in result.trouble) one.trouble(result.trouble[one.code]);
    if (one.code in result.feet) {
      const read = new DOMParser().parseFromString(result.feet[one.code], "text/html");
      one.section.querySelector("[data-foot]").replaceChildren(...read.body.childNodes);
      without(one.section);
    }
    const step = form.querySelector(`[data-step="${one.code}"]`);
    if (one.code in result.versions) step?.classList.toggle("done", one.filled);
  }
  const summary = new DOMParser().parseFromString(result.summary, "text/html");
  form.querySelector("[data-summary]")?.replaceChildren(...summary.body.childNodes);
  const answered = form.querySelector("[data-answered]");
  if (answered) answered.textContent = String(result.answered);
  keep();
  const wrong = questions.some((one) => one.troubled);
  say(wrong ? words.trouble : words.saved.replace("{0}", result.clock), wrong ? "waiting" : "");
}

function again(text) {
  say(text, "waiting");
  later(wait);
  wait = Math.min(wait * 2, 60000);
}

function stop(why, text) {
  blocked = why;
  say(text, "waiting");
}

/** A person who has signed in again in another tab has another key. */
function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : form.elements.csrfmiddlewaretoken.value;
}

function size(body) {
  return [...body.values()].reduce((sum, value) => sum + value.length * 3, 0);
}

form.addEventListener("input", (event) => {
  const one = question(event.target);
  if (!one || !event.target.name.startsWith("a-")) return;
  one.touched = true;
  one.sum();
  keep();
  later(event.target.matches("textarea, [inputmode]") ? TYPING : CHOOSING);
});
form.addEventListener("change", (event) => {
  if (event.target.name?.startsWith("a-")) later(CHOOSING);
});

form.addEventListener("click", (event) => {
  const use = event.target.closest("[data-use]");
  if (!use) return;
  event.preventDefault();
  const field = question(use).section.querySelector("textarea");
  field.value = field.value.trim() ? `${field.value.trimEnd()}\n\n${use.dataset.text}` : use.dataset.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

const LAST = new Set(["submitted", "nothing", "declined", "done"]);
form.addEventListener("submit", (event) => {
  const action = event.submitter?.value ?? "save";
  if (!navigator.onLine) {
    event.preventDefault();
    keep();
    say(words.offline, "waiting");
    return;
  }
  const choosing = form.querySelector('[name^="choice-"]:checked');
  if (action === "save" && !blocked && !choosing && !questions.some((one) => one.troubled) && wait === 2000) {
    event.preventDefault();
    for (const one of questions) if (one.filled && one.version.value === "0") one.touched = true;
    pressed();
    return;
  }
  clearTimeout(timer);
  form.elements.csrfmiddlewaretoken.value = token();
  keep(LAST.has(action));
});

/** "Spara": what stands in the fields from elsewhere is stored too. */
async function pressed() {
  if (sending) await sending;
  const all = questions.filter((one) => one.changed || (one.filled && one.version.value === "0"));
  if (!all.length) return say(words.saved.replace("{0}", clock()));
  sending = post(all);
  await sending;
  sending = null;
}

function clock() {
  const now = new Date();
  const dot = document.documentElement.lang === "en" ? ":" : ".";
  return `${now.getHours()}${dot}${String(now.getMinutes()).padStart(2, "0")}`;
}

window.addEventListener("online", () => {
  wait = 2000;
  save();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save();
});
window.addEventListener("beforeunload", (event) => {
  if (!copy.works && unsaved().length && !form.dataset.leaving) event.preventDefault();
});

offer(form, copy, questions, {
  undecided(kept) {
    waiting = kept;
  },
  taken() {
    waiting = {};
    keep();
    save();
  },
  dropped() {
    waiting = {};
    keep();
  },
});
if (unsaved().some((one) => !one.troubled)) later(CHOOSING); // the browser has brought fields back
