// Single-key shortcuts: whether they are wanted (WCAG 2.1.4 asks for an off switch) and whether a key is meant as one.
const KEY = "bedside.keys";

export function keysAreOn() {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true; // Storage is closed in this browser: the default holds.
  }
}

export function switchKeys(on) {
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // Nothing to keep it in; the switch then shows its default again.
  }
}

export function isShortcut(event) {
  if (!keysAreOn() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (document.querySelector("dialog[open]")) return false;
  return !event.target.closest("input, textarea, select, [contenteditable]");
}
