// <auto-grow> around a textarea: as tall as its words. Browsers with field-sizing need no help.
class AutoGrow extends HTMLElement {
  connectedCallback() {
    if (CSS.supports("field-sizing", "content")) return;
    const area = this.querySelector("textarea");
    const fit = () => {
      area.style.height = "auto";
      area.style.height = `${Math.min(area.scrollHeight + 2, 512)}px`;
    };
    area.addEventListener("input", fit);
    requestAnimationFrame(fit);
  }
}

customElements.define("auto-grow", AutoGrow);
