// The inbox: <inbox-desk> keeps the list in place while conversations change beside it; <saved-answers> puts a safe
// answer where the cursor is. Without script both are plain links and buttons.
import "../planning/marked-text.js";

class InboxDesk extends HTMLElement {
  connectedCallback() {
    this.onClick = (event) => {
      const link = event.target.closest(".split-item a[data-item]");
      if (link) this.mark(link.closest("li"));
    };
    this.onSwap = (event) => {
      if (event.detail.target?.id !== "conversation") return;
      this.toggleAttribute("data-open", true);
      document.getElementById("conversation")?.focus({ preventScroll: true });
      this.showLast();
      if (matchMedia("(width < 60rem)").matches) window.scrollTo(0, 0);
    };
    // What was refused is no longer what stands in the field.
    this.onInput = (event) => event.target.removeAttribute("aria-invalid");
    this.addEventListener("click", this.onClick);
    this.addEventListener("htmx:afterSwap", this.onSwap);
    this.addEventListener("input", this.onInput);
    this.querySelector(".split-item[aria-current]")?.scrollIntoView({ block: "nearest" });
    this.showLast();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.onClick);
    this.removeEventListener("htmx:afterSwap", this.onSwap);
    this.removeEventListener("input", this.onInput);
  }

  mark(row) {
    for (const other of this.querySelectorAll(".split-item[aria-current]")) other.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    row.removeAttribute("data-unread");
  }

  // A thread is read from its end; but an alarm stays in sight where there is room for both.
  showLast() {
    const main = document.getElementById("conversation");
    const last = main?.querySelector(".thread > .bubble:last-child");
    if (!last) return;
    const box = main.querySelector(".reply-box");
    const room = main.clientHeight - (box && getComputedStyle(box).position === "sticky" ? box.offsetHeight : 0);
    const fits = last.offsetTop - main.offsetTop + Math.min(last.offsetHeight, 64) <= room;
    main.scrollTop = main.querySelector(".inbox-alarm") && fits ? 0 : main.scrollHeight;
  }
}

class SavedAnswers extends HTMLElement {
  connectedCallback() {
    this.onClick = (event) => {
      const button = event.target.closest("button[data-text]");
      const field = document.getElementById(this.dataset.for);
      if (!button || !field) return;
      event.preventDefault();
      const before = field.value && !field.value.endsWith("\n") && field.selectionStart === field.value.length ? "\n\n" : "";
      field.focus();
      field.setRangeText(before + button.dataset.text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      this.querySelector("details")?.removeAttribute("open");
    };
    this.addEventListener("click", this.onClick);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.onClick);
  }
}

customElements.define("inbox-desk", InboxDesk);
customElements.define("saved-answers", SavedAnswers);
