// <compose-desk> around the composer: adds and removes thread parts and pictures, opens a channel's own wording,
// fills in a queue time. Each change is told to the form as an input, so that it is saved and looked at.
let made = 0;

class ComposeDesk extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.addEventListener("click", (event) => this.pressed(event));
    this.addEventListener("change", (event) => this.changed(event));
    this.addEventListener("file-arrived", () => this.tell());
    this.onSwap = (event) => {
      if (event.detail.target?.id === "pictures") this.tell();
    };
    document.addEventListener("htmx:afterSwap", this.onSwap);
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:afterSwap", this.onSwap);
  }

  tell() {
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  pressed(event) {
    const button = event.target.closest("button, a[data-go]");
    if (!button) return;
    const { dataset } = button;
    if ("addPart" in dataset) this.addPart();
    else if ("removePart" in dataset) this.removePart(button);
    else if ("remove" in dataset) this.removePicture(button);
    else if ("earlier" in dataset) this.movePicture(button, -1);
    else if ("later" in dataset) this.movePicture(button, 1);
    else if (dataset.fillDay) this.fill(dataset);
    else if ("go" in dataset) this.go(event, button);
  }

  changed(event) {
    const { name, value, checked } = event.target;
    if (name === "channel") {
      this.querySelector(`.own[data-channel="${value}"]`)?.toggleAttribute("hidden", !checked);
    } else if (name?.startsWith("own-") && checked) {
      this.startFromShared(event.target.closest(".own"));
    }
  }

  // A channel's own wording begins as the shared one reads now, not as it read when the page was made.
  startFromShared(own) {
    for (const field of own.querySelectorAll("[data-follows]")) {
      const shared = document.getElementById(field.dataset.follows);
      if (shared && !field.dataset.touched) field.value = shared.value;
      field.dataset.touched = "yes";
    }
    own.querySelector("textarea")?.focus();
  }

  addPart() {
    const list = this.querySelector("[data-parts]");
    const part = list.parentElement.querySelector("template").content.firstElementChild.cloneNode(true);
    const field = part.querySelector("textarea");
    field.id = `thread-added-${(made += 1)}`;
    part.querySelector("label").htmlFor = field.id;
    list.append(part);
    this.number();
    field.focus();
  }

  removePart(button) {
    button.closest("[data-part]").remove();
    this.number();
    this.tell();
  }

  // Notes name a part by its place, so the ids follow the order.
  number() {
    this.querySelectorAll("[data-parts] [data-part]").forEach((part, place) => {
      const field = part.querySelector("textarea");
      field.id = `thread-${place}`;
      part.querySelector("label").htmlFor = field.id;
    });
  }

  removePicture(button) {
    const line = button.closest("[data-picture]");
    const next = (line.nextElementSibling || line.previousElementSibling)?.querySelector("textarea");
    line.remove();
    (next || this.querySelector("#file"))?.focus();
    this.tell();
  }

  movePicture(button, by) {
    const line = button.closest("[data-picture]");
    const other = by < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(line);
    else other.after(line);
    button.focus();
    this.tell();
  }

  fill({ fillDay, fillTime }) {
    this.querySelector("#planned_on").value = fillDay;
    this.querySelector("#planned_time").value = fillTime;
    this.tell();
  }

  go(event, link) {
    const field = document.getElementById(link.getAttribute("href").slice(1));
    if (!field) return;
    event.preventDefault();
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    field.scrollIntoView({ block: "center" });
    field.focus();
  }
}

customElements.define("compose-desk", ComposeDesk);
