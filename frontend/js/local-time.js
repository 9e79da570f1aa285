// <local-time data-relative> around a <time datetime>: the server's words stay the organization's time. With
// data-relative it says "5 minutes ago" instead; a viewer in another time zone finds their own time in the title.
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60]];

export function relative(seconds, language) {
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return words.format(0, "minute");
}

class LocalTime extends HTMLElement {
  connectedCallback() {
    this.time = this.querySelector("time");
    if (!this.time) return;
    this.at = new Date(this.time.dateTime);
    const language = document.documentElement.lang || undefined;
    const own = this.at.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
    const said = this.time.title || this.time.textContent.trim();
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const elsewhere = this.dataset.zone && this.dataset.zone !== zone;
    this.time.title = elsewhere ? `${said} · ${own} (${zone})` : said;
    if (!this.hasAttribute("data-relative")) return;
    const show = () => {
      this.time.textContent = relative((this.at - Date.now()) / 1000, language);
    };
    show();
    this.timer = setInterval(show, 60000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }
}

customElements.define("local-time", LocalTime);
