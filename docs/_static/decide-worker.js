// Runs `bounds` in the browser: Pyodide and its packages from their network, `bounds` from this site.
// Started by decide.js when the reader asks for it, and never before.
const PYODIDE = "https://cdn.jsdelivr.net/pyodide/v314.0.8/full/";
const PACKAGES = ["micropip", "numpy", "scipy", "gmpy2"];
const FLINT = "python-flint==0.9.0";
const RUN = `
def decide_here(claim, domain, seconds):
    import bounds
    try:
        outcome = bounds.decide(claim, domain, seconds=seconds, jobs=1)
    except bounds.BoundsError as error:
        return "error", str(error)
    if outcome.outcome == "undecided":
        return outcome.outcome, str(outcome)
    return outcome.outcome, f"{outcome}\\n\\n{outcome.explain()}"
`;

const say = (kind, text) => postMessage({ kind, text });
let ready = null;

const start = async ({ pyodide = PYODIDE, archive }) => {
  say("step", "Loading Python …");
  const { loadPyodide } = await import(`${pyodide}pyodide.mjs`);
  const python = await loadPyodide({ indexURL: pyodide });
  say("step", "Loading ball arithmetic …");
  await python.loadPackage(PACKAGES);
  await python.pyimport("micropip").install(FLINT);
  say("step", "Loading bounds …");
  const answer = await fetch(archive);
  if (!answer.ok) throw new Error(`${archive}: ${answer.status}`);
  python.unpackArchive(await answer.arrayBuffer(), "zip");
  python.runPython(RUN);
  return python.globals.get("decide_here");
};

addEventListener("message", async ({ data }) => {
  try {
    ready ??= start(data);
    const decide = await ready;
    say("step", "Deciding …");
    const told = decide(data.claim, data.domain || null, data.seconds);
    const [outcome, text] = told.toJs();
    told.destroy();
    postMessage({ kind: "done", outcome, text });
  } catch (error) {
    ready = null;
    say("failed", String(error.message ?? error).trim().split("\n").at(-1));
  }
});
