/* Kinds of charts for indicators: bars with intervals, lines, survival, funnel, layers and Sankey. `charts.js` draws
   them; it hands its colours and words in. Colour is never alone: every row, line and stage has its name and figure
   beside it, lines differ in their dashes and signs, fields in their patterns. */
"use strict";

window.craftpathKinds = ({ colour, words, valueAxis, tip, plain }) => {
  const tones = () => ["indigo", "practical", "jade", "exam", "edge"].map(colour);
  const dashes = ["solid", [8, 4], [2, 3], [10, 3, 2, 3], [4, 6]];
  const signs = ["circle", "rect", "triangle", "diamond", "emptyCircle"];
  const narrow = (place) => place.clientWidth < 480;
  const wide = (text, size) =>
    [...text].reduce((sum, mark) => sum + (mark > "\u2e80" ? size : size * 0.58), 0);
  const shortened = (text, room, size) => {
    if (wide(text, size) <= room) return text;
    let kept = "";
    for (const mark of text) {
      if (wide(`${kept}${mark}…`, size) > room) break;
      kept += mark;
    }
    return kept ? `${kept}…` : "";
  };
  const names = (labels, extra = {}) => ({
    type: "category",
    inverse: true,
    data: labels,
    axisLabel: words({ color: colour("ink"), interval: 0, ...extra }),
    axisLine: { show: false },
    axisTick: { show: false },
  });
  const tall = (place, rows, each, around) => {
    place.style.height = `${Math.max(rows * each + around, 120)}px`;
  };
  const text = (x, y, said, extra = {}) => ({
    type: "text",
    style: { x, y, text: said, fill: colour("ink"), font: `13px ${words().fontFamily}`, verticalAlign: "middle", ...extra },
  });
  const inUnit = (given, said) => (given.unit ? `${said}${given.unit}` : said);

  const tone = (row) => ({ good: "jade", attention: "ochre" })[row.out ? row.tone : ""] || "indigo";

  // Even ticks where both ends are known, so that none comes to lie beside the last one.
  const ticks = (given, parts) => {
    if (typeof given.most !== "number") return { splitNumber: parts };
    const span = given.most - (given.least ?? 0);
    return { interval: span / (given.most === 5 ? 5 : span === 60 ? 3 : parts) };
  };

  /* One bar a row, from zero, with its interval as whiskers and its figure in a column of its own at the right. What is
     out of line has another pattern and a sign; what is not shown says so in its row. */
  const bars = (given, place) => {
    tall(place, given.rows.length, narrow(place) ? 42 : 34, given.mean ? 62 : 48);
    const room = narrow(place) ? Math.min(place.clientWidth * 0.3, 116) : 190;
    const column = Math.max(...given.rows.map((row) => wide(row.said, 13))) + 16;
    const most = given.most ?? null;
    return {
      grid: { left: 8, right: column, top: given.mean ? 30 : 10, bottom: 34, containLabel: true },
      tooltip: tip(({ dataIndex }) => given.rows[dataIndex].tip),
      xAxis: valueAxis(given.x, {
        min: given.least ?? 0,
        max: most,
        nameLocation: "middle",
        nameGap: 26,
        ...ticks(given, narrow(place) ? 2 : 4),
      }),
      yAxis: names(
        given.rows.map((row) => row.label),
        { width: room, overflow: "truncate", ellipsis: "…" },
      ),
      series: [
        {
          type: "bar",
          barWidth: 16,
          data: given.rows.map((row) => ({
            value: row.value ?? "-",
            itemStyle: {
              color: colour(tone(row)),
              opacity: row.faint ? 0.55 : 1,
              decal: row.out
                ? {
                    symbol: "rect",
                    dashArrayX: [1, 0],
                    dashArrayY: [2, 4],
                    rotation: row.tone === "good" ? -Math.PI / 4 : Math.PI / 4,
                    color: colour("sheet"),
                  }
                : { symbol: "none" },
            },
          })),
          markLine: given.mean && {
            silent: true,
            symbol: "none",
            animation: false,
            lineStyle: { color: colour("ink-2"), type: "dashed", width: 1.5 },
            label: words({ formatter: given.mean.label, position: "start", distance: 6 }),
            data: [{ xAxis: given.mean.at }],
          },
        },
        {
          type: "custom",
          silent: true,
          clip: false,
          z: 5,
          data: given.rows.map((row, at) => [at, row.low ?? NaN, row.high ?? NaN]),
          encode: { x: [1, 2], y: 0 },
          renderItem: (params, api) => {
            const row = given.rows[params.dataIndex];
            const [left, y] = api.coord([row.low ?? 0, params.dataIndex]);
            const edge = params.coordSys.x + params.coordSys.width;
            const said = text(edge + 8, y, row.said, {
              fill: colour(row.value === null ? "ink-2" : row.out && row.tone !== "plain" ? tone(row) : "ink"),
            });
            if (row.low === null || row.low === undefined) return { type: "group", children: [said] };
            const [right] = api.coord([row.high, params.dataIndex]);
            const line = (x1, y1, x2, y2, width, tone) => ({
              type: "line",
              shape: { x1, y1, x2, y2 },
              style: { stroke: colour(tone), lineWidth: width },
            });
            const drawn = (width, tone) => [
              line(left, y, right, y, width, tone),
              line(left, y - 5, left, y + 5, width, tone),
              line(right, y - 5, right, y + 5, width, tone),
            ];
            return { type: "group", children: [...drawn(4, "sheet"), ...drawn(1.5, "ink"), said] };
          },
        },
      ],
    };
  };

  const band = (name, low, high, tone, step) => [
    {
      type: "line", name, data: low, stack: `${name}-band`, step, symbol: "none", silent: true, stackStrategy: "all",
      lineStyle: { opacity: 0 },
    },
    {
      type: "line", name, data: high.map((top, at) => (top === null || low[at] === null ? null : top - low[at])),
      stack: `${name}-band`, step, symbol: "none", silent: true, stackStrategy: "all", lineStyle: { opacity: 0 },
      areaStyle: { color: tone, opacity: 0.14 },
    },
  ];

  /* Names stand at the ends of their lines; those that would cover one another are moved apart by the library. */
  const lines = (given, place, step) => {
    const room = Math.min(Math.max(...given.series.map((one) => wide(one.name, 13))) + 14, place.clientWidth * 0.34);
    const single = given.series.length === 1;
    return {
      grid: { left: 8, right: single ? 40 : room, top: 34, bottom: given.name ? 30 : 8, containLabel: true },
      tooltip: tip(({ seriesName, dataIndex, seriesIndex }) => {
        const one = given.series.find((row) => row.name === seriesName);
        return one ? `${seriesName}\n${given.x[dataIndex]}: ${one.said[dataIndex]}` : `${seriesIndex}`;
      }),
      xAxis: {
        type: "category",
        data: given.x,
        boundaryGap: false,
        name: given.name,
        nameLocation: "middle",
        nameGap: 28,
        nameTextStyle: words(),
        axisLabel: words({ hideOverlap: true }),
        axisLine: { lineStyle: { color: colour("edge") } },
        axisTick: { show: false },
      },
      yAxis: valueAxis(given.y, {
        min: given.least ?? 0,
        max: given.most ?? null,
        nameTextStyle: words({ align: "left" }),
        ...ticks(given, 4),
      }),
      series: given.series.flatMap((one, at) => [
        ...(one.low && given.series.length <= 3 ? band(one.name, one.low, one.high, tones()[at % 5], step) : []),
        {
          type: "line",
          name: one.name,
          step,
          data: one.values,
          connectNulls: false,
          symbol: signs[at % 5],
          symbolSize: step ? 0 : 7,
          showAllSymbol: true,
          lineStyle: { color: tones()[at % 5], width: 2.5, type: dashes[at % 5] },
          itemStyle: { color: tones()[at % 5] },
          endLabel: single
            ? { show: false }
            : words({ show: true, color: colour("ink"), backgroundColor: colour("sheet"), padding: [1, 3], formatter: one.name, width: room - 12, overflow: "break", lineHeight: 15 }),
          labelLayout: { moveOverlap: "shiftY" },
        },
      ]),
    };
  };

  /* How many reach each step, or teach in each layer: bars around one middle, each with its number and a word beside it.
     Of a layer the part that lacks something stands out by its pattern. */
  const funnel = (given, place) => {
    const slim = narrow(place);
    const layered = given.kind === "layers";
    const each = slim ? 64 : 52;
    tall(place, given.steps.length, each, 16);
    const room = slim ? 92 : 200;
    const sizes = given.steps.map((step) => [wide(step.said, 15), wide(step.share || "", 13)]);
    const column = Math.max(...sizes.map(([one, other]) => (slim ? Math.max(one, other) : one + other + 8))) + 24;
    const first = Math.max(...given.steps.map((step) => step.count ?? 0), 1);
    return {
      grid: { left: room, right: column, top: 8, bottom: 8 },
      tooltip: tip(({ dataIndex }) => given.steps[dataIndex].tip),
      xAxis: { type: "value", min: -first / 2, max: first / 2, show: false },
      yAxis: { ...names(given.steps.map((step) => step.label)), axisLabel: { show: false } },
      series: [
        {
          type: "custom",
          clip: false,
          data: given.steps.map((step, at) => [0, at]),
          renderItem: (params, api) => {
            const at = params.dataIndex;
            const step = given.steps[at];
            const count = step.count ?? 0;
            const [left, y] = api.coord([-count / 2, at]);
            const [right] = api.coord([count / 2, at]);
            const high = slim ? 30 : 26;
            const children = [];
            const next = given.steps[at + 1];
            if (next && !next.apart && step.count !== null && next.count !== null && (layered || next.count <= step.count)) {
              const [from, below] = api.coord([-next.count / 2, at + 1]);
              const [to] = api.coord([next.count / 2, at + 1]);
              children.push({
                type: "polygon",
                shape: { points: [[left, y + high / 2], [right, y + high / 2], [to, below - high / 2], [from, below - high / 2]] },
                style: { fill: colour("indigo-wash") },
              });
            }
            const full = Math.max(right - left, 3);
            if (step.count !== null)
              children.push({
                type: "rect",
                shape: { x: left, y: y - high / 2, width: full, height: high, r: 3 },
                style: { fill: colour("indigo"), opacity: layered ? 1 : 1 - at * (0.45 / given.steps.length) },
              });
            if (step.gap) {
              const width = Math.max((full * step.gap) / count, 3);
              children.push({
                type: "rect",
                shape: { x: left + full - width, y: y - high / 2, width, height: high },
                style: {
                  fill: colour("ochre"),
                  decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: Math.PI / 4, color: colour("sheet") },
                },
              });
            }
            const edge = params.coordSys.x + params.coordSys.width;
            children.push(
              text(0, y, step.label, { width: room - 12, overflow: "break", lineHeight: 17 }),
              text(edge + 12, slim || !step.share ? y - (step.share ? 9 : 0) : y, step.said, {
                font: `600 15px ${words().fontFamily}`,
                fill: colour(step.count === null ? "ink-2" : "ink"),
              }),
            );
            if (step.share)
              children.push(
                text(edge + 12 + (slim ? 0 : wide(step.said, 15) + 8), slim ? y + 10 : y, step.share, { fill: colour("ink-2") }),
              );
            return { type: "group", children };
          },
        },
      ],
    };
  };

  /* Ways from one step to the next; on a phone from top to bottom. */
  const sankey = (given, place) => {
    const slim = narrow(place);
    const deep = Math.max(...given.nodes.map((node) => node.depth)) + 1;
    place.style.height = slim ? `${deep * 132 + 24}px` : `${Math.max(given.nodes.length * 26, 300)}px`;
    const label = new Map(given.nodes.map((node) => [node.key, node]));
    return {
      tooltip: tip(({ dataType, data }) =>
        dataType === "edge"
          ? `${label.get(data.source).label} → ${label.get(data.target).label}\n${data.said}`
          : `${label.get(data.name).label}\n${label.get(data.name).said}`,
      ),
      series: [
        {
          type: "sankey",
          orient: slim ? "vertical" : "horizontal",
          left: slim ? 4 : 8,
          right: slim ? 4 : 150,
          top: slim ? 26 : 12,
          bottom: slim ? 40 : 12,
          nodeWidth: 14,
          nodeGap: slim ? 10 : 16,
          nodeAlign: "left",
          draggable: false,
          layoutIterations: 48,
          emphasis: { focus: "adjacency" },
          label: words({
            color: colour("ink"),
            position: slim ? "bottom" : "right",
            formatter: ({ name }) => {
              const { label: said, said: figure } = label.get(name);
              return slim ? `${shortened(said, 84, 12)}\n${figure}` : `${said}  ${figure}`;
            },
            fontSize: slim ? 12 : 13,
            lineHeight: 16,
          }),
          lineStyle: { color: colour("indigo"), opacity: 0.2, curveness: 0.5 },
          data: given.nodes.map((node) => ({
            name: node.key,
            depth: node.depth,
            itemStyle: {
              color: colour(node.tone || "indigo"),
              borderWidth: 0,
            },
          })),
          links: given.links.map((link) => ({ source: link.from, target: link.to, value: link.n, said: link.said })),
        },
      ],
    };
  };

  return {
    bars,
    funnel,
    sankey,
    layers: funnel,
    lines: (given, place) => lines(given, place, false),
    survival: (given, place) => lines(given, place, "end"),
  };
};
