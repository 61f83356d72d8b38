"use strict";
// The graph of claims: zoom, and the paths from a claim to what it rests on and to what rests on it.
// Without this script the picture stands as it is, and each claim is a link to its entry.
(() => {
  const root = document.getElementById("claim-graph");
  const svg = root.querySelector("svg.graph");
  const region = svg.parentElement;
  const tools = root.querySelector(".graph-tools");
  const told = root.querySelector(".graph-told");
  const claims = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const nodes = new Map([...svg.querySelectorAll("a")].map((node) => [node.dataset.claim, node]));
  const lines = [...svg.querySelectorAll("path[data-from]")];
  const choice = tools.querySelector("select");
  const [width, height] = [svg.width.baseVal.value, svg.height.baseVal.value];

  // all claims that lines lead to, from the end `start` of a line to its end `next`
  const reached = (name, start, next) => {
    const found = new Set();
    const waiting = [name];
    while (waiting.length) {
      const here = waiting.pop();
      for (const line of lines) {
        if (line.dataset[start] === here && !found.has(line.dataset[next])) {
          found.add(line.dataset[next]);
          waiting.push(line.dataset[next]);
        }
      }
    }
    return found;
  };

  const link = (text, href) => {
    const node = document.createElement(href ? "a" : "code");
    node.textContent = text;
    if (href) node.href = href;
    return node;
  };
  const listed = (label, parts) => {
    if (!parts.length) return [];
    const line = document.createElement("p");
    line.append(`${label}: `);
    parts.forEach((part, number) => line.append(number ? ", " : "", part));
    return [line];
  };
  const button = (name) => {
    const node = document.createElement("button");
    node.type = "button";
    node.textContent = name;
    node.addEventListener("click", () => pick(name, true));
    return node;
  };

  const pick = (name, seen) => {
    const claim = claims[name];
    const below = reached(name, "from", "to"), above = reached(name, "to", "from");
    const on = (side, start) => (line) =>
      (line.dataset[start] === name || side.has(line.dataset[start]));
    svg.classList.add("picked");
    for (const [other, node] of nodes) {
      node.classList.toggle("on", other === name || below.has(other) || above.has(other));
      node.classList.toggle("here", other === name);
    }
    for (const line of lines) {
      line.classList.toggle("on", on(below, "from")(line) || on(above, "to")(line));
    }
    choice.value = name;
    const head = document.createElement("p");
    const title = document.createElement("strong");
    title.textContent = claim.title;
    head.append(title, ` (${name}): ${claim.told}`);
    const direct = (start, end) =>
      lines.filter((line) => line.dataset[start] === name).map((line) => button(line.dataset[end]));
    const farther = (side, near) => side.size > near.length ? ` (${side.size} with those farther on)` : "";
    const down = direct("from", "to"), up = direct("to", "from");
    told.replaceChildren(
      head,
      ...listed("Read", [
        link("the statement", claim.href), link(...claim.code), ...claim.coq.map((each) => link(...each)),
      ]),
      ...listed(`Rests on${farther(below, down)}`, down),
      ...listed(`Used by${farther(above, up)}`, up),
    );
    if (seen) nodes.get(name).scrollIntoView({ block: "nearest", inline: "center" });
  };
  const clear = () => {
    svg.classList.remove("picked");
    for (const part of [...nodes.values(), ...lines]) part.classList.remove("on", "here");
    choice.value = "";
    told.textContent = tools.dataset.hint;
  };

  // the middle of what is seen stays where it is
  let scale = 1;
  const zoom = (wanted) => {
    const [x, y] = [region.scrollLeft + region.clientWidth / 2, region.scrollTop + region.clientHeight / 2];
    const before = scale;
    scale = Math.min(4, Math.max(0.25, wanted));
    svg.setAttribute("width", scale * width);
    svg.setAttribute("height", scale * height);
    region.scrollLeft = x * scale / before - region.clientWidth / 2;
    region.scrollTop = y * scale / before - region.clientHeight / 2;
  };
  const acts = {
    in: () => zoom(1.4 * scale),
    out: () => zoom(scale / 1.4),
    whole: () => zoom(Math.min(region.clientWidth / width, 1)),
    clear,
  };
  for (const each of tools.querySelectorAll("button")) {
    each.addEventListener("click", () => acts[each.dataset.act]());
  }
  choice.addEventListener("change", () => choice.value ? pick(choice.value, true) : clear());
  for (const [name, node] of nodes) {
    node.addEventListener("click", (event) => {
      if (node.classList.contains("here") || event.ctrlKey || event.metaKey) return; // opens it
      event.preventDefault();
      pick(name, false);
    });
  }
  root.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
  tools.hidden = false;
  clear();
  if (region.clientWidth < width && region.clientWidth > 0.6 * width) acts.whole();
  const wanted = new URLSearchParams(location.search).get("claim") ?? "";
  if (root.dataset.address !== undefined && nodes.has(wanted)) pick(wanted, true);
})();
