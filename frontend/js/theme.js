// Which theme this browser was asked for: "auto" follows the system.
const KEY = "bedside.theme";

export function chosenTheme() {
  try {
    return localStorage.getItem(KEY) || "auto";
  } catch {
    return "auto"; // Storage is closed in this browser: follow the system.
  }
}

export function chooseTheme(name) {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // The choice then holds for this page only.
  }
  applyTheme(name);
}

export function applyTheme(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
}
