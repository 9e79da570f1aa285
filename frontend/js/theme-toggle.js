// <theme-toggle> holds three buttons with data-theme-choice="auto|light|dark".
import { chooseTheme, chosenTheme } from "./theme.js";

class ThemeToggle extends HTMLElement {
  connectedCallback() {
    this.show(chosenTheme());
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-theme-choice]");
      if (!button) return;
      chooseTheme(button.dataset.themeChoice);
      this.show(button.dataset.themeChoice);
    });
  }

  show(name) {
    for (const button of this.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === name));
    }
  }
}

customElements.define("theme-toggle", ThemeToggle);
