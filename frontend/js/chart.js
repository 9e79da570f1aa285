// Draws one Vega-Lite specification in the colors and the typeface of the page. The interpreter evaluates expressions
// without eval, as the content security policy demands. Nothing is loaded from elsewhere: data stands in the specification.
import { View, parse } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";

function colors() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const get = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const found = {
    ink: get("--ink"), soft: get("--ink-soft"), line: get("--line"), rule: get("--line-soft"), axis: get("--quiet-line"),
    range: ["--action", "--person-solid", "--info-solid", "--good-solid", "--danger-solid", "--quiet-solid"].map(get),
  };
  probe.remove();
  return found;
}

function look() {
  const { ink, soft, rule, axis, range } = colors();
  const font = getComputedStyle(document.body).fontFamily;
  return {
    background: "transparent",
    font,
    view: { stroke: "transparent" },
    axis: {
      labelColor: soft, titleColor: soft, gridColor: rule, domainColor: axis, tickColor: axis,
      labelFontSize: 13, titleFontSize: 13, titleFontWeight: 600, labelPadding: 6,
    },
    axisX: { grid: false, labelAngle: 0, labelOverlap: true },
    legend: { labelColor: ink, titleColor: soft, labelFontSize: 13, titleFontSize: 13, orient: "top", symbolType: "circle" },
    title: { color: ink, fontSize: 15, anchor: "start" },
    header: { labelColor: ink, titleColor: soft },
    range: { category: range },
    mark: { color: range[0] },
    bar: { cornerRadiusEnd: 3 },
    line: { strokeWidth: 2 },
    point: { size: 50, filled: true },
    text: { color: ink },
    rule: { color: axis },
    locale: document.documentElement.lang,
  };
}

const noLoading = {
  load: () => Promise.reject(new Error("Charts load nothing; put the data into the specification.")),
  sanitize: () => Promise.reject(new Error("Charts have no links.")),
};

export async function drawChart(place, specification) {
  const fitted = { width: "container", autosize: { type: "fit", contains: "padding" }, ...specification };
  const { spec } = compile(fitted, { config: look() });
  const view = new View(parse(spec, null, { ast: true }), { expr: expressionInterpreter, renderer: "svg", loader: noLoading });
  view.initialize(place).hover();
  await view.runAsync();
  return view;
}
