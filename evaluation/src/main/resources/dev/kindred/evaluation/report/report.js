"use strict";
(() => {
  const TABLEAU = ["#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f",
    "#edc948", "#b07aa1", "#ff9da7", "#9c755f", "#8a8f98"];
  const LEGIBLE_LEGEND = 20;
  const SINGLE_DOTS = 40;
  const DENSE = 400;
  const LABEL = 22;
  const DASHES = [[], [7, 3], [2, 3]];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /** Few classes get colours made to be told apart; many get hues spread by the golden angle. */
  const classColour = (index, count) =>
    count <= TABLEAU.length ? TABLEAU[index] : `hsl(${(index * 137.508) % 360} 60% 50%)`;

  const number = (value) => Number(value.toPrecision(4)).toString();
  const percent = (value) => `${(100 * value).toFixed(1)} %`;
  const points = (pairs) => pairs.map(([x, y]) => ({x, y: typeof y === "number" ? y : null}));

  /** A class's name as far as there is room for it; pointing at its bars shows it whole. */
  function shortLabel(index) {
    const label = this.getLabelForValue(index);
    return label.length <= LABEL ? label : `${label.slice(0, LABEL - 1)}…`;
  }

  const axis = (title, more) => ({
    title: {display: title !== "", text: title},
    grid: {color: colour("--line")},
    border: {color: colour("--line")},
    ...more,
  });

  const options = (legend, scales, more) => ({
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    scales,
    ...more,
    plugins: {legend: {display: legend, labels: {boxWidth: 12, boxHeight: 12, sort: (a, b) => a.datasetIndex - b.datasetIndex}}, ...more.plugins},
  });

  /** Runs side by side are told apart by dashes too, for colours alone are not for every eye. */
  const lines = (data) => ({
    type: "line",
    data: {
      datasets: data.series.map((line, index) => {
        const compared = data.compared.length > 0;
        const place = compared ? data.compared.indexOf(line.name) : index;
        const behind = !compared && index === 0 && data.series.length > 1;
        const ink = compared
          ? classColour(place, data.compared.length)
          : colour(index === 0 ? "--accent" : "--second");
        return {
          borderDash: compared ? DASHES[place % DASHES.length] : [],
          label: line.name,
          data: points(line.points),
          borderColor: behind ? `${ink}80` : ink,
          backgroundColor: ink,
          borderWidth: behind || (!compared && line.points.length > DENSE) ? 1.25 : 2,
          pointRadius: line.points.length <= SINGLE_DOTS ? 2.5 : 0,
          order: -index,
        };
      }),
    },
    options: options(data.compared.length > 0 || data.series.length > 1, {
      x: axis(data.xLabel, {type: "linear", ticks: {precision: 0, maxTicksLimit: 7, maxRotation: 0}}),
      y: axis("", {ticks: {maxTicksLimit: 6}}),
    }, {
      interaction: {mode: "nearest", axis: "x", intersect: false},
      plugins: {
        tooltip: {
          callbacks: {
            title: (items) => items.length === 0 ? "" : `${data.xLabel} ${items[0].parsed.x}`,
            label: (item) => `${item.dataset.label}: ${number(item.parsed.y)}`,
          },
        },
      },
    }),
  });

  const bars = (data, plot) => {
    plot.style.height = `${data.labels.length * (8 + 14 * data.series.length) + 70}px`;
    return {
      type: "bar",
      data: {
        labels: data.labels,
        datasets: data.series.map((bar, index) => ({
          label: bar.name,
          data: bar.values.map((value) => typeof value === "number" ? value : null),
          backgroundColor: classColour(index, data.series.length),
        })),
      },
      options: options(data.series.length > 1, {
        x: axis("", {min: 0, max: 1, ticks: {callback: (value) => `${Math.round(100 * value)} %`}}),
        y: axis("", {grid: {display: false}, ticks: {autoSkip: false, callback: shortLabel}}),
      }, {
        indexAxis: "y",
        interaction: {mode: "index", intersect: false},
        plugins: {tooltip: {callbacks: {label: (item) => `${item.dataset.label}: ${percent(item.parsed.x)}`}}},
      }),
    };
  };

  /** Shows the example under the pointer beside it: its picture, id and class. */
  const hover = (data, plot) => {
    const box = document.createElement("div");
    box.className = "hover";
    box.hidden = true;
    plot.append(box);
    return ({chart, tooltip}) => {
      box.hidden = tooltip.opacity === 0 || tooltip.dataPoints === undefined;
      if (box.hidden) {
        return;
      }
      const {datasetIndex, dataIndex} = tooltip.dataPoints[0];
      const cloud = data.series[datasetIndex];
      const name = document.createElement("b");
      name.textContent = cloud.name;
      box.replaceChildren(name, cloud.ids[dataIndex]);
      if (cloud.pictures[dataIndex] !== "") {
        const image = document.createElement("img");
        image.src = cloud.pictures[dataIndex];
        image.alt = "";
        box.prepend(image);
      }
      const side = tooltip.caretX < chart.width / 2;
      box.style.left = side ? `${tooltip.caretX + 12}px` : "auto";
      box.style.right = side ? "auto" : `${chart.width - tooltip.caretX + 12}px`;
      box.style.top = `${Math.max(0, Math.min(tooltip.caretY - 20, chart.height - box.offsetHeight))}px`;
    };
  };

  const scatter = (data, plot) => ({
    type: "scatter",
    data: {
      datasets: data.series.map((cloud, index) => ({
        label: cloud.name || "no class",
        data: points(cloud.points[0]),
        backgroundColor: classColour(index, data.series.length),
        borderWidth: 0,
        pointRadius: plot.clientWidth < 500 ? 2 : 3,
        pointHoverRadius: 6,
      })),
    },
    options: options(data.series.length > 1 && data.series.length <= LEGIBLE_LEGEND, {
      x: axis(data.layouts[0].xLabel, {ticks: {maxTicksLimit: 7, maxRotation: 0}}),
      y: axis(data.layouts[0].yLabel, {ticks: {maxTicksLimit: 7}}),
    }, {
      interaction: {mode: "nearest", intersect: true},
      plugins: {tooltip: {enabled: false, external: hover(data, plot)}},
    }),
  });

  /** Buttons that lay the same points out in one way or another, and what to know of each way. */
  const switchLayouts = (chart, data, plot) => {
    const note = document.createElement("p");
    note.className = "layout";
    note.setAttribute("aria-live", "polite");
    const group = document.createElement("div");
    group.className = "switch";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Layout");
    const show = (index) => {
      const layout = data.layouts[index];
      chart.data.datasets.forEach((dataset, cloud) => {
        dataset.data = points(data.series[cloud].points[index]);
      });
      for (const [name, text] of [["x", layout.xLabel], ["y", layout.yLabel]]) {
        Object.assign(chart.options.scales[name].title, {display: text !== "", text});
        chart.options.scales[name].ticks.display = text !== "";
      }
      chart.tooltip.setActiveElements([], {x: 0, y: 0});
      chart.update();
      note.textContent = layout.note;
      [...group.children].forEach((button, other) => button.setAttribute("aria-pressed", other === index));
    };
    data.layouts.forEach((layout, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = layout.name;
      button.addEventListener("click", () => show(index));
      group.append(button);
    });
    plot.parentElement.querySelectorAll(".switch, .layout").forEach((old) => old.remove());
    plot.after(note);
    if (data.layouts.length > 1) {
      plot.before(group);
    }
    show(0);
  };

  /** Left and right go from point to point, up and down from series to series, Escape leaves. */
  const steer = (chart) => {
    const moves = {ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0]};
    const turn = (value, count) => (value + count) % count;
    const size = (series) => chart.data.datasets[series].data.length;
    let at = null;
    const select = (elements) => {
      const centre = elements.length === 0 ? {x: 0, y: 0} : elements[0].element.getCenterPoint();
      chart.setActiveElements(elements);
      chart.tooltip.setActiveElements(elements, centre);
      chart.update();
    };
    const moved = ([down, right]) => {
      const series = at === null ? 0 : turn(at.series + down, chart.data.datasets.length);
      const point = at === null ? 0 : turn(Math.min(at.point, size(series) - 1) + right, size(series));
      return {series, point};
    };
    const leave = () => {
      at = null;
      select([]);
    };
    chart.canvas.onkeydown = (event) => {
      if (event.key === "Escape") {
        leave();
      } else if (moves[event.key] !== undefined && chart.data.datasets.every((set) => set.data.length > 0)) {
        event.preventDefault();
        at = moved(moves[event.key]);
        const element = chart.getDatasetMeta(at.series).data[at.point];
        select([{datasetIndex: at.series, index: at.point, element}]);
      }
    };
    chart.canvas.onblur = leave;
  };

  const painters = {lines, bars, scatter};

  const paint = (source) => {
    const plot = source.parentElement.querySelector(".plot");
    const data = JSON.parse(source.textContent);
    const chart = new Chart(plot.querySelector("canvas"), painters[source.dataset.kind](data, plot));
    if (data.layouts !== undefined) {
      switchLayouts(chart, data, plot);
    }
    steer(chart);
    return chart;
  };

  const paintAll = () => {
    Chart.defaults.color = colour("--quiet");
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    return [...document.querySelectorAll("script[data-kind]")].map(paint);
  };

  let charts = paintAll();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    charts.forEach((chart) => chart.destroy());
    document.querySelectorAll(".hover").forEach((box) => box.remove());
    charts = paintAll();
  });
})();
