// htmx, as every page uses it. Its settings stand in the page's meta tag; here is only what happens when an answer fails.
import htmx from "htmx.org";
import { notify } from "./notices.js";

// An htmx element with data-own-errors tells its failures itself (auto-save does).
function quietly(event) {
  return event.target.closest?.("[data-own-errors]") !== null;
}

// A refusal names the place where it wants to be read; then it is an answer, not a failure.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Retarget")) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

document.addEventListener("htmx:sendError", (event) => {
  if (!quietly(event)) notify("unreachable");
});

document.addEventListener("htmx:responseError", (event) => {
  if (quietly(event)) return;
  const status = event.detail.xhr.status;
  if (status === 401) window.location.reload();
  else notify(status === 403 ? "refused" : status === 404 ? "gone" : status === 429 ? "too-many" : "failed");
});

export default htmx;
