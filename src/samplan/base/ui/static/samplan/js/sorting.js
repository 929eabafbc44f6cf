/* Needs are sorted by dragging their handle with mouse or finger, or with the arrow keys on it. Each move is sent as the
   buttons send theirs: this need, right before that one. Without this file the buttons do the work. */
"use strict";
(function () {
  let list = document.getElementById("behov");
  const said = document.getElementById("sort-said");
  if (!list || !said) return;
  document.body.classList.add("can-sort");
  let drag = null;
  let waiting = null;
  let sending = false;

  const rows = () => [...list.children];
  const form = () => list.closest("form");
  const grip = (row) => row.querySelector(".need__grip");
  function announce(row) {
    const all = rows();
    said.textContent = form().dataset.place.replace("{title}", () => row.dataset.title)
      .replace("{place}", all.indexOf(row) + 1).replace("{all}", all.length);
  }
  function restore(order) { list.append(...order); }

  /* Sends where a need has been put. What comes back is the order as it is, others' moves among it. */
  async function send(row) {
    const { order } = waiting;
    clearTimeout(waiting.timer);
    waiting = null;
    if (order.every((one, at) => one === list.children[at])) return;
    const next = row.nextElementSibling;
    const body = new URLSearchParams(new FormData(form()));
    body.set("move", next ? `before:${row.dataset.uid}:${next.dataset.uid}` : `last:${row.dataset.uid}`);
    sending = true;
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, credentials: "same-origin", cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(".needs-form");
      if (!answer.ok || !fresh) throw new Error();
      const focused = list.contains(document.activeElement) && document.activeElement.closest(".need");
      form().replaceWith(fresh);
      list = document.getElementById("behov");
      const now = focused && document.getElementById(focused.id);
      if (now) grip(now).focus();
      const words = [...page.querySelectorAll(".messages .notice__text")].map((one) => one.textContent.trim());
      said.textContent = words.join(" ");
      const shown = page.querySelector(".messages .notice--info, .messages .notice--warning");
      for (const old of document.querySelectorAll(".messages")) old.remove();
      if (shown) document.querySelector(".head").before(page.querySelector(".messages"));
    } catch (_error) {
      restore(order);
      said.textContent = form().dataset.failed;
      said.classList.remove("hide");
    } finally {
      sending = false;
    }
  }
  function begin(row) {
    if (waiting && waiting.row !== row) send(waiting.row);
    if (!waiting) waiting = { row, order: rows(), timer: 0 };
    clearTimeout(waiting.timer);
  }
  function back() {
    clearTimeout(waiting.timer);
    const { row, order } = waiting;
    waiting = null;
    restore(order);
    grip(row).focus();
    said.textContent = form().dataset.back;
  }

  /* By keyboard: each press moves; it is sent when no more come, or the handle is left. Esc takes it back. */
  document.addEventListener("keydown", (event) => {
    const handle = event.target.closest(".need__grip");
    if (!handle || drag) return;
    const row = handle.closest(".need");
    if (event.key === "Escape" && waiting) { event.preventDefault(); back(); return; }
    const to = {
      ArrowUp: () => row.previousElementSibling,
      ArrowDown: () => (row.nextElementSibling ? row.nextElementSibling.nextElementSibling : row),
      Home: () => list.firstElementChild,
      End: () => null,
    }[event.key];
    if (!to) return;
    event.preventDefault();
    if (sending) return;
    begin(row);
    const place = to();
    if (event.key === "ArrowUp" ? place : place !== row) list.insertBefore(row, place);
    handle.focus();
    row.scrollIntoView({ block: "nearest" });
    announce(row);
    waiting.timer = setTimeout(() => send(row), 900);
  });
  document.addEventListener("focusout", (event) => {
    if (waiting && !drag && event.target === grip(waiting.row) && event.relatedTarget) send(waiting.row);
  });

  /* By mouse or finger. */
  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".need__grip");
    if (!handle || event.button || sending) return;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    const row = handle.closest(".need");
    begin(row);
    drag = { row, y: event.clientY, pointer: event.pointerId };
    row.classList.add("need--moving");
    requestAnimationFrame(follow);
  });
  function settle() {
    const { row, y } = drag;
    for (const one of rows()) {
      if (one === row) continue;
      const box = one.getBoundingClientRect();
      const after = Boolean(row.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (after ? y > box.top + box.height / 2 : y < box.top + box.height / 2) {
        list.insertBefore(row, after ? one.nextElementSibling : one);
        announce(row);
        if (!after) break;
      }
    }
  }
  function follow() {
    if (!drag) return;
    const edge = 70;
    if (drag.y < edge) scrollBy(0, -9);
    else if (drag.y > innerHeight - edge) scrollBy(0, 9);
    if (drag.moved) settle();
    requestAnimationFrame(follow);
  }
  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (Math.abs(event.clientY - drag.y) > 2) drag.moved = true;
    drag.y = event.clientY;
  });
  function drop(keep) {
    const { row } = drag;
    drag = null;
    row.classList.remove("need--moving");
    grip(row).focus();
    if (keep) send(row); else back();
  }
  document.addEventListener("pointerup", (event) => { if (drag && event.pointerId === drag.pointer) { if (drag.moved) settle(); drop(true); } });
  document.addEventListener("pointercancel", (event) => { if (drag && event.pointerId === drag.pointer) drop(false); });
  document.addEventListener("keydown", (event) => { if (drag && event.key === "Escape") { event.preventDefault(); drop(false); } });
  window.addEventListener("pagehide", () => { if (waiting) send(waiting.row); });
})();
