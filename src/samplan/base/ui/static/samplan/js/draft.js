/* The checking page, made easier: the same place is lit on both sides, a bit can be dragged to another field, and the
   document stays where it was. Everything works without this file. */
"use strict";
(function () {
  const page = document.querySelector(".draft");
  const doc = document.querySelector(".draft__doc");
  const side = document.querySelector(".draft__side");
  if (!page || !doc || !side) return;

  /* The other side of what is pointed at, or has the focus; and the thread between the two. */
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS(svg.namespaceURI, "path");
  const knots = [0, 1].map(() => document.createElementNS(svg.namespaceURI, "circle"));
  svg.setAttribute("class", "draft__thread");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path, ...knots);
  page.append(svg);
  page.classList.add("draft--threaded");
  for (const knot of knots) knot.setAttribute("r", "5");

  let lit = [];
  let pair = [null, null];
  function middle(place, pane) {
    const box = place.getBoundingClientRect();
    const inside = pane.getBoundingClientRect();
    const top = Math.max(box.top, pane === doc ? inside.top : 0);
    const bottom = Math.min(box.bottom, pane === doc ? inside.bottom : window.innerHeight, top + 48);
    const seen = bottom - top > 8 && box.right > inside.left && box.left < inside.right;
    return seen ? { left: box.left, right: Math.min(box.right, inside.right - 12), y: (top + bottom) / 2 } : null;
  }
  function draw() {
    const [block, bit] = pair;
    const from = block && middle(block, doc);
    const to = bit && middle(bit, side);
    svg.toggleAttribute("hidden", !(from && to));
    if (!(from && to)) { path.setAttribute("d", ""); for (const knot of knots) knot.setAttribute("r", "0"); return; }
    const x = from.right;
    const end = to.left - 8;
    const bend = (end - x) / 2;
    path.setAttribute("d", `M${x} ${from.y}C${x + bend} ${from.y} ${end - bend} ${to.y} ${end} ${to.y}`);
    [[x, from.y], [end, to.y]].forEach(([cx, cy], at) => {
      knots[at].setAttribute("cx", cx);
      knots[at].setAttribute("cy", cy);
      knots[at].setAttribute("r", "5");
    });
  }
  let asked = false;
  function later() {
    if (!asked) { asked = true; requestAnimationFrame(() => { asked = false; draw(); }); }
  }
  for (const where of [window, doc]) where.addEventListener("scroll", later, { passive: true });
  window.addEventListener("resize", later);

  function chosen() {
    const bit = side.querySelector(".bit--chosen") || side.querySelector(".node--chosen > .node__head");
    return [doc.querySelector(".doc__block--chosen"), bit];
  }
  function light(elements, source) {
    for (const one of lit) one.classList.remove("lit", "doc__block--lit");
    lit = elements;
    for (const one of lit) one.classList.add(one.classList.contains("doc__block") ? "doc__block--lit" : "lit");
    pair = lit.length ? (doc.contains(lit[0]) ? [lit[0], source] : [source, lit[0]]) : chosen();
    later();
  }
  function others(place) {
    const bit = place.closest("[data-bit]");
    if (bit && side.contains(bit)) {
      const blocks = bit.dataset.blocks.trim().split(" ").filter(Boolean);
      return [blocks.map((name) => document.getElementById(name)).filter(Boolean), bit];
    }
    const block = place.closest(".doc__block");
    if (!block) return [[], null];
    const links = [...block.querySelectorAll(".bit__no")];
    return [links.map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean), block];
  }
  for (const pane of [doc, side]) {
    pane.addEventListener("pointerover", (event) => light(...others(event.target)));
    pane.addEventListener("focusin", (event) => light(...others(event.target)));
    pane.addEventListener("pointerleave", () => light([], null));
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
    light(...others(target));
  });

  pair = chosen();
  later();

  /* The document and the draft stay where they were when an edit has been saved. */
  const key = "draft:" + page.dataset.draft + ":" + page.dataset.part;
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) || "null");
    if (kept && !pair[0]) doc.scrollTop = kept.doc;
    if (kept && kept.saved) window.scrollTo(0, kept.page);
    sessionStorage.removeItem(key);
  } catch (_error) { /* storage is closed: nothing is kept */ }
  document.addEventListener("submit", () => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ doc: doc.scrollTop, page: window.scrollY, saved: true }));
    } catch (_error) { /* as above */ }
  });

  /* What has been chosen stands at the same height on both sides. */
  window.addEventListener("load", () => {
    const [block, bit] = chosen();
    if (!block || !bit) return;
    const wide = window.matchMedia("(min-width: 960px)").matches;
    const wanted = wide ? bit.getBoundingClientRect().top : doc.getBoundingClientRect().top + 24;
    doc.scrollTop += block.getBoundingClientRect().top - wanted;
    block.scrollIntoView({ block: "nearest", inline: "nearest" });
    later();
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
