// Without a mathematical font some browsers leave subscripts on the line: tell the style sheet.
document.addEventListener("DOMContentLoaded", () => {
  const probe = document.createElement("span");
  probe.style.cssText = "position: absolute; visibility: hidden";
  probe.innerHTML = "<math><msub><mi>x</mi><mi>x</mi></msub></math>";
  document.body.append(probe);
  const [base, index] = probe.querySelectorAll("mi");
  const lowered = index.getBoundingClientRect().bottom > base.getBoundingClientRect().bottom + 0.5;
  document.documentElement.classList.toggle("flat-subscripts", !lowered);
  probe.remove();
});
