// <key-help> wraps a dialog that lists the keys of the page: every element with data-key="s" data-key-label="Sign".
// The same attribute makes the key press that element. "?" opens the list.
import { isShortcut, keysAreOn, switchKeys } from "./keys.js";

class KeyHelp extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.onKey = (event) => this.press(event);
    document.addEventListener("keydown", this.onKey);
    this.onClick = (event) => {
      if (event.target.closest("[data-opens-keys]")) this.open();
    };
    document.addEventListener("click", this.onClick);
    const toggle = this.querySelector("[data-keys-switch]");
    toggle.checked = keysAreOn();
    toggle.addEventListener("change", () => switchKeys(toggle.checked));
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("click", this.onClick);
  }

  press(event) {
    if (!isShortcut(event)) return;
    const owner = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (event.key === "?") this.open();
    else if (!owner) return;
    else if (owner.matches("input, textarea, select")) owner.focus();
    else owner.click();
    event.preventDefault();
  }

  open() {
    const owners = [...document.querySelectorAll("[data-key]")];
    const part = this.querySelector("[data-page-keys]");
    const list = part.querySelector("dl");
    part.hidden = owners.length === 0;
    list.replaceChildren();
    for (const owner of owners) {
      const key = document.createElement("dt");
      const cap = document.createElement("kbd");
      const words = document.createElement("dd");
      cap.textContent = owner.dataset.key;
      words.textContent = owner.dataset.keyLabel || owner.getAttribute("aria-label") || owner.textContent.trim();
      key.append(cap);
      list.append(key, words);
    }
    this.dialog.showModal();
  }
}

customElements.define("key-help", KeyHelp);
