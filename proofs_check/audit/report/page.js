"use strict";
// Filter by verdict, by severity and by words, and mark where one is. Without this script the page
// is the full list.
(() => {
  const controls = document.getElementById("controls");
  const claims = [...document.querySelectorAll(".claim")];
  const shelves = [...document.querySelectorAll(".shelf")];

  // "eps_cr", "ε_cr", "εcr" and "EPS-CR" are one word: case, marks, hats and joints do not count
  const GREEK = {
    "α": "alpha", "β": "beta", "δ": "delta", "ε": "eps", "ϵ": "eps", "κ": "kappa", "λ": "lambda",
    "μ": "mu", "ν": "nu", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ψ": "psi",
    "√": "sqrt", "∞": "infinity", "″": "''", "′": "'",
  };
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}|[_{}^~-]/gu, "")
    .replace(/[^\x00-\x7f]/gu, (sign) => GREEK[sign] ?? sign).replaceAll("epsilon", "eps");
  const texts = new Map(claims.map((claim) => [claim, fold(claim.textContent)]));

  const show = () => {
    const { verdict, severity, search } = controls.elements;
    const words = search.value.split(/\s+/).map(fold).filter(Boolean);
    let count = 0;
    for (const claim of claims) {
      const fits = (verdict.value === "all" || claim.dataset.verdict === verdict.value) &&
        (severity.value === "all" || claim.dataset.severity === severity.value) &&
        words.every((word) => texts.get(claim).includes(word));
      claim.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const shelf of shelves) shelf.hidden = !shelf.querySelector(".claim:not([hidden])");
    document.getElementById("shown").textContent = `${count} of ${claims.length} shown`;
    fit();
  };

  // a formula that no break makes narrow enough is set smaller, so that it is seen whole
  const fit = () => {
    for (const formula of document.querySelectorAll(".formula")) {
      formula.style.fontSize = "";
      const ratio = formula.clientWidth / formula.scrollWidth;
      if (ratio < 1) formula.style.fontSize = `${Math.max(0.5, 0.98 * ratio)}em`;
    }
    for (const formula of document.querySelectorAll("math.inline")) {
      formula.style.fontSize = "";
      const ratio = formula.closest("p, li").clientWidth / formula.getBoundingClientRect().width;
      if (ratio < 1) formula.style.fontSize = `${Math.max(0.5, ratio)}em`;
    }
  };

  // "#verdict=refuted", "#severity=gap" or "#search=median" filters; "#eps-cr-2" goes to a claim
  const follow = () => {
    const place = decodeURIComponent(location.hash.slice(1));
    const target = document.getElementById(place);
    if (target) {
      if (target.closest("[hidden]")) {
        controls.reset();
        show();
      }
      if (target.matches("details")) target.open = true;
      target.scrollIntoView();
    } else if (place.includes("=")) {
      const wanted = new URLSearchParams(place);
      for (const name of ["verdict", "severity"]) {
        controls.elements[name].value = wanted.get(name) ?? "all";
      }
      controls.elements.search.value = wanted.get("search") ?? "";
      show();
      document.getElementById("claims").scrollIntoView();
    }
  };

  // the bar shows the part that one reads
  const links = [...document.querySelectorAll("#contents a")];
  const parts = links.map((link) => document.getElementById(link.hash.slice(1)));
  const mark = () => {
    const seen = parts.findLastIndex((part) =>
      part.checkVisibility() && part.getBoundingClientRect().top < 80);
    links.forEach((link, number) => {
      if (number !== Math.max(seen, 0)) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "true");
        const bar = link.closest("nav");
        bar.scrollLeft = link.offsetLeft - bar.clientWidth / 3;
      }
    });
  };
  document.addEventListener("scroll", mark, { passive: true });
  window.addEventListener("resize", fit);

  // on paper nothing can be unfolded; premises of premises stand with each claim
  window.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("#claims details")) fold.open = true;
  });

  controls.hidden = false;
  controls.addEventListener("input", show);
  controls.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", follow);
  show();
  follow();
  mark();
})();
