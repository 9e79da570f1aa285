// <file-drop data-url="…" data-name="file" data-target="id"> around a form with a file field: drop or choose, see each file
// on its way, and the server's fragment takes its place when it has arrived. Without script the form is sent as usual.
import { csrfHeaders } from "./csrf.js";
import htmx from "./htmx.js";

class FileDrop extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("[data-uploads]");
    this.input.addEventListener("change", () => {
      this.send(this.input.files);
      this.input.value = "";
    });
    this.addEventListener("dragover", (event) => this.over(event, true));
    this.addEventListener("dragleave", (event) => this.over(event, false));
    this.addEventListener("drop", (event) => {
      this.over(event, false);
      this.send(event.dataTransfer.files);
    });
  }

  over(event, is) {
    event.preventDefault();
    this.toggleAttribute("data-over", is);
  }

  // One after the other, so that they stand in the order in which they were chosen: a post shows them so.
  send(files) {
    for (const file of files) {
      const line = this.announce(file);
      this.turn = (this.turn ?? Promise.resolve()).then(() => line.isConnected && this.sendOne(file, line));
    }
  }

  announce(file) {
    const line = this.querySelector("template").content.firstElementChild.cloneNode(true);
    const bar = line.querySelector("progress");
    line.querySelector("[data-file-name]").textContent = file.name;
    bar.setAttribute("aria-label", file.name);
    this.list.append(line);
    line.querySelector("[data-stop]").addEventListener("click", () => line.remove());
    return line;
  }

  sendOne(file, line) {
    const bar = line.querySelector("progress");
    // The server refuses it too, but a browser that is still sending seldom hears the sentence.
    if (file.size > Number(this.dataset.most || Infinity)) return this.failed(line, this.dataset.tooLarge);

    const form = new FormData();
    form.append(this.dataset.name || this.input.name, file);
    const request = new XMLHttpRequest();
    request.open("POST", this.dataset.url);
    for (const [name, value] of Object.entries({ ...csrfHeaders(), "HX-Request": "true" })) {
      request.setRequestHeader(name, value);
    }
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => this.arrived(line, request));
    request.addEventListener("error", () => this.failed(line, ""));
    line.querySelector("[data-stop]").addEventListener("click", () => request.abort());
    request.send(form);
    return new Promise((over) => request.addEventListener("loadend", over));
  }

  arrived(line, request) {
    if (request.status >= 200 && request.status < 300) {
      line.remove();
      const target = document.getElementById(this.dataset.target) || this.list;
      htmx.swap(target, request.responseText, { swapStyle: "beforeend" });
      this.dispatchEvent(new CustomEvent("file-arrived", { bubbles: true }));
    } else {
      // 4xx answers carry a sentence for the person as plain text; anything else gets the template's own sentence.
      const isText = (request.getResponseHeader("Content-Type") || "").startsWith("text/plain");
      this.failed(line, request.status < 500 && isText ? request.responseText : "");
    }
  }

  failed(line, sentence) {
    const words = line.querySelector("[data-file-error]");
    if (sentence) words.querySelector("span").textContent = sentence;
    words.hidden = false;
    line.querySelector("progress").hidden = true;
  }
}

customElements.define("file-drop", FileDrop);
