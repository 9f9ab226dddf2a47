// What the page can do beyond being read: choose a service in the picture, filter decisions, step through what-if verdicts.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const element = (name, text = "", attributes = {}) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(text);
  return made;
};

document.body.classList.add("script");

// The picture.
const landscape = document.getElementById("landscape");
const choose = service => {
  const chosen = service && !service.classList.contains("chosen") ? service.dataset.service : null;
  const near = new Set([chosen]);
  for (const flow of all(".flow", landscape)) {
    const isNear = chosen !== null && [flow.dataset.owner, flow.dataset.reader].includes(chosen);
    flow.classList.toggle("near", isNear);
    if (isNear) {
      near.add(flow.dataset.owner).add(flow.dataset.reader);
    }
  }
  for (const box of all(".service", landscape)) {
    box.classList.toggle("near", near.has(box.dataset.service));
    box.classList.toggle("chosen", box.dataset.service === chosen);
  }
  landscape.classList.toggle("focused", chosen !== null);
};
const picture = landscape.parentElement;
const natural = landscape.viewBox.baseVal;
let scale = 1;
const zoom = to => {
  const middle = (picture.scrollLeft + picture.clientWidth / 2) / scale;
  scale = Math.min(3, Math.max(0.1, to));
  landscape.style.width = `${natural.width * scale}px`;
  picture.scrollLeft = middle * scale - picture.clientWidth / 2;
};
const tallest = 0.84; // of the window, a little less than what the style sheet gives the picture
const fit = () => Math.min((picture.clientWidth - 2) / natural.width, (innerHeight * tallest) / natural.height, 1.35);
zoom(Math.max(fit(), 0.45));
document.querySelector(".filters:has([data-zoom])").addEventListener("click", event => {
  const wanted = { fit: fit(), larger: scale * 1.3, smaller: scale / 1.3 }[event.target.dataset.zoom];
  if (wanted) {
    zoom(wanted);
  }
});
let dragged = false;
picture.addEventListener("pointerdown", () => { dragged = false; });
picture.addEventListener("pointermove", event => {
  if (event.buttons === 1 && event.pointerType === "mouse") {
    dragged ||= Math.abs(event.movementX) + Math.abs(event.movementY) > 2;
    picture.scrollBy(-event.movementX, -event.movementY);
  }
});
landscape.addEventListener("click", event => dragged || choose(event.target.closest(".service")));
document.getElementById("find-service").addEventListener("change", event => {
  const found = all(".service", landscape).find(box => box.dataset.service === event.target.value.trim());
  if (found) {
    landscape.classList.remove("focused");
    all(".chosen", landscape).forEach(box => box.classList.remove("chosen"));
    choose(found);
    found.scrollIntoView({ block: "nearest", inline: "center" });
  }
});
landscape.addEventListener("keydown", event => {
  if (event.key === "Enter" || event.key === "Escape") {
    choose(event.key === "Enter" ? event.target.closest(".service") : null);
  }
});

// The table of decisions.
const rows = all("#decision-table tbody tr");
const filter = () => {
  const words = document.getElementById("filter").value.toLowerCase().split(/\s+/);
  const scenarios = all(".scenario-filter").filter(box => box.checked).map(box => box.value);
  const onlyLow = document.getElementById("only-low").checked;
  let shown = 0;
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !(words.every(word => text.includes(word))
      && scenarios.includes(row.dataset.scenario)
      && (!onlyLow || row.dataset.confidence === "low"));
    shown += row.hidden ? 0 : 1;
  }
  document.getElementById("shown").value = `${shown} of ${rows.length}`;
};
document.getElementById("filter").closest(".filters").addEventListener("input", filter);
filter();

// What if: every verdict is in the table; a slider only says which one to show.
const table = JSON.parse(document.getElementById("what-if-table").textContent);
const place = document.getElementById("sliders");
const unchanged = slider => slider.steps.indexOf(1);
const outcomeOf = (need, steps) => {
  const at = table.sliders.reduce((sum, slider, each) => sum * slider.steps.length + steps[each], 0);
  return table.outcomes[need.table.charCodeAt(at) - 48];
};
const chip = outcome => {
  const cell = element("td");
  cell.append(element("span", outcome.scenario ?? "none", { className: `chip ${outcome.scenario ?? ""}` }));
  cell.append(` ${outcome.verdict.replace(/^\w+ on /, "on ")}`);
  return cell;
};

if (table.items.length === 0) {
  place.append(element("p", "No state item has a reader.", { className: "hint" }));
} else {
  const choice = element("select", "", { id: "what-if-item", ariaLabel: "Item" });
  table.items.forEach((item, each) => choice.append(new Option(item.item, each)));
  const sliders = table.sliders.map(slider => ({
    ...slider,
    range: element("input", "", { type: "range", min: 0, max: slider.steps.length - 1, ariaLabel: slider.input, name: slider.input }),
    shown: element("output"),
  }));
  const back = element("button", "As in the plan", { type: "button" });
  const body = element("tbody");
  const show = () => {
    const item = table.items[choice.value];
    const steps = sliders.map(slider => Number(slider.range.value));
    for (const slider of sliders) {
      const now = item.now[slider.input];
      slider.shown.value = `× ${slider.steps[slider.range.value]}  of ${now ?? "what each reader declares"}`;
    }
    body.replaceChildren(...item.needs.map(need => {
      const planned = outcomeOf(need, sliders.map(unchanged));
      const outcome = outcomeOf(need, steps);
      const row = element("tr", "", { className: outcome.verdict === planned.verdict ? "" : "changed" });
      row.append(element("td", need.reader), element("td", need.reads), chip(planned), chip(outcome),
        element("td", outcome.why ?? ""), element("td", outcome.confidence ?? "", { className: `confidence ${outcome.confidence}` }));
      return row;
    }));
  };
  const reset = () => {
    sliders.forEach(slider => { slider.range.value = unchanged(slider); });
    show();
  };
  place.append(choice, " ", back);
  for (const slider of sliders) {
    const line = element("div", "", { className: "slider" });
    line.append(element("label", slider.input), slider.range, slider.shown);
    place.append(line);
  }
  const head = element("tr");
  ["Reader", "Reads", "In the plan", "Then", "Decided by", "Confidence"].forEach(title => head.append(element("th", title)));
  const top = element("thead");
  top.append(head);
  const verdicts = element("table");
  verdicts.append(top, body);
  const scroll = element("div", "", { className: "scroll" });
  scroll.append(verdicts);
  place.append(scroll);
  place.addEventListener("input", event => (event.target === choice ? reset() : show()));
  back.addEventListener("click", reset);
  reset();
}
