// <drag-calendar data-url="/calendar/move/"> around a calendar: chips (draggable, data-move="id") dropped on a day (data-day="2026-11-30")
// are posted as {id, day}. By keyboard: focus a chip, press M, choose the day in the dialog. The answer redraws the calendar.
import htmx from "./htmx.js";

class DragCalendar extends HTMLElement {
  connectedCallback() {
    this.addEventListener("dragstart", (event) => this.lift(event));
    this.addEventListener("dragend", () => this.rest());
    this.addEventListener("dragover", (event) => this.hover(event));
    this.addEventListener("drop", (event) => this.drop(event));
    this.addEventListener("keydown", (event) => this.byKey(event));
    this.addEventListener("submit", (event) => this.chosen(event));
  }

  lift(event) {
    const chip = event.target.closest("[data-move]");
    if (!chip) return;
    this.chip = chip;
    chip.toggleAttribute("data-lifted", true);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", chip.dataset.move);
  }

  hover(event) {
    const day = event.target.closest("[data-day]");
    if (!this.chip || !day || day.hasAttribute("data-past")) return;
    event.preventDefault();
    if (day === this.day) return;
    this.day?.removeAttribute("data-over");
    this.day = day;
    day.toggleAttribute("data-over", true);
  }

  drop(event) {
    if (!this.chip || !this.day) return;
    event.preventDefault();
    this.move(this.chip.dataset.move, this.day.dataset.day);
    this.rest();
  }

  rest() {
    this.chip?.removeAttribute("data-lifted");
    this.day?.removeAttribute("data-over");
    this.chip = this.day = null;
  }

  byKey(event) {
    const chip = event.target.closest("[data-move]");
    if (!chip || event.key.toLowerCase() !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const dialog = this.querySelector("dialog[data-move-dialog]");
    dialog.dataset.moving = chip.dataset.move;
    dialog.querySelector("[data-moving-name]").textContent = chip.textContent.replace(/\s+/g, " ").trim();
    dialog.querySelector("input[type=date]").value = chip.closest("[data-day]")?.dataset.day || "";
    dialog.showModal();
  }

  chosen(event) {
    const dialog = event.target.closest("dialog[data-move-dialog]");
    if (!dialog || event.submitter?.value === "cancel") return;
    event.preventDefault();
    dialog.close();
    this.move(dialog.dataset.moving, dialog.querySelector("input[type=date]").value);
  }

  move(id, day) {
    const target = this.dataset.target ? document.getElementById(this.dataset.target) : this;
    htmx.ajax("POST", this.dataset.url, { source: this, target, swap: "outerHTML", values: { id, day } });
  }
}

customElements.define("drag-calendar", DragCalendar);
