/* While a document is read: the page shows by itself how far it has come, and goes on when it is read. */
"use strict";
(function () {
  const place = document.getElementById("laget");
  if (!place) return;
  let wait = 700;
  async function look() {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("laget");
      if (!now) { location.reload(); return; }
      place.replaceChildren(...now.childNodes);
    } catch (_error) {
      wait = Math.min(wait * 2, 10000);
    }
    setTimeout(look, wait);
  }
  setTimeout(look, wait);
})();
