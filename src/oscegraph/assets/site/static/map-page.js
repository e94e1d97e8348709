// Loads what the map draws, then the map: the page itself does not wait for the layout of a large network.
"use strict";
(() => {
  const section = document.getElementById("map"), told = document.getElementById("summary"), size = told.textContent;
  const make = (name, options) => Document.prototype.createElement.call(document, name, options);
  // vis-network puts styles into the page as elements. The policy of this site forbids these, and the drawing needs none
  // of them: they become templates, which do nothing. The script of the map takes this back.
  document.createElement = (name, options) => make(name === "style" ? "template" : name, options);
  const parsed = new Promise((go) => document.addEventListener("DOMContentLoaded", go));
  section.classList.add("waiting");
  section.setAttribute("aria-busy", "true");
  told.textContent = "Drawing " + size + "…";
  const done = () => { section.classList.remove("waiting"); section.removeAttribute("aria-busy"); };
  async function load() {
    const answer = await fetch(section.dataset.source);
    if (!answer.ok) throw new Error(answer.status);
    const parts = await answer.json();
    await parsed;
    for (const [name, part] of Object.entries(parts)) {
      const block = make("script");
      block.type = "application/json";
      block.id = name;
      block.textContent = JSON.stringify(part);
      section.append(block);
    }
    done();
    const script = make("script");
    script.src = "/map/map.js";
    document.body.append(script);
  }
  load().catch(() => { done(); section.classList.add("failed"); told.textContent = "The drawing could not be loaded. The tables below say the same."; });
})();
