"use strict";
// Filter by verdict and by words. Without this script the page is the full list.
(() => {
  const controls = document.getElementById("controls");
  const claims = [...document.querySelectorAll(".claim")];
  const texts = new Map(claims.map((claim) => [claim, claim.textContent.toLowerCase()]));

  const show = () => {
    const verdict = controls.elements.verdict.value;
    const words = controls.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const claim of claims) {
      const fits = (verdict === "all" || claim.dataset.verdict === verdict) &&
        words.every((word) => texts.get(claim).includes(word));
      claim.hidden = !fits;
      count += fits ? 1 : 0;
    }
    document.getElementById("shown").textContent = `${count} of ${claims.length} shown`;
  };

  // "#verdict=refuted" or "#search=median" filters; "#eps-cr-2" goes to a claim, filtered or not
  const follow = () => {
    const place = location.hash.slice(1);
    const target = document.getElementById(place);
    if (target && target.hidden) {
      controls.reset();
      show();
      target.scrollIntoView();
    } else if (place.includes("=")) {
      const wanted = new URLSearchParams(place);
      controls.elements.verdict.value = wanted.get("verdict") ?? "all";
      controls.elements.search.value = wanted.get("search") ?? "";
      show();
    }
  };

  // on paper nothing can be unfolded
  window.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
  });

  controls.hidden = false;
  controls.addEventListener("input", show);
  controls.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", follow);
  show();
  follow();
})();
