/* Draws the charts of a page. The options travel as JSON beside each figure; words come in the page's language, colours
   from the style sheet. The same figures stand in the table under the drawing, so nothing is lost without script. */
"use strict";

(() => {
  const zh = document.documentElement.lang.startsWith("zh");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const faces = () => getComputedStyle(document.body).fontFamily;
  const plain = (value) => value.toLocaleString(document.documentElement.lang);

  const words = (extra = {}) => ({ color: colour("ink-2"), fontFamily: faces(), fontSize: 13, ...extra });
  const valueAxis = (name, extra = {}) => ({
    type: "value",
    name,
    nameTextStyle: words(),
    axisLabel: words(),
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colour("line") } },
    ...extra,
  });
  const tip = (formatter) => ({
    trigger: "item",
    renderMode: "richText",
    backgroundColor: colour("ink"),
    borderWidth: 0,
    padding: [6, 10],
    textStyle: words({ color: colour("paper") }),
    formatter,
  });

  const histogram = (given) => {
    const first = given.bins[0].from;
    const last = given.bins[given.bins.length - 1].to;
    const fill = colour("indigo");
    return {
      grid: { left: 8, right: 16, top: 36, bottom: 28, containLabel: true },
      tooltip: tip(({ value }) => `${plain(value[0])}–${plain(value[1])}: ${plain(value[2])}`),
      xAxis: valueAxis(given.x, {
        min: first,
        max: last,
        nameLocation: "middle",
        nameGap: 28,
        splitLine: { show: false },
        axisLine: { show: true, lineStyle: { color: colour("edge") } },
      }),
      yAxis: valueAxis(given.y, { min: 0, minInterval: 1, nameTextStyle: words({ align: "left" }) }),
      series: [
        {
          type: "custom",
          name: given.y,
          encode: { x: [0, 1], y: 2 },
          data: given.bins.map((bin) => [bin.from, bin.to, bin.count]),
          renderItem: (_, api) => {
            const left = api.coord([api.value(0), api.value(2)]);
            const right = api.coord([api.value(1), 0]);
            const width = Math.max(right[0] - left[0] - 1.5, 1);
            return {
              type: "rect",
              shape: { x: left[0] + 0.75, y: left[1], width, height: right[1] - left[1] },
              style: { fill },
            };
          },
          markLine: {
            silent: true,
            symbol: "none",
            animation: false,
            lineStyle: { color: colour("ochre"), type: "solid", width: 1.5 },
            label: words({ color: colour("ochre"), formatter: ({ name }) => name }),
            data: (given.marks || []).map((mark) => ({ xAxis: mark.at, name: mark.label })),
          },
        },
      ],
    };
  };

  const boxplot = (given) => ({
    grid: { left: 8, right: 20, top: 12, bottom: 28, containLabel: true },
    tooltip: tip(({ dataIndex }) => {
      const group = given.groups[dataIndex];
      const five = [group.low, group.q1, group.median, group.q3, group.high].map(plain).join(" · ");
      return `${group.label} (n = ${plain(group.n)})\n${five}`;
    }),
    xAxis: valueAxis(given.x, { min: given.min, max: given.max, nameLocation: "middle", nameGap: 28 }),
    yAxis: {
      type: "category",
      inverse: true,
      data: given.groups.map((group) => `${group.label}\nn = ${plain(group.n)}`),
      axisLabel: words({ color: colour("ink"), lineHeight: given.groups.length > 4 ? 14 : 18, interval: 0 }),
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: [
      {
        type: "boxplot",
        boxWidth: [14, 26],
        data: given.groups.map((group) => ({
          value: [group.low, group.q1, group.median, group.q3, group.high],
          itemStyle: {
            color: colour("well"),
            borderColor: colour(group.key) || colour("indigo"),
            borderWidth: 2,
          },
        })),
      },
    ],
  });

  const kinds = { histogram, boxplot };

  const draw = (figure) => {
    const given = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
    const place = figure.querySelector("[data-chart-drawing]");
    place.hidden = false;
    const chart =
      window.echarts.getInstanceByDom(place) ||
      window.echarts.init(place, null, { renderer: "svg", locale: zh ? "ZH" : "EN" });
    const label = figure.querySelector(".chart-label").textContent;
    const pointer = figure.querySelector(".chart-table > summary").textContent;
    chart.setOption(
      {
        animationDuration: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160,
        aria: { enabled: true, label: { description: `${label}. ${pointer}` } },
        ...kinds[given.kind](given),
      },
      true,
    );
    new ResizeObserver(() => chart.resize()).observe(place);
  };

  const drawAll = (root) => root.querySelectorAll("[data-chart]").forEach(draw);
  document.addEventListener("craftpath:theme", () => drawAll(document));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll(document));
  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) drawAll(event.target);
  });
  drawAll(document);
})();
