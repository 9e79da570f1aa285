// <idle-lock data-minutes="15" data-url="/lock/"> leaves for the lock page when nobody touched any tab for that long.
// Only the time of the last touch is kept, for the other tabs to see. The server keeps the same clock and is the judge.
import { notify } from "./notices.js";

const KEY = "bedside.touched";
const SIGNS = ["pointerdown", "keydown", "wheel", "touchstart"];

class IdleLock extends HTMLElement {
  connectedCallback() {
    this.limit = Number(this.dataset.minutes) * 60000;
    if (!this.limit || !this.dataset.url) return;
    this.touch = () => this.remember(Date.now());
    SIGNS.forEach((sign) => document.addEventListener(sign, this.touch, { passive: true }));
    this.touch();
    this.timer = setInterval(() => this.look(), 5000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    SIGNS.forEach((sign) => document.removeEventListener(sign, this.touch));
  }

  remember(now) {
    if (now - (this.last || 0) < 2000) return;
    this.last = now;
    this.warned = false;
    try {
      localStorage.setItem(KEY, String(now));
    } catch {
      // Other tabs then count for themselves.
    }
  }

  lastTouch() {
    try {
      return Math.max(this.last, Number(localStorage.getItem(KEY)) || 0);
    } catch {
      return this.last;
    }
  }

  look() {
    const idle = Date.now() - this.lastTouch();
    if (idle >= this.limit) {
      clearInterval(this.timer);
      const back = encodeURIComponent(window.location.pathname);
      window.location.assign(`${this.dataset.url}?next=${back}`);
    } else if (idle >= this.limit - 60000 && !this.warned) {
      this.warned = true;
      notify("locking");
    }
  }
}

customElements.define("idle-lock", IdleLock);
