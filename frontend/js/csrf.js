// The token that proves a request came from our own page; base.html hands it to htmx in hx-headers on the body.
export function csrfHeaders() {
  return JSON.parse(document.body.getAttribute("hx-headers") || "{}");
}
