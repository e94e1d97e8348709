// Suggestions under the search box; without this script the box is an ordinary form.
"use strict";

(() => {
  const WAIT = 120;

  function suggestFor(input) {
    const list = document.createElement("ul");
    list.id = `${input.id}-suggestions`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Names that fit");
    list.hidden = true;
    const told = document.createElement("p");
    told.className = "hidden";
    told.setAttribute("role", "status");
    input.after(list);
    input.form.append(told);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    let timer = 0;
    let asked = "";
    let active = -1;
    let under = null;

    const options = () => [...list.children];

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(number) {
      const all = options();
      active = all.length ? (number + all.length) % all.length : -1;
      all.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
      if (active >= 0) {
        input.setAttribute("aria-activedescendant", all[active].id);
        all[active].scrollIntoView({ block: "nearest" });
      }
    }

    function show(results) {
      list.replaceChildren(...results.map((found, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.to = found.href;
        const note = document.createElement("small");
        note.textContent = found.found_as ? `${found.kind}; ${found.found_as}` : found.kind;
        option.append(document.createTextNode(`${found.label} `), note);
        return option;
      }));
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = results.length === 0;
      input.setAttribute("aria-expanded", String(results.length > 0));
      told.textContent = results.length === 1 ? "1 name fits" : `${results.length} names fit`;
    }

    async function ask() {
      const words = input.value.trim();
      if (words === asked) return;
      asked = words;
      if (under) under.abort();
      if (!words) {
        close();
        return;
      }
      under = new AbortController();
      try {
        const answer = await fetch(`/suggest?q=${encodeURIComponent(words)}`, { signal: under.signal });
        if (!answer.ok) return;
        const { results } = await answer.json();
        if (document.activeElement === input) show(results);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    }

    // Only paths of this site are followed.
    function go(option) {
      if (option.dataset.to.startsWith("/") && !option.dataset.to.startsWith("//")) location.assign(option.dataset.to);
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) {
        close();
        event.preventDefault();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden && options().length) {
          list.hidden = false;
          input.setAttribute("aria-expanded", "true");
        }
        if (!list.hidden) {
          mark(event.key === "ArrowDown" ? active + 1 : Math.max(active, 0) - 1);
          event.preventDefault();
        }
      } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
        go(options()[active]);
        event.preventDefault();
      }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) go(option);
    });
    input.addEventListener("blur", close);
  }

  document.querySelectorAll("input[data-suggest]").forEach(suggestFor);
})();
