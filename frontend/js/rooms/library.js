// <cover-areas data-width data-height> around a picture: boxes to cover, drawn with mouse, finger or keys. What was found is
// shown as boxes, too, and follows the checkboxes of the form. Without script the checkboxes do. The server covers; here are
// only numbers, in pixels of the picture.
const STEP = 0.01; // of the picture's width or height, for one press of an arrow key
const SMALLEST = 8; // pixels of the picture

class CoverAreas extends HTMLElement {
  connectedCallback() {
    this.stage = this.querySelector(".cover-stage");
    this.form = this.closest("form");
    this.size = [Number(this.dataset.width), Number(this.dataset.height)];
    this.form.querySelectorAll("input[data-box]").forEach((input) => this.show(input));
    this.stage.addEventListener("pointerdown", (event) => this.start(event));
    this.addEventListener("keydown", (event) => this.key(event));
    this.querySelector("[data-add]").addEventListener("click", () => this.addInTheMiddle());
    this.querySelector("[data-undo]").addEventListener("click", () => this.remove(this.own().at(-1)));
  }

  own() {
    return [...this.stage.querySelectorAll("[data-own]")];
  }

  // A box for what was found: shown as chosen or not, pressed like its checkbox.
  show(input) {
    const mark = document.createElement("div");
    mark.className = "cover-found";
    mark.setAttribute("aria-hidden", "true"); // its checkbox says the same
    const follow = () => mark.toggleAttribute("data-chosen", input.checked);
    mark.addEventListener("click", () => input.click());
    input.addEventListener("change", follow);
    this.place(mark, input.dataset.box.split(",").map(Number));
    follow();
    this.stage.append(mark);
  }

  place(mark, box) {
    const [x, y, width, height] = box;
    const part = (value, whole) => `${(100 * value) / whole}%`;
    Object.assign(mark.style, {
      left: part(x, this.size[0]), top: part(y, this.size[1]),
      width: part(width, this.size[0]), height: part(height, this.size[1]),
    });
    if (!mark.hasAttribute("data-own")) return;
    mark.box = box;
    mark.input.value = box.map(Math.round).join(",");
    mark.setAttribute("aria-label", `${mark.dataset.label} ${mark.dataset.number}: ${this.words(this.dataset.place, box)}`);
  }

  add(box) {
    const mark = this.querySelector("template").content.firstElementChild.cloneNode(true);
    mark.input = document.createElement("input");
    mark.input.type = "hidden";
    mark.input.name = "box";
    mark.append(mark.input);
    mark.dataset.number = this.own().length + 1;
    this.dataset.place = this.querySelector("[data-say]").dataset.place;
    this.stage.append(mark);
    this.place(mark, box);
    this.count();
    return mark;
  }

  addInTheMiddle() {
    const [width, height] = this.size;
    const mark = this.add([width * 0.4, height * 0.4, width * 0.2, height * 0.2]);
    mark.focus();
    this.say("added", mark.box);
  }

  remove(mark) {
    if (!mark) return;
    const next = mark.previousElementSibling?.matches("[data-own]") ? mark.previousElementSibling : null;
    mark.remove();
    this.count();
    (next || this.querySelector("[data-add]")).focus();
    this.say("removed");
  }

  count() {
    this.querySelector("[data-undo]").disabled = !this.own().length;
  }

  start(event) {
    if (event.button !== 0 || event.target.closest(".cover-found")) return;
    event.preventDefault();
    const from = this.point(event);
    const pressed = event.target.closest("[data-own]");
    const isGrip = Boolean(event.target.closest(".cover-grip"));
    const mark = pressed || this.add([from[0], from[1], 0, 0]);
    const old = [...mark.box];
    mark.focus();
    const move = (moved) => {
      const to = this.point(moved);
      if (!pressed) this.place(mark, between(from, to));
      else if (isGrip) this.place(mark, this.inside([old[0], old[1], old[2] + to[0] - from[0], old[3] + to[1] - from[1]]));
      else this.place(mark, this.inside([old[0] + to[0] - from[0], old[1] + to[1] - from[1], old[2], old[3]]));
    };
    const end = () => {
      this.stage.removeEventListener("pointermove", move);
      if (mark.box[2] < SMALLEST || mark.box[3] < SMALLEST) this.remove(mark);
    };
    this.stage.setPointerCapture(event.pointerId);
    this.stage.addEventListener("pointermove", move);
    this.stage.addEventListener("pointerup", end, { once: true });
    this.stage.addEventListener("pointercancel", end, { once: true });
  }

  key(event) {
    const mark = event.target.closest("[data-own]");
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (!mark) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.remove(mark);
    } else if (ways[event.key]) {
      event.preventDefault();
      const [across, down] = [ways[event.key][0] * STEP * this.size[0], ways[event.key][1] * STEP * this.size[1]];
      const [x, y, width, height] = mark.box;
      const box = event.shiftKey ? [x, y, width + across, height + down] : [x + across, y + down, width, height];
      this.place(mark, this.inside(box));
      this.say("place", mark.box);
    }
  }

  // Where in the picture the pointer is, in its pixels.
  point(event) {
    const shown = this.stage.getBoundingClientRect();
    const within = (value, whole) => Math.min(whole, Math.max(0, value));
    return [
      within(((event.clientX - shown.left) / shown.width) * this.size[0], this.size[0]),
      within(((event.clientY - shown.top) / shown.height) * this.size[1], this.size[1]),
    ];
  }

  inside([x, y, width, height]) {
    const [most, tall] = this.size;
    const w = Math.min(most, Math.max(SMALLEST, width));
    const h = Math.min(tall, Math.max(SMALLEST, height));
    return [Math.min(most - w, Math.max(0, x)), Math.min(tall - h, Math.max(0, y)), w, h];
  }

  words(sentence, box) {
    const [x, y, width, height] = box;
    const parts = [x / this.size[0], y / this.size[1], width / this.size[0], height / this.size[1]];
    const wanted = sentence.split("%").length > 4 ? parts : parts.slice(2);
    return wanted.reduce((told, part) => told.replace("%", Math.round(100 * part)), sentence);
  }

  say(what, box) {
    const place = this.querySelector("[data-say]");
    place.textContent = box ? this.words(place.dataset[what], box) : place.dataset[what];
  }
}

function between([x1, y1], [x2, y2]) {
  return [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x1 - x2), Math.abs(y1 - y2)];
}

customElements.define("cover-areas", CoverAreas);
