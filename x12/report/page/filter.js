"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const rows = [...document.querySelectorAll("article.f")].map((e) => ({ e, text: e.textContent.toLowerCase() + " " + e.parentNode.firstChild.textContent.toLowerCase() }));
  const sections = [...document.querySelectorAll("section")];
  let due = 0;
  const apply = () => {
    const q = by("q").value.trim().toLowerCase(), s = by("s").value, l = by("l").value, r = by("r").value;
    let n = 0;
    for (const { e, text } of rows) {
      const d = e.dataset;
      const show = (!s || d.s === s) && (!l || d.l === l) && (!r || d.r === r) && (!q || text.includes(q));
      e.hidden = !show;
      if (show) n++;
    }
    for (const c of sections) c.hidden = !c.querySelector("article:not([hidden])");
    by("n").textContent = n;
  };
  by("filter").addEventListener("input", () => { clearTimeout(due); due = setTimeout(apply, 80); });
  by("filter").addEventListener("submit", (e) => e.preventDefault());
  for (const b of document.querySelectorAll("button[data-rule]")) {
    b.addEventListener("click", () => { by("r").value = by("r").value === b.dataset.rule ? "" : b.dataset.rule; apply(); by("filter").scrollIntoView(); });
  }
})();
