// The editor: colours, completion from this ontology, running a query, and its result as a table. Text goes in as text.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const { prefixes, terms } = JSON.parse($("about").textContent);
  const BASE = "https://w3id.org/oscegraph/", STEP = 500;
  const form = $("editor"), area = $("query");
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const longest = Object.entries(prefixes).sort((a, b) => b[1].length - a[1].length);
  function short(iri) {
    for (const [prefix, namespace] of longest) if (iri.startsWith(namespace) && iri.length > namespace.length) return prefix + ":" + iri.slice(namespace.length);
    return iri;
  }

  // The editor takes the place of the text area; where it cannot, the text area stays.
  let editor = null;
  const text = () => (editor ? editor.getValue() : area.value);
  function completer(name, fits) {
    const named = terms.map(([term]) => term).filter((term) => !term.startsWith("osg:") || fits.has(term));
    return {
      name, bulk: false, autoShow: true, persistenceId: null,
      isValidCompletionPosition: (yasqe) => { const token = yasqe.getCompleteToken(); return /^[A-Za-z][\w-]*:[\w-]*$/.test(token.string) && token.type !== "variable-3"; },
      get: (yasqe, token) => named.filter((term) => term.toLowerCase().startsWith(token.string.toLowerCase())),
      postProcessSuggestion: (yasqe, token, suggestion) => suggestion,
    };
  }
  function start() {
    const Yasqe = window.Yasqe;
    if (!Yasqe) return;
    const place = make("div", { id: "yasqe" });
    area.before(place);
    // The completers that come with it ask other sites.
    for (const name of ["prefixes", "property", "class"]) delete Yasqe.Autocompleters[name];
    Yasqe.defaults.autocompleters = [];
    Yasqe.registerAutocompleter(completer("terms", new Set(terms.map(([term]) => term))), false);
    const made = new Yasqe(place, {
      value: area.value, persistenceId: null, consumeShareLink: null, createShareableLink: null, showQueryButton: false, resizeable: false,
      autocompleters: ["variables", "terms"], prefixCcApi: "", editorHeight: "auto", viewportMargin: Infinity, lineWrapping: true,
      requestConfig: { endpoint: "/sparql" },
    });
    made.setOption("extraKeys", {
      ...made.getOption("extraKeys"), "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-S": () => {}, Tab: "defaultTab",
      Esc: () => { made.getInputField().blur(); $("run").focus(); },
    });
    made.on("change", declare);
    const input = made.getInputField();
    input.setAttribute("aria-label", "Query");
    area.hidden = true;
    form.querySelector("label").hidden = true;
    editor = made;
    $("keys").hidden = false;
  }
  // A prefix of this project that is used is declared by itself.
  function declare(yasqe) {
    const cursor = yasqe.getDoc().getCursor(), token = yasqe.getTokenAt(cursor);
    const [, prefix] = /^([A-Za-z][\w-]*):/.exec(token.string) || [];
    if (!prefix || !(prefix in prefixes) || token.type !== "string-2") return;
    if (/\bPREFIX\s+\S*$/i.test(yasqe.getDoc().getLine(cursor.line).slice(0, token.start))) return;
    if (!(prefix in yasqe.getPrefixesFromQuery())) yasqe.addPrefixes({ [prefix]: prefixes[prefix] });
  }

  // Running.
  let running = null, last = null, asked = "", began = 0, ticking = 0;
  const state = (words) => { $("status").textContent = words; };
  const seconds = () => ((performance.now() - began) / 1000).toFixed(2) + " s";
  function send(query, accept, signal) {
    return fetch("/sparql", { method: "POST", headers: { Accept: accept, "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ query }), signal, redirect: "error" });
  }
  async function refused(response) {
    let title = response.status + " " + response.statusText, detail = "";
    const body = await response.text();
    try { const said = JSON.parse(body); title = said.title || title; detail = said.detail || ""; } catch { detail = body.slice(0, 500); }
    return [title, detail];
  }
  function fail(title, detail) {
    $("failed").replaceChildren(make("b", {}, title), ...(detail ? [make("p", {}, detail)] : []));
    $("failed").hidden = false;
  }
  async function run() {
    if (running) return;
    const mine = new AbortController();
    running = mine;
    asked = text();
    began = performance.now();
    for (const id of ["failed", "rows", "graph", "saves", "more"]) $(id).hidden = true;
    $("result").hidden = false;
    $("stop").hidden = false;
    $("run").disabled = true;
    $("share").href = "/query?" + new URLSearchParams({ query: asked });
    state("Running…");
    ticking = setInterval(() => state("Running… " + Math.round((performance.now() - began) / 1000) + " s"), 1000);
    try {
      const response = await send(asked, "application/sparql-results+json, text/turtle;q=0.9", mine.signal);
      if (!response.ok) { state("No result after " + seconds() + "."); fail(...(await refused(response))); return; }
      const kind = (response.headers.get("Content-Type") || "").split(";")[0];
      if (kind === "application/sparql-results+json" || kind === "application/json") rows(JSON.parse(await response.text()));
      else graph(await response.text());
    } catch (error) {
      if (mine.signal.aborted) state("Stopped after " + seconds() + ".");
      else { state("No result after " + seconds() + "."); fail("The answer broke off", "The server is gone, or it stopped the query on its way because of a limit. Ask for less, for instance with LIMIT."); }
    } finally {
      clearInterval(ticking);
      running = null;
      $("stop").hidden = true;
      $("run").disabled = false;
    }
  }

  // Results.
  const local = (iri) => (iri.startsWith(BASE) ? "/" + iri.slice(BASE.length) : /^https?:\/\//i.test(iri) ? iri : "");
  function cell(term) {
    if (!term) return make("td", { class: "missing" }, "");
    if (term.type === "triple") return make("td", {}, "<< " + ["subject", "predicate", "object"].map((part) => short(term.value[part].value)).join(" ") + " >>");
    if (term.type === "uri") {
      const to = local(term.value), words = short(term.value);
      return make("td", {}, to ? make("a", to === term.value ? { href: to, title: term.value, rel: "noopener noreferrer" } : { href: to, title: term.value }, words) : words);
    }
    if (term.type === "bnode") return make("td", {}, "_:" + term.value);
    const numeric = /#(integer|decimal|double|int|long|gYear)$/.test(term.datatype || "");
    const extra = term["xml:lang"] ? [make("small", { class: "sub" }, " @" + term["xml:lang"])] : [];
    return make("td", numeric ? { class: "n" } : {}, make("bdi", {}, term.value), ...extra);
  }
  function rows(answer) {
    if ("boolean" in answer) {
      state((answer.boolean ? "Yes" : "No") + ", in " + seconds() + ".");
      $("saves").hidden = false;
      return;
    }
    const names = answer.head.vars, found = answer.results.bindings;
    last = { names, found, shown: 0 };
    state(found.length + (found.length === 1 ? " row in " : " rows in ") + seconds() + ".");
    $("saves").hidden = false;
    if (!found.length) return;
    const head = make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name))));
    $("rows").replaceChildren(make("table", {}, make("caption", { class: "hidden" }, "Rows of the result"), head, make("tbody", {})));
    $("rows").hidden = false;
    more();
  }
  function more() {
    const { names, found } = last, body = $("rows").querySelector("tbody");
    body.append(...found.slice(last.shown, last.shown + STEP).map((row) => make("tr", {}, ...names.map((name) => cell(row[name])))));
    last.shown = Math.min(last.shown + STEP, found.length);
    $("more").hidden = last.shown >= found.length;
    $("more-rows").textContent = `Show more rows (${last.shown} of ${found.length} shown)`;
  }
  function graph(words) {
    state(`Triples in ${seconds()}.`);
    $("graph").textContent = words.length > 500000 ? words.slice(0, 500000) + "\n… cut here" : words;
    $("graph").hidden = false;
    $("graph").setAttribute("aria-label", "Triples of the result");
  }
  async function save(button) {
    button.disabled = true;
    try {
      const response = await send(asked, button.dataset.accept);
      if (!response.ok) { fail(...(await refused(response))); return; }
      const link = make("a", { href: URL.createObjectURL(await response.blob()), download: button.dataset.file });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch {
      fail("The download broke off", "The server is gone, or a limit stopped it.");
    } finally {
      button.disabled = false;
    }
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  $("stop").addEventListener("click", () => { if (running) running.abort(); $("run").disabled = false; $("run").focus(); });
  $("more-rows").addEventListener("click", more);
  for (const button of $("saves").querySelectorAll("button")) button.addEventListener("click", () => save(button));
  start();
})();
