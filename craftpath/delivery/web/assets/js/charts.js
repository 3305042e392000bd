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

  /* Where the names of dots go: right, left, above or below, wherever they cover no dot and no other name. What finds
     no room has its name in the tip and in the table. */
  const placed = (points, width, height, size) => {
    const wide = (text) => [...text].reduce((sum, mark) => sum + (mark > "\u2e80" ? size : size * 0.56), 0);
    const taken = points.map(({ at: [x, y] }) => [x - 8, y - 8, x + 8, y + 8]);
    return points.map(({ at: [x, y], label }) => {
      const [w, h] = [wide(label), size * 1.3];
      const boxes = {
        right: [x + 10, y - h / 2, x + 10 + w, y + h / 2],
        left: [x - 10 - w, y - h / 2, x - 10, y + h / 2],
        top: [x - w / 2, y - 10 - h, x + w / 2, y - 10],
        bottom: [x - w / 2, y + 10, x + w / 2, y + 10 + h],
      };
      const free = ([left, top, right, bottom]) =>
        left >= 0 && right <= width && top >= size * 1.6 && bottom <= height - size * 1.6 &&
        taken.every((one) => one[0] >= right || one[2] <= left || one[1] >= bottom || one[3] <= top);
      const found = Object.entries(boxes).find(([, box]) => free(box));
      if (found) taken.push(found[1]);
      return found ? found[0] : "";
    });
  };

  /* Skills by own level and importance, with a cross-hair; the field that matters is tinted and its dots stand out. */
  const map = (given, place) => {
    const [[left, right], [low, high]] = given.ends;
    const [x, y] = given.lines;
    const corner = (field, from, to, position) => [
      {
        name: given.fields[field],
        coord: from,
        label: words({ position, distance: 6, color: colour(field === "concentrate" ? "ochre" : "ink-2") }),
        itemStyle: { color: field === "concentrate" ? colour("ochre-wash") : "transparent" },
      },
      { coord: to },
    ];
    const [width, height] = [place.clientWidth - 64, place.clientHeight - 84];
    const size = width < 480 ? 11 : 12;
    const first = (point) => (point.field === "concentrate" ? 0 : 1);
    const points = [...given.points].sort((one, other) => first(one) - first(other));
    const sides = placed(
      points.map((point) => ({
        label: point.label,
        at: [((point.x - left) / (right - left)) * width, ((high - point.y) / (high - low)) * height],
      })),
      width,
      height,
      size,
    );
    return {
      grid: { left: 8, right: 20, top: 30, bottom: 30, containLabel: true },
      tooltip: tip(({ data }) => `${data.name}\n${given.y} ${plain(data.value[1])} · ${given.x} ${plain(data.value[0])}`),
      xAxis: valueAxis(given.x, { min: left, max: right, nameLocation: "middle", nameGap: 28, splitLine: { show: false } }),
      yAxis: valueAxis(given.y, {
        min: low,
        max: high,
        nameTextStyle: words({ align: "left" }),
        splitLine: { show: false },
      }),
      series: [
        {
          type: "scatter",
          data: points.map((point, at) => ({
            name: point.label,
            value: [point.x, point.y],
            symbol: point.field === "concentrate" ? "diamond" : "circle",
            symbolSize: point.field === "concentrate" ? 13 : 9,
            itemStyle: { color: colour(point.field === "concentrate" ? "ochre" : "indigo") },
            label: { show: sides[at] !== "", position: sides[at] || "right" },
          })),
          label: words({ color: colour("ink"), fontSize: size, formatter: ({ name }) => name }),
          markLine: {
            silent: true,
            symbol: "none",
            animation: false,
            label: { show: false },
            lineStyle: { color: colour("edge"), type: "dashed", width: 1 },
            data: [{ xAxis: x }, { yAxis: y }],
          },
          markArea: {
            silent: true,
            data: [
              corner("concentrate", [left, high], [x, y], "insideTopLeft"),
              corner("keep_up", [x, high], [right, y], "insideTopRight"),
              corner("low", [left, y], [x, low], "insideBottomLeft"),
              corner("overkill", [x, y], [right, low], "insideBottomRight"),
            ],
          },
        },
      ],
    };
  };

  // One line a stage: the last one strong, earlier ones fainter, each with the sign of its own; the peers dotted.
  // Names of axes in lines: by words, or in two parts where a language has no spaces.
  const lined = (name) => {
    if (!name.includes(" ")) {
      const first = name.length > 8 ? Math.ceil(name.length / 2) : Math.max(name.length - 2, 2);
      return [name.slice(0, first), name.slice(first)].filter(Boolean).join("\n");
    }
    const lines = [];
    name.split(" ").forEach((word) => {
      const last = lines.length - 1;
      if (last >= 0 && lines[last].length + word.length < 15) lines[last] += ` ${word}`;
      else lines.push(word);
    });
    return lines.join("\n");
  };
  const signs = ["emptyCircle", "circle", "rect", "triangle", "diamond"];
  const radar = (given) => {
    const last = Math.max(...given.rings.map((ring) => ring.order));
    const look = (ring) => {
      const tone = ring.order === 0 ? colour("ochre") : ring.order === last ? colour("indigo") : colour("edge");
      const type = ring.order === 0 ? "dotted" : "solid";
      return {
        name: ring.name,
        value: ring.values.map((value) => (value === null ? "-" : value)),
        symbol: signs[Math.min(ring.order, signs.length - 1)],
        symbolSize: 8,
        itemStyle: { color: tone },
        lineStyle: { color: tone, type, width: ring.order === last ? 3 : 2 },
        areaStyle: ring.order === last ? { color: tone, opacity: 0.1 } : undefined,
      };
    };
    return {
      legend: { bottom: 0, textStyle: words(), itemWidth: 22, data: given.rings.map((ring) => ring.name) },
      tooltip: tip(({ name, value }) =>
        [name, ...given.axes.map((axis, n) => `${axis}: ${value[n] === "-" ? "–" : plain(value[n])}`)].join("\n"),
      ),
      radar: {
        center: ["50%", "44%"],
        radius: "46%",
        splitNumber: given.most,
        axisName: words({ color: colour("ink"), fontSize: 12, lineHeight: 15, formatter: lined }),
        axisNameGap: 8,
        axisLine: { lineStyle: { color: colour("line") } },
        splitLine: { lineStyle: { color: colour("line") } },
        splitArea: { show: false },
        indicator: given.axes.map((name) => ({ name, min: 0, max: given.most })),
      },
      series: [{ type: "radar", data: given.rings.map(look) }],
    };
  };

  // Pages of indicators bring more kinds along: see `figure-charts.js`.
  const more = window.craftpathKinds ? window.craftpathKinds({ colour, words, valueAxis, tip, plain }) : {};
  const kinds = { histogram, boxplot, map, radar, ...more };
  const still = () => printing || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let printing = false;

  const watched = new WeakSet();
  const draw = (figure) => {
    const given = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
    const place = figure.querySelector("[data-chart-drawing]");
    place.hidden = false;
    const option = kinds[given.kind](given, place); // which may also say how tall the drawing is
    const chart =
      window.echarts.getInstanceByDom(place) ||
      window.echarts.init(place, null, { renderer: "svg", locale: zh ? "ZH" : "EN" });
    if (chart.getHeight() !== place.clientHeight) chart.resize();
    const label = figure.querySelector(".chart-label").textContent;
    const pointer = figure.querySelector(".chart-table > summary").textContent;
    chart.setOption(
      {
        animation: !still(),
        animationDuration: 160,
        aria: { enabled: true, label: { description: `${label}. ${pointer}` } },
        ...option,
      },
      true,
    );
    if (!watched.has(place)) {
      watched.add(place);
      let width = place.clientWidth;
      new ResizeObserver(() => {
        const turned = (width < 480) !== (place.clientWidth < 480);
        width = place.clientWidth;
        if (turned && more[given.kind]) draw(figure);
        chart.resize();
      }).observe(place);
    }
  };

  const drawAll = (root) => root.querySelectorAll("[data-chart]").forEach(draw);
  document.addEventListener("craftpath:theme", () => drawAll(document));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll(document));
  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) drawAll(event.target);
  });

  // Paper is light, whatever the screen is.
  const root = document.documentElement;
  let before = "";
  window.addEventListener("beforeprint", () => {
    if (printing) return;
    [before, printing] = [root.dataset.theme || "auto", true];
    root.dataset.theme = "light";
    drawAll(document);
  });
  window.addEventListener("afterprint", () => {
    if (!printing) return;
    [root.dataset.theme, printing] = [before, false];
    drawAll(document);
  });
  drawAll(document);
})();
