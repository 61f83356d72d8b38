// What the theme leaves open: parts that scroll can be reached by keyboard, and landmarks have names.
document.addEventListener("DOMContentLoaded", () => {
  const wide = [...document.querySelectorAll(".table-wrapper, .highlight pre, .formula, .figure")];
  const reach = () => {
    for (const part of wide) {
      const cut = part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1;
      if (cut) part.tabIndex = 0;
      else part.removeAttribute("tabindex");
    }
  };
  reach();
  addEventListener("resize", reach);
  for (const fold of document.querySelectorAll("details")) fold.addEventListener("toggle", reach);
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "Site");
  document.querySelector(".toc-drawer")?.setAttribute("aria-label", "This page");
  // a signature of several lines is written as a list of definitions without terms: it is no list
  for (const part of document.querySelectorAll(".sig dl, .sig dd")) {
    const line = document.createElement("span");
    line.className = part.tagName === "DD" ? "sig-line" : "sig-lines";
    line.append(...part.childNodes);
    part.replaceWith(line);
  }
});
