// <undo-bar> is one notice. It leaves by itself after data-seconds (0: never), but not while a pointer or the focus
// is on it. notify(kind) shows a sentence that base.html keeps in a template, so that it is translated.
class UndoBar extends HTMLElement {
  connectedCallback() {
    this.left = Number(this.dataset.seconds || 0);
    if (this.left > 0) this.timer = setInterval(() => this.tick(), 1000);
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-dismiss]")) this.remove();
    });
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    if (this.matches(":hover, :focus-within")) return;
    this.left -= 1;
    if (this.left <= 0) this.remove();
  }
}

customElements.define("undo-bar", UndoBar);

export function notify(kind) {
  const region = document.getElementById("notices");
  const template = document.getElementById(`notice-${kind}`);
  if (!region || !template) return;
  region.querySelector(`[data-kind="${kind}"]`)?.remove();
  const notice = template.content.cloneNode(true);
  notice.firstElementChild.dataset.kind = kind;
  region.append(notice);
}
