// <vega-chart> holds <script type="application/json"> with a Vega-Lite specification and, for readers of tables, the same
// numbers as a table. The drawing code is large and comes only when a chart is on the page.
class VegaChart extends HTMLElement {
  async connectedCallback() {
    const data = this.querySelector("script[type='application/json']");
    if (!data) return;
    this.specification = JSON.parse(data.textContent);
    this.place = this.querySelector("[data-chart]") || this.appendChild(document.createElement("div"));
    this.redraw = () => this.draw();
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.dark.addEventListener("change", this.redraw);
    this.watch = new MutationObserver(this.redraw);
    this.watch.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    await this.draw();
  }

  disconnectedCallback() {
    this.dark?.removeEventListener("change", this.redraw);
    this.watch?.disconnect();
    this.view?.finalize();
  }

  async draw() {
    const { drawChart } = await import("./chart.js");
    this.view?.finalize();
    this.view = await drawChart(this.place, this.specification);
    this.toggleAttribute("data-drawn", true);
  }
}

customElements.define("vega-chart", VegaChart);
