/* The checking page, made easier: the same place is lit on both sides, a bit can be dragged to another field, and the
   document stays where it was. Everything works without this file. */
"use strict";
(function () {
  const page = document.querySelector(".draft");
  const doc = document.querySelector(".draft__doc");
  const side = document.querySelector(".draft__side");
  if (!page || !doc || !side) return;

  /* The other side of what is pointed at, or has the focus. */
  let lit = [];
  function light(elements) {
    for (const one of lit) one.classList.remove("lit", "doc__block--lit");
    lit = elements;
    for (const one of lit) one.classList.add(one.classList.contains("doc__block") ? "doc__block--lit" : "lit");
  }
  function others(place) {
    const bit = place.closest("[data-bit]");
    if (bit && side.contains(bit)) {
      const blocks = bit.dataset.blocks.trim().split(" ").filter(Boolean);
      return blocks.map((name) => document.getElementById(name)).filter(Boolean);
    }
    const block = place.closest(".doc__block");
    if (!block) return [];
    const links = [...block.querySelectorAll(".bit__no")];
    return links.map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
  }
  for (const pane of [doc, side]) {
    pane.addEventListener("pointerover", (event) => light(others(event.target)));
    pane.addEventListener("focusin", (event) => light(others(event.target)));
    pane.addEventListener("pointerleave", () => light([]));
  }

  /* Within a pane only that pane moves. */
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a.bit__no");
    if (!link) return;
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    target.scrollIntoView({ block: doc.contains(target) ? "center" : "nearest" });
    const focus = target.querySelector("a.bit__no");
    if (focus) focus.focus({ preventScroll: true });
    light([target]);
  });

  /* The document and the draft stay where they were when an edit has been saved. */
  const key = "draft:" + page.dataset.draft + ":" + page.dataset.part;
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) || "null");
    const chosen = doc.querySelector(".doc__block--chosen");
    if (chosen) doc.scrollTop += chosen.getBoundingClientRect().top - doc.getBoundingClientRect().top - doc.clientHeight / 4;
    else if (kept) doc.scrollTop = kept.doc;
    if (kept && kept.saved) window.scrollTo(0, kept.page);
    sessionStorage.removeItem(key);
  } catch (_error) { /* storage is closed: nothing is kept */ }
  document.addEventListener("submit", () => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ doc: doc.scrollTop, page: window.scrollY, saved: true }));
    } catch (_error) { /* as above */ }
  });

  /* A bit is dragged to a field: the same as choosing field and pressing Flytta. */
  const undo = document.querySelector(".draft__ready");
  if (!undo) return;
  let dragged = "";
  for (const bit of side.querySelectorAll(".bit")) {
    const handle = bit.querySelector(".bit__no");
    if (!handle) continue;
    handle.draggable = true;
    handle.addEventListener("dragstart", (event) => {
      dragged = bit.dataset.bit;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", dragged);
    });
    handle.addEventListener("dragend", () => { dragged = ""; show(null); });
  }
  function show(place) {
    for (const one of side.querySelectorAll(".drop")) one.classList.remove("drop");
    if (place) place.classList.add("drop");
  }
  side.addEventListener("dragover", (event) => {
    const slot = event.target.closest(".slot[data-slot]");
    if (!dragged || !slot) return;
    event.preventDefault();
    const over = event.target.closest(".bit");
    show(over && over.dataset.bit !== dragged ? over : slot);
  });
  side.addEventListener("drop", (event) => {
    const slot = event.target.closest(".slot[data-slot]");
    if (!dragged || !slot) return;
    event.preventDefault();
    const over = event.target.closest(".bit");
    const form = document.createElement("form");
    form.method = "post";
    form.action = undo.getAttribute("action"); // the field of that name hides the property
    const fields = {
      csrfmiddlewaretoken: undo.elements.csrfmiddlewaretoken.value, seen: undo.elements.seen.value,
      del: undo.elements.del.value, action: "move", bit: dragged, to: slot.dataset.node, slot: slot.dataset.slot,
      before: over && over.dataset.bit !== dragged ? over.dataset.bit : "",
    };
    for (const [name, value] of Object.entries(fields)) {
      const field = document.createElement("input");
      field.type = "hidden"; field.name = name; field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.requestSubmit();
  });
})();
