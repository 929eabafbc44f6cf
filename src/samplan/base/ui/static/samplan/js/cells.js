/* A cell of the plan is changed where it stands: its pen opens the form in the cell, Enter saves, Esc leaves. Without this
   file the pen leads to the same form on a page of its own. */
"use strict";
(function () {
  const said = document.getElementById("cell-said");
  if (!said) return;
  document.body.classList.add("can-edit");
  let open = null;
  let busy = false;

  const ask = (address, more) =>
    fetch(address, { cache: "no-store", credentials: "same-origin", headers: { "X-Part": "cell" }, ...more });
  async function part(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("body > .cell-form, body > .cell");
  }
  const written = (form) => new URLSearchParams(new FormData(form)).toString();

  function show(cell, form) {
    const kept = open ? open.kept : [...cell.childNodes];
    const first = open ? open.first : written(form);
    cell.replaceChildren(form);
    cell.classList.add("cell--open");
    open = { cell, form, kept, first };
    const wrong = form.querySelector("[aria-invalid], .compare textarea, .compare input, .errors");
    const field = wrong || form.querySelector("input:not([type=hidden]), select, textarea");
    field.focus();
    if (!wrong && field.select) field.select();
  }
  function close() {
    const { cell, kept } = open;
    open = null;
    cell.classList.remove("cell--open");
    cell.replaceChildren(...kept);
    cell.querySelector(".cell__edit").focus();
  }
  const changed = () => open && written(open.form) !== open.first;

  /* The other pens of the row say the new title. */
  function rename(cell) {
    const title = cell.querySelector("a").textContent;
    for (const words of cell.closest("li, tr").querySelectorAll(".cell__edit .hide")) {
      words.textContent = words.textContent.replace(/: .*/s, () => ": " + title);
    }
  }

  async function begin(link) {
    if (busy) return;
    if (open) {
      if (changed()) { if (!(await save())) return; } else close();
    }
    busy = true;
    try {
      const form = await part(await ask(link.href));
      if (!form || !form.matches(".cell-form")) throw new Error();
      show(link.closest(".cell"), form);
    } catch (_error) {
      location.href = link.href;
    } finally {
      busy = false;
    }
  }

  /* Saves what is open. Whether it is saved: else its form stands there with what is wrong. */
  async function save(button) {
    const { cell, form } = open;
    if (busy) return false;
    busy = true;
    form.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams(new FormData(form, button));
      const answer = await ask(form.getAttribute("action"), { method: "POST", body });
      const found = await part(answer);
      if (found && found.matches(".cell")) {
        open = null;
        cell.replaceWith(found);
        if (found.matches(".cell--title")) rename(found);
        said.textContent = form.dataset.saved;
        found.querySelector(".cell__edit").focus();
        return true;
      }
      if (found) show(cell, found);
      else { open = null; HTMLFormElement.prototype.submit.call(form); }
    } catch (_error) {
      const failed = form.querySelector(".cell-form__failed");
      failed.textContent = form.dataset.failed;
      failed.hidden = false;
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
    }
    return false;
  }

  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest(".cell__edit");
    if (link) { event.preventDefault(); begin(link); return; }
    const value = event.target.closest(".matrix .cell__value");
    const pen = value && !event.target.closest("a") && value.parentElement.querySelector(".cell__edit");
    if (pen && !String(getSelection())) { begin(pen); return; }
    if (open && event.target.closest("[data-cancel]")) { event.preventDefault(); close(); }
  });
  document.addEventListener("submit", (event) => {
    if (!open || event.target !== open.form) return;
    event.preventDefault();
    save(event.submitter);
  });
  document.addEventListener("keydown", (event) => {
    if (!open || !open.form.contains(event.target)) return;
    if (event.key === "Escape") { event.preventDefault(); if (!busy) close(); return; }
    if (event.key !== "Enter" || event.isComposing) return;
    const place = event.target;
    if (place.matches("select") || (place.matches("textarea") && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      open.form.requestSubmit();
    }
  });
  window.addEventListener("beforeunload", (event) => { if (changed()) event.preventDefault(); });
})();
