"use strict";
// The box of the page "Decide in your browser". Without this script the page shows the commands and
// the proofs that were stored when the site was built.
(() => {
  const box = document.getElementById("decide-box");
  const form = box.querySelector("form");
  const { claim, domain, seconds, run, stop } = form.elements;
  const command = box.querySelector(".decide-command");
  const status = box.querySelector(".decide-status");
  const result = box.querySelector("pre.decide-result");
  let worker = null;

  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const follow = () => {
    const where = domain.value.trim() && ` --for ${quoted(domain.value.trim())}`;
    command.textContent = `bounds decide ${quoted(claim.value.trim())}${where} --explain`;
  };
  const show = (outcome, text) => {
    result.hidden = false;
    result.dataset.outcome = outcome;
    result.textContent = text;
  };
  const rest = (text) => {
    status.textContent = text;
    run.disabled = false;
    stop.hidden = true;
  };

  const listen = ({ data }) => {
    if (data.kind === "step") status.textContent = data.text;
    else if (data.kind === "done") {
      show(data.outcome, data.text);
      rest(data.outcome === "error" ? "This is not a statement that can be decided." : "Decided here, in your browser.");
    } else {
      worker = null;
      rest(`This browser could not run it (${data.text}). Use the command below: it does the same.`);
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run.disabled = true;
    stop.hidden = false;
    result.hidden = true;
    try {
      if (worker === null) {
        worker = new Worker(box.dataset.worker, { type: "module" });
        worker.addEventListener("message", listen);
        worker.addEventListener("error", () => listen({ data: { kind: "failed", text: "it did not start" } }));
      }
      worker.postMessage({
        claim: claim.value.trim(), domain: domain.value.trim(), seconds: Number(seconds.value),
        pyodide: box.dataset.pyodide, archive: new URL(box.dataset.archive, location.href).href,
      });
    } catch (error) {
      listen({ data: { kind: "failed", text: error.message } });
    }
  });
  stop.addEventListener("click", () => {
    worker?.terminate();
    worker = null;
    rest("Stopped.");
  });
  for (const each of box.parentElement.querySelectorAll("button[data-claim]")) {
    each.hidden = false;
    each.addEventListener("click", () => {
      claim.value = each.dataset.claim;
      domain.value = each.dataset.domain;
      follow();
      claim.focus();
    });
  }
  form.addEventListener("input", follow);
  box.hidden = false;
  follow();
})();
