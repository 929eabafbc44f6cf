/* Who signs out leaves no text behind in the browser. */
import { forget } from "./report/copy.js";

for (const form of document.querySelectorAll("form[data-person]")) {
  form.addEventListener("submit", () => forget(form.dataset.person));
}
