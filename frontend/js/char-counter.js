// <char-counter data-url="…" data-for="id-of-textarea"> shows what the server counted; no counting rule lives here.
// It posts the field under its own name (and data-include: other fields' ids, space between) 300 ms after the last key.
import { csrfHeaders } from "./csrf.js";

class CharCounter extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.for);
    if (!this.field) return;
    this.onInput = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), 300);
    };
    this.field.addEventListener("input", this.onInput);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.field?.removeEventListener("input", this.onInput);
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const form = new FormData();
    const ids = [this.dataset.for, ...(this.dataset.include || "").split(" ").filter(Boolean)];
    for (const id of ids) {
      const field = document.getElementById(id);
      if (field) form.append(field.name, field.value);
    }
    try {
      const answer = await fetch(this.dataset.url, {
        method: "POST", body: form, signal: this.asking.signal, headers: { ...csrfHeaders(), "HX-Request": "true" },
      });
      if (answer.ok) this.innerHTML = await answer.text();
    } catch {
      // Interrupted by the next key or by the network: the old count stands, the next key asks again.
    }
  }
}

customElements.define("char-counter", CharCounter);
