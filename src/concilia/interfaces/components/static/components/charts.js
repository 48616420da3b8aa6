// Chart options as small pure builders. Colours come from the same custom properties as the page, so
// light and dark need no second palette. Words and numbers come translated from the server:
//   <div data-chart="flow" data-source="data-weeks"></div><script type="application/json" id="data-weeks">…
(() => {
  "use strict";
  const language = document.documentElement.lang || "en";
  const probe = document.body.appendChild(document.createElement("span"));
  probe.hidden = true;

  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const tokens = (box) => ({
    legendRoom: box.clientWidth < 330 ? 58 : 36, // a legend of three names takes two lines on a small phone
    ink: colour("ink"), soft: colour("ink-2"), quiet: colour("ink-3"), line: colour("line"), surface: colour("raised"), edge: colour("line-strong"),
    accent: colour("accent"), paid: colour("grey-solid"), good: colour("green-solid"), bad: colour("red-solid"), open: colour("amber-solid"),
  });

  const font = { fontFamily: "Inter Variable, system-ui, sans-serif", fontSize: 12 };
  const figure = (value, places = 1) => new Intl.NumberFormat(language, { maximumFractionDigits: places }).format(value).replace("-", "\u2212");

  // What all charts share: no box, horizontal hair lines only, legend above at the start, one tooltip style.
  const frame = (t) => ({
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 300,
    textStyle: { ...font, color: t.soft },
    grid: { left: 0, right: 4, top: t.legendRoom, bottom: 6, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: { left: 0, top: 0, padding: 0, itemWidth: 10, itemHeight: 10, itemGap: 16, icon: "roundRect", textStyle: { ...font, color: t.soft } },
    tooltip: {
      trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: t.line, opacity: 0.5 } }, valueFormatter: (value) => (value == null ? "–" : figure(value, 2)),
      backgroundColor: t.surface, borderColor: t.edge, padding: [8, 12], textStyle: { ...font, color: t.ink }, extraCssText: "box-shadow:var(--shadow-2);border-radius:8px",
    },
  });
  const words = (t, data) => ({ type: "category", data, axisTick: { show: false }, axisLine: { lineStyle: { color: t.edge } }, axisLabel: { ...font, color: t.quiet } });
  const numbers = (t, more = {}) => ({ type: "value", splitNumber: 4, axisLabel: { ...font, color: t.quiet, formatter: (value) => figure(value) }, splitLine: { lineStyle: { color: t.line } }, ...more });
  const bars = (name, data, color, more = {}) => ({ name, type: "bar", data, color, barMaxWidth: 22, itemStyle: { borderRadius: more.stack ? 0 : 2 }, ...more });
  const line = (name, data, color, more = {}) => ({ name, type: "line", data, color, showSymbol: false, symbol: "circle", lineStyle: { width: 2 }, ...more });
  const tag = (color) => ({ show: true, color, fontWeight: 600, ...font, formatter: ({ value }) => figure(value) });
  const pointer = (t) => ({ ...frame(t).tooltip, axisPointer: { type: "line", lineStyle: { color: t.edge } } });
  const floor = (values) => {
    const known = values.flat().filter((value) => value != null);
    const low = Math.min(...known);
    const high = Math.max(...known);
    return Math.max(0, Math.floor((low - (high - low) * 0.4) / 5) * 5);
  };

  const builders = {
    // {labels, series: [{name, values, colour: good|bad|open|accent|paid|quiet, line: bool, dashed: bool}], stacked: bool, horizontal: bool, most: where the numbers end}
    plain: (t, d) => {
      const category = words(t, d.labels);
      const series = d.series.map((one) =>
        one.line
          ? line(one.name, one.values, t[one.colour] || t.accent, { lineStyle: { width: one.dashed ? 1.5 : 2, type: one.dashed ? "dashed" : "solid" }, endLabel: tag(t[one.colour] || t.accent) })
          : bars(one.name, one.values, t[one.colour] || t.paid, d.stacked ? { stack: "a", barMaxWidth: 34 } : {}),
      );
      const flat = { ...category, inverse: true, axisLine: { show: false }, axisLabel: { ...font, color: t.soft } };
      const scale = numbers(t, d.most == null ? {} : { max: d.most, interval: d.most / 4 });
      const axes = d.horizontal ? { xAxis: scale, yAxis: flat } : { xAxis: category, yAxis: scale };
      const right = d.series.some((one) => one.line) ? 40 : 4;
      return { ...frame(t), ...axes, series, grid: { ...frame(t).grid, right } };
    },
    // {weeks, opened, settled, open, names: [opened, settled, still open]}
    flow: (t, d) => ({
      ...frame(t), xAxis: words(t, d.weeks), yAxis: numbers(t), grid: { ...frame(t).grid, right: 26 },
      series: [
        bars(d.names[0], d.opened, t.open, { barGap: "12%" }), bars(d.names[1], d.settled, t.good),
        line(d.names[2], d.open, t.quiet, { lineStyle: { width: 1.5, type: "dashed" }, endLabel: tag(t.soft) }),
      ],
    }),
    // {labels, valid, invalid, names: [valid, not valid]}
    causes: (t, d) => ({
      ...frame(t), xAxis: numbers(t), yAxis: { ...words(t, d.labels), inverse: true, axisLine: { show: false }, axisLabel: { ...font, color: t.soft } },
      series: [bars(d.names[0], d.valid, t.good, { stack: "a" }), bars(d.names[1], d.invalid, t.bad, { stack: "a" })],
    }),
    // {buckets, clear, promised, disputed, names: [free to chase, promised, disputed]}; leave "not due" out and say it in the caption: it dwarfs the rest
    ageing: (t, d) => ({
      ...frame(t), xAxis: words(t, d.buckets), yAxis: numbers(t),
      series: [
        bars(d.names[0], d.clear, t.paid, { stack: "a", barMaxWidth: 34 }), bars(d.names[1], d.promised, t.accent, { stack: "a" }), bars(d.names[2], d.disputed, t.open, { stack: "a" }),
      ],
    }),
    // {months, dso, best, names: [DSO, best possible]}
    dso: (t, d) => ({
      ...frame(t), tooltip: pointer(t), xAxis: { ...words(t, d.months), boundaryGap: false }, yAxis: numbers(t, { min: floor([d.dso, d.best]) }), grid: { ...frame(t).grid, right: 38 },
      series: [
        line(d.names[0], d.dso, t.accent, { endLabel: tag(t.accent), areaStyle: { opacity: 0.07 } }),
        line(d.names[1], d.best, t.quiet, { lineStyle: { width: 1.5, type: "dashed" }, endLabel: tag(t.quiet) }),
      ],
    }),
    // Before and after a corrective action, beside those it did not touch: {weeks, acted, control, from, label, names: [with, without]}
    effect: (t, d) => ({
      ...frame(t), tooltip: pointer(t), xAxis: { ...words(t, d.weeks), boundaryGap: false }, yAxis: numbers(t, { min: 0 }), grid: { ...frame(t).grid, right: 38 },
      series: [
        line(d.names[0], d.acted, t.accent, {
          endLabel: tag(t.accent),
          markLine: { symbol: "none", silent: true, lineStyle: { color: t.edge, type: "solid" }, label: { ...font, color: t.soft, formatter: d.label, position: "end", align: "left", offset: [6, 14] }, data: [{ xAxis: d.from }] },
        }),
        line(d.names[1], d.control, t.quiet, { lineStyle: { width: 1.5, type: "dashed" }, endLabel: tag(t.quiet) }),
      ],
    }),
  };

  // Decimals travel as text so that the server never makes floats of them; a drawing may.
  const numeric = (value) => {
    if (Array.isArray(value)) return value.map(numeric);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, ["labels", "weeks", "months", "buckets", "names", "name", "label", "from"].includes(key) ? inner : numeric(inner)]));
    return typeof value === "string" && value !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
  };

  const drawn = new Map();
  function draw(box) {
    const source = document.getElementById(box.dataset.source);
    const builder = builders[box.dataset.chart];
    if (!source || !builder) return;
    const chart = drawn.get(box) || echarts.init(box, null, { renderer: "svg" });
    if (!drawn.has(box)) new ResizeObserver(() => chart.resize()).observe(box);
    drawn.set(box, chart);
    chart.setOption(builder(tokens(box), numeric(JSON.parse(source.textContent))), true);
  }
  const drawAll = () => {
    for (const box of drawn.keys()) if (!box.isConnected) { drawn.get(box).dispose(); drawn.delete(box); }
    document.querySelectorAll("[data-chart]").forEach(draw);
  };
  drawAll();
  document.addEventListener("themechange", () => requestAnimationFrame(drawAll));
  document.addEventListener("htmx:after:swap", drawAll);
})();
