// <command-palette> wraps a dialog with a search field that htmx fills. "/" and Ctrl K open it; arrows move through the links.
import { isShortcut } from "./keys.js";

class CommandPalette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.onKey = (event) => this.openBy(event);
    document.addEventListener("keydown", this.onKey);
    this.addEventListener("keydown", (event) => this.move(event));
    this.onClick = (event) => {
      if (!event.target.closest("[data-opens-palette]")) return;
      event.preventDefault();
      this.open();
    };
    document.addEventListener("click", this.onClick);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("click", this.onClick);
  }

  openBy(event) {
    const byControl = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    if (!byControl && !(event.key === "/" && isShortcut(event))) return;
    event.preventDefault();
    this.open();
  }

  open() {
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.input.select();
    this.input.dispatchEvent(new Event("palette-opened", { bubbles: true }));
  }

  move(event) {
    const links = [...this.querySelectorAll(".palette-results a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown") links[Math.min(at + 1, links.length - 1)]?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? links[at - 1] : this.input).focus();
    else if (event.key === "Enter" && at < 0) links[0]?.click();
    else return;
    event.preventDefault();
  }
}

customElements.define("command-palette", CommandPalette);
