// <list-keys> around a list: j and k (and the arrows, once inside) move the focus through its links marked data-item.
import { isShortcut } from "./keys.js";

class ListKeys extends HTMLElement {
  connectedCallback() {
    this.onKey = (event) => this.move(event);
    document.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
  }

  move(event) {
    const inside = this.contains(document.activeElement);
    const down = event.key === "j" || (inside && event.key === "ArrowDown");
    const up = event.key === "k" || (inside && event.key === "ArrowUp");
    if ((!down && !up) || !isShortcut(event)) return;
    const items = [...this.querySelectorAll("[data-item]")];
    const start = inside ? document.activeElement : this.querySelector("[aria-current] [data-item], [data-item][aria-current]");
    const next = items[items.indexOf(start) + (down ? 1 : -1)] || (inside ? null : items[0]);
    if (!next) return;
    next.focus();
    event.preventDefault();
  }
}

customElements.define("list-keys", ListKeys);
