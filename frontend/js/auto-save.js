// <auto-save data-url="…"> around a form: 1.5 s after the last change it sends the form, and says in words whether it is
// saved. Nothing is kept outside the form: patient words must not linger in the browser. Leaving unsaved is asked about.
import htmx from "./htmx.js";

const WAIT = 1500;
const AGAIN = 5000;
const PATIENCE = 5000;

class AutoSave extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.says = document.getElementById(this.dataset.says) || this.querySelector("[data-save-state]");
    this.dirty = false;
    this.setAttribute("data-own-errors", "");
    this.onChange = (event) => {
      if (event.target.closest("[data-not-saved-here]")) return;
      this.dirty = true;
      this.changed = true;
      this.later(WAIT);
    };
    this.form.addEventListener("input", this.onChange);
    this.form.addEventListener("submit", (event) => {
      if (this.saving && !this.waited) this.submitAfterwards(event);
      else this.dirty = false;
    });
    this.onLeave = (event) => {
      if (this.dirty) event.preventDefault();
    };
    this.onLine = () => {
      if (this.dirty) this.save();
    };
    window.addEventListener("beforeunload", this.onLeave);
    window.addEventListener("online", this.onLine);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    window.removeEventListener("beforeunload", this.onLeave);
    window.removeEventListener("online", this.onLine);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // Sent while a save is under way, the form would start from an older version, and be told of a change that is its own.
  submitAfterwards(event) {
    event.preventDefault();
    if (this.waits) return;
    this.waits = true;
    const patience = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.race([this.saving, patience]).then(() => {
      this.waits = false;
      this.waited = true;
      this.form.requestSubmit(event.submitter);
      this.waited = false;
    });
  }

  // Trying again by itself is no sign that somebody sits there, so it must not keep the screen unlocked.
  again() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save({ alone: true }), AGAIN);
  }

  async save({ alone = false } = {}) {
    clearTimeout(this.timer);
    if (this.saving) return this.later(WAIT);
    alone &&= !this.changed;
    this.changed = false;
    this.show("saving");
    this.saving = this.send(alone);
    const state = await this.saving;
    this.saving = null;
    if ((state === "saved" || state === "partly") && !this.changed) this.dirty = false;
    this.show(state);
    if (state === "offline" || state === "failed") this.again();
  }

  // The fragment in the answer may swap other regions out of band (findings, counters, the version that was saved).
  send(alone) {
    const headers = alone ? { "X-Bedside-Background": "1" } : {};
    return new Promise((done) => {
      let state = "failed";
      const note = (event) => {
        if (event.target !== this) return;
        const { xhr } = event.detail;
        const status = xhr.status;
        if (xhr.getResponseHeader("X-Bedside-Kept")) {
          state = "partly";
          return;
        }
        state = status === 0 ? "offline" : status === 409 ? "conflict" : status < 400 ? "saved" : status < 500 ? "refused" : "failed";
      };
      this.addEventListener("htmx:afterRequest", note);
      const slot = this.querySelector("[data-save-answer]") || this.appendChild(document.createElement("div"));
      slot.hidden = !slot.hasAttribute("data-save-answer");
      htmx.ajax("POST", this.dataset.url, { source: this, target: slot, headers, values: Object.fromEntries(this.fields()) })
        .catch(() => {})
        .finally(() => {
          this.removeEventListener("htmx:afterRequest", note);
          done(state);
        });
    });
  }

  fields() {
    const together = new Map();
    for (const [name, value] of new FormData(this.form)) {
      if (value instanceof File) continue;
      together.set(name, together.has(name) ? [together.get(name), value].flat() : value);
    }
    return together;
  }

  show(state) {
    if (!this.says) return;
    this.says.dataset.state = ["saved", "saving", "partly"].includes(state) ? state : "lost";
    for (const words of this.says.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== state;
  }
}

customElements.define("auto-save", AutoSave);
