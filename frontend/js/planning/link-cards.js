// <link-cards> in the composer: a pair of fields for each link that stands in the words. The server says which links those are
// (#marks, data-links as [[id, address, is our own site]]); a card with words of its own stays until the page is left.
import htmx from "../htmx.js";

const standing = () => {
  try {
    return JSON.parse(document.getElementById("marks")?.dataset.links || "[]");
  } catch {
    return [];
  }
};

const hostOf = (url) => {
  try {
    return new URL(url).hostname;
  } catch {
    return url;
  }
};

class LinkCards extends HTMLElement {
  connectedCallback() {
    this.lines = document.getElementById(this.dataset.lines);
    this.onMarks = () => this.take();
    document.addEventListener("htmx:oobAfterSwap", this.onMarks);
    // What was read from our site fills the fields as typing would, so it is judged and saved as such.
    this.addEventListener("htmx:load", (event) => {
      if (event.target.matches?.(".link-line")) this.closest("form").dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:oobAfterSwap", this.onMarks);
  }

  take() {
    const links = standing();
    const ids = links.map(([id]) => id);
    for (const line of [...this.lines.children]) {
      if (!ids.includes(line.dataset.link) && this.isEmpty(line)) line.remove();
    }
    for (const [id, url, isOurs] of links) {
      if (!this.lines.querySelector(`[data-link="${id}"]`)) this.lines.append(this.made(id, url, isOurs));
    }
  }

  isEmpty(line) {
    return !line.contains(document.activeElement) && [...line.querySelectorAll(".input")].every((field) => !field.value);
  }

  made(id, url, isOurs) {
    const line = this.querySelector("template").content.firstElementChild.cloneNode(true);
    line.dataset.link = id;
    line.querySelector("[data-host]").textContent = hostOf(url);
    line.querySelector("[name=link]").value = url;
    for (const field of line.querySelectorAll(".input")) {
      const name = field.name.replace("-new-", `-${id}-`);
      line.querySelector(`label[for="${field.id}"]`).htmlFor = name;
      field.id = field.name = name;
    }
    const read = line.querySelector("[data-read]");
    read.hidden = !isOurs;
    read.setAttribute("hx-vals", JSON.stringify({ url }));
    htmx.process(line);
    return line;
  }
}

customElements.define("link-cards", LinkCards);
