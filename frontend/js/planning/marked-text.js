// <marked-text> around a textarea: underlines where the guard found something. A copy of the words lies behind the field; only
// its underlines are visible. Marks come from #marks as {control: [[start, end, tone]]}, in code points, and move with typing.
const marks = () => {
  try {
    return JSON.parse(document.getElementById("marks")?.dataset.marks || "{}");
  } catch {
    return {};
  }
};

const GRAVITY = ["info", "person", "danger"];

class MarkedText extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    this.back = document.createElement("div");
    this.back.className = "marked-back";
    this.back.setAttribute("aria-hidden", "true");
    this.prepend(this.back);
    this.field.addEventListener("input", () => this.follow());
    this.field.addEventListener("scroll", () => this.align(), { passive: true });
    this.onMarks = () => this.take();
    document.addEventListener("htmx:oobAfterSwap", this.onMarks);
    this.take();
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:oobAfterSwap", this.onMarks);
    this.back.remove();
  }

  take() {
    this.words = [...this.field.value];
    this.marks = marks()[this.field.id] || [];
    this.paint();
  }

  // Between two answers of the server: marks behind the changed place move, marks in it go.
  follow() {
    const now = [...this.field.value];
    const before = this.words;
    let start = 0;
    while (start < now.length && start < before.length && now[start] === before[start]) start += 1;
    let tail = 0;
    const most = Math.min(now.length, before.length) - start;
    while (tail < most && now[now.length - 1 - tail] === before[before.length - 1 - tail]) tail += 1;
    const end = before.length - tail;
    const moved = now.length - before.length;
    this.marks = this.marks
      .filter(([from, to]) => to <= start || from >= end)
      .map(([from, to, tone]) => (from >= end ? [from + moved, to + moved, tone] : [from, to, tone]));
    this.words = now;
    this.paint();
  }

  paint() {
    const tones = this.tones();
    const pieces = [];
    for (let at = 0; at < this.words.length; ) {
      let end = at + 1;
      while (end < this.words.length && tones[end] === tones[at]) end += 1;
      pieces.push(this.piece(this.words.slice(at, end).join(""), tones[at]));
      at = end;
    }
    this.back.replaceChildren(...pieces, "\n");
    this.align();
  }

  // The tone of every letter; where notes overlap, the graver one shows.
  tones() {
    const tones = new Array(this.words.length);
    const graver = [...this.marks].sort((a, b) => GRAVITY.indexOf(a[2]) - GRAVITY.indexOf(b[2]));
    for (const [from, to, tone] of graver) tones.fill(tone, from, to);
    return tones;
  }

  piece(words, tone) {
    if (!tone) return words;
    const mark = document.createElement("mark");
    mark.dataset.tone = tone;
    mark.textContent = words;
    return mark;
  }

  align() {
    this.back.scrollTop = this.field.scrollTop;
  }
}

customElements.define("marked-text", MarkedText);
