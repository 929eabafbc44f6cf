/* The report is sent in: what this browser kept of it is wiped. */
import { copyFor } from "./copy.js";

copyFor(document.querySelector("[data-sent]").dataset.sent).drop();
