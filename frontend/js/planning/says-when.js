// <says-when data-words="Schedule for {when}"> around a form's button: once a day and a time are chosen, the button says them.
class SaysWhen extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.label = this.querySelector("[data-label]");
    this.plain = this.label.textContent;
    this.onChange = () => this.say();
    this.form.addEventListener("input", this.onChange);
    this.say();
  }

  disconnectedCallback() {
    this.form?.removeEventListener("input", this.onChange);
  }

  say() {
    const [day, time] = ["planned_on", "planned_time"].map((name) => this.form.elements[name].value);
    const wall = new Date(`${day}T${time}`); // read and written on the same clock, so the browser's zone plays no part
    if (Number.isNaN(wall.getTime())) {
      this.label.textContent = this.plain;
      return;
    }
    const form = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" };
    const said = new Intl.DateTimeFormat(document.documentElement.lang || undefined, form).format(wall);
    this.label.textContent = this.dataset.words.replace("{when}", said);
  }
}

customElements.define("says-when", SaysWhen);
