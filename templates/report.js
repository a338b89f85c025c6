/* What a reader does with the report on a screen: find, filter, sort, fold, link. Without it everything is readable.
   What was chosen stands behind the # of the address: a link can be shared and Back works, also for a file on disk. */
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const VERDICTS = ["not_met", "partly_met", "unknown", "own_approach", "met", "not_applicable", "informative"];
  const CLASSES = ["core", "growth", "informative"];
  const NOTHING = { verdict: [], class: "", standard: "", q: "", order: "", at: "" };
  const LONGEST = 90; // characters of a fragment beside a result

  const tools = one(".tools");
  const bar = one(".shown");
  const status = one("[role=status]");
  const search = tools && one("input[name=q]", tools);
  const results = tools && one(".results", tools);
  const rows = all("tbody.indicator").map((body, place) => ({
    body, place, id: body.id, verdict: body.dataset.verdict, class: body.dataset.class,
    standard: body.closest("section").dataset.standard,
    name: one(".id", body).textContent, texts: null, words: "",
  }));
  const places = new Map(all("main [id]").map((found) => [plain(found.id), found]));
  let state = NOTHING;
  let sorted = "";
  let list = rows;

  /* Addresses */
  function plain(text) { return text.toLowerCase().replace(/\./g, "-"); }

  function read(hash) {
    if (!hash.includes("=")) {
      try { return { ...NOTHING, at: decodeURIComponent(hash.slice(1)) }; } catch { return NOTHING; }
    }
    const given = new URLSearchParams(hash.slice(1));
    const choice = (name, known) => (known.includes(given.get(name)) ? given.get(name) : "");
    return {
      verdict: VERDICTS.filter((code) => (given.get("verdict") || "").split(" ").includes(code)),
      class: choice("class", CLASSES),
      standard: choice("standard", rows.map((row) => row.standard)),
      q: given.get("q") || "",
      order: choice("order", ["attention", "id"]),
      at: given.get("at") || "",
    };
  }

  function written({ at, verdict, ...rest }) {
    const chosen = Object.entries({ verdict: verdict.join(" "), ...rest }).filter(([, value]) => value);
    if (!chosen.length) { return at; }
    return new URLSearchParams(at ? [...chosen, ["at", at]] : chosen).toString();
  }

  function remember(isStep) {
    const address = written(state);
    const base = location.href.split("#")[0];
    try { history[isStep ? "pushState" : "replaceState"]({ kept: true }, "", address ? `${base}#${address}` : base); }
    catch { /* a page shown inside another one has no address of its own; everything else works */ }
  }

  /* Searching: without accents, capitals and quotation marks; each character keeps its place in the text on the page */
  const UNHEARD = /[\p{M}\p{Cf}"'‘’‚“”„«»]/gu;
  const bare = (text) => text.normalize("NFD").replace(UNHEARD, "").replace(/\p{Pd}/gu, "-").replace(/\s/g, " ").toLowerCase();
  const asked = () => bare(state.q).split(" ").map((word) => word.replace(/^[.,;:!?()]+|[.,;:!?()]+$/g, "")).filter(Boolean);

  function textsOf(row) {
    if (row.texts) { return row.texts; }
    const walker = document.createTreeWalker(row.body, NodeFilter.SHOW_TEXT, (node) => (
      node.parentElement.closest(".vh, summary, dt, svg, button") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    row.texts = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const from = [];
      let text = "";
      let place = 0;
      for (const character of node.data) {
        for (const part of bare(character)) { text += part; for (let unit = 0; unit < part.length; unit += 1) { from.push(place); } }
        place += character.length;
      }
      from.push(place);
      if (text.trim()) { row.texts.push({ node, text, from }); }
    }
    row.words = row.texts.map((found) => found.text).join(" ");
    return row.texts;
  }

  function hitsIn(row, words) {
    const found = [];
    textsOf(row).forEach(({ node, text, from }) => words.forEach((word) => {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        found.push({ node, start: from[at], end: from[at + word.length] });
      }
    }));
    return found;
  }

  function highlight(hits) {
    if (!("highlights" in CSS)) { return; }
    CSS.highlights.delete("found");
    if (!hits.length) { return; }
    CSS.highlights.set("found", new Highlight(...hits.map(({ node, start, end }) => {
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, end);
      return range;
    })));
  }

  /* Filtering and sorting */
  function fits(row, words) {
    if (state.verdict.length && !state.verdict.includes(row.verdict)) { return false; }
    if (state.class && state.class !== row.class) { return false; }
    if (state.standard && state.standard !== row.standard) { return false; }
    if (words.length) { textsOf(row); }
    return words.every((word) => row.words.includes(word));
  }

  const byNumber = new Intl.Collator("nl", { numeric: true });
  const ORDERS = {
    "": (one, other) => one.place - other.place,
    attention: (one, other) => VERDICTS.indexOf(one.verdict) - VERDICTS.indexOf(other.verdict)
      || CLASSES.indexOf(one.class) - CLASSES.indexOf(other.class) || one.place - other.place,
    id: (one, other) => byNumber.compare(one.id, other.id),
  };

  function sort() {
    if (sorted === state.order) { return; }
    sorted = state.order;
    const order = [...rows].sort(ORDERS[sorted]);
    all("table.indicators").forEach((table) => {
      table.append(...order.filter((row) => row.body.closest("table") === table).map((row) => row.body));
    });
  }

  const isNarrowed = () => Boolean(state.verdict.length || state.class || state.standard || asked().length);

  function apply() {
    if (!tools) { return; }
    const words = asked();
    const narrowed = isNarrowed();
    sort();
    list = rows.filter((row) => fits(row, words)).sort(ORDERS[state.order]);
    const kept = new Set(list);
    rows.forEach((row) => { row.body.hidden = !kept.has(row) && row.id !== state.at; });
    const dim = new Set(rows.filter((row) => !kept.has(row)).map((row) => `#${row.id}`));
    all("a.tile").forEach((tile) => tile.classList.toggle("dim", dim.has(tile.hash)));
    const target = places.get(plain(state.at));
    all("section.standard").forEach((section) => {
      const isWanted = target && target !== section && section.contains(target);
      const empty = narrowed && !isWanted && !one("tbody.indicator:not([hidden])", section);
      section.classList.toggle("without", empty);
      one(".none-found", section).hidden = !empty;
    });
    const hits = words.length ? list.flatMap((row) => hitsIn(row, words)) : [];
    highlight(hits.filter(({ start, end }) => end - start > 1));
    showControls();
    showResults(narrowed || state.order !== "", words);
    showBar(narrowed, words.length ? hits.length : 0);
  }

  function showControls() {
    all("[data-show]", tools).forEach((button) => {
      const code = button.dataset.show;
      button.setAttribute("aria-pressed", String(code ? state.verdict.includes(code) : !state.verdict.length));
    });
    all("select", tools).forEach((choice) => { choice.value = state[choice.name]; });
    if (document.activeElement !== search || bare(search.value).trim() !== bare(state.q).trim()) { search.value = state.q; }
  }

  function made(tag, look, text = "") {
    const element = document.createElement(tag);
    element.className = look;
    element.textContent = text;
    return element;
  }

  function titleOf(row) {
    const title = [...one("th", row.body).childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    return title.map((node) => node.data).join("").trim();
  }

  function fragment(row, words) {
    const hit = hitsIn(row, words).find(({ node }) => !node.parentElement.matches("th, .id"));
    if (!hit) { return ""; }
    const { node, start, end } = hit;
    const from = node.data.lastIndexOf(" ", Math.max(0, start - LONGEST / 2)) + 1;
    const space = node.data.indexOf(" ", end + LONGEST / 2);
    const to = space < 0 || space > end + LONGEST ? Math.min(node.data.length, end + LONGEST / 2) : space;
    const line = made("span", "sub", (from > 0 ? "… " : "") + node.data.slice(from > start ? start : from, start));
    line.append(made("mark", "", node.data.slice(start, end)), node.data.slice(end, to) + (to < node.data.length ? " …" : ""));
    return line;
  }

  function showResults(isAsked, words) {
    results.hidden = !isAsked || !list.length;
    results.replaceChildren(...(results.hidden ? [] : list.map((row) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${row.id}`;
      link.append(made("span", "id", row.name), ` ${titleOf(row)}`);
      const named = made("span", "named");
      const label = one(`.chip-${row.class}`, row.body);
      named.append(link, label ? " " : "", label ? label.cloneNode(true) : "", words.length ? fragment(row, words) : "");
      item.append(named, one("td .verdict", row.body).cloneNode(true));
      return item;
    })));
  }

  /* What is shown, in words: seen in the bar below, heard when it changes */
  const fill = (sentence, facts) => sentence.replace(/{(\w+)}/g, (whole, name) => facts[name] ?? whole);
  const say = (key, facts = {}) => fill(tools.dataset[key], facts);
  const counted = (key, number, facts) => say(key + (number === 1 ? "One" : "Other"), facts);
  let speaking = 0;

  function tell(sentence, wait = 0) {
    clearTimeout(speaking);
    speaking = setTimeout(() => { status.textContent = sentence; }, wait);
  }

  function showBar(narrowed, hits) {
    const shown = list.length;
    const parts = [shown ? counted("found", shown, { shown, all: rows.length }) : say("foundNone")];
    if (hits) { parts.push(counted("hits", hits, { hits })); }
    const here = rows.find((row) => row.id === state.at);
    if (here && !list.includes(here)) { parts.push(say("beside", { id: here.name })); }
    const place = list.indexOf(here) + 1;
    one(".found", bar).textContent = parts.join(" · ");
    one(".place", bar).textContent = place ? say("position", { place, shown }) : "";
    all(".previous, .next-one", bar).forEach((button) => { button.hidden = !shown; });
    if (narrowed) { tell(parts.join(", "), 400); } else if (!bar.hidden || state.order) { tell(counted("found", rows.length, { shown: rows.length, all: rows.length })); }
    bar.hidden = !narrowed;
    document.documentElement.classList.toggle("narrowed", narrowed);
  }

  /* Going somewhere */
  function go({ isFocused = true } = {}) {
    all(".is-here").forEach((found) => found.classList.remove("is-here"));
    const target = state.at ? places.get(plain(state.at)) : null;
    if (!target) { return; }
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) { box.open = true; }
    if (target.matches("tbody.indicator")) {
      target.classList.add("is-here");
      all("details", target).forEach((details) => { details.open = true; });
      target.tabIndex = -1;
      if (isFocused) { target.focus({ preventScroll: true }); }
    }
    target.scrollIntoView();
  }

  function arrive(given) {
    const target = places.get(plain(given.at));
    state = target ? { ...given, at: target.id } : given;
    apply();
    go();
  }

  function choose(change, isStep = true) {
    state = { ...state, at: "", ...change };
    remember(isStep);
    apply();
    go();
  }

  function showAll() {
    const inSight = ({ top, bottom }) => bottom > 0 && top < innerHeight;
    const kept = list.map((row) => row.body).find((body) => inSight(body.getBoundingClientRect()));
    const top = kept ? kept.getBoundingClientRect().top : 0;
    choose({ ...NOTHING, order: state.order });
    if (!kept) { one("[data-show='']", tools).focus(); return; }
    kept.tabIndex = -1;
    kept.focus({ preventScroll: true });
    const stay = () => scrollBy(0, kept.getBoundingClientRect().top - top); // where the browser did not do so itself
    requestAnimationFrame(() => requestAnimationFrame(stay));
  }

  function step(by) {
    const here = list.findIndex((row) => row.id === state.at);
    const next = here < 0 ? (by > 0 ? 0 : list.length - 1) : (here + by + list.length) % list.length;
    state = { ...state, at: list[next].id };
    remember(false);
    apply();
    go({ isFocused: false });
    tell(`${list[next].name} ${titleOf(list[next])}`);
  }

  /* Controls */
  function countVerdicts() {
    all("[data-show]:not([data-show=''])", tools).forEach((button) => {
      const count = rows.filter((row) => row.verdict === button.dataset.show).length;
      one(".how-many", button).textContent = count;
      button.disabled = !count;
      button.hidden = !count && ["not_applicable", "informative"].includes(button.dataset.show);
    });
  }

  function openTools() {
    tools.hidden = false;
    countVerdicts();
    all("[data-show]", tools).forEach((button) => button.addEventListener("click", () => {
      const code = button.dataset.show;
      const without = state.verdict.filter((other) => other !== code);
      choose({ verdict: !code ? [] : without.length < state.verdict.length ? without : [...without, code] });
    }));
    all("select", tools).forEach((choice) => choice.addEventListener("change", () => choose({ [choice.name]: choice.value })));
    let waiting = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => choose({ q: search.value }, !state.q), 120);
    });
    one(".reset", bar).addEventListener("click", showAll);
    one(".previous", bar).addEventListener("click", () => step(-1));
    one(".next-one", bar).addEventListener("click", () => step(1));
    const expand = one(".expand", tools);
    expand.addEventListener("click", () => {
      const isOpen = expand.getAttribute("aria-pressed") !== "true";
      expand.setAttribute("aria-pressed", String(isOpen));
      expand.textContent = isOpen ? expand.dataset.fold : expand.dataset.expand;
      all("tr.more details, details.as-table").forEach((details) => { details.open = isOpen; });
    });
  }

  function openKeys() {
    const key = one(".key", tools);
    let isOn = true;
    key.addEventListener("click", () => { isOn = !isOn; key.textContent = isOn ? key.dataset.off : key.dataset.on; });
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || !isOn || isTyping || event.ctrlKey || event.altKey || event.metaKey) { return; }
      event.preventDefault();
      one("details", tools).open = true;
      search.focus();
      search.select();
    });
    tools.addEventListener("keydown", (event) => {
      const links = all("a", results);
      const here = links.indexOf(document.activeElement);
      const isSearching = event.target === search;
      if (event.key === "Escape" && isSearching && search.value) { event.preventDefault(); search.value = ""; choose({ q: "" }); }
      else if (event.key === "Enter" && isSearching && links.length) { links[0].click(); }
      else if (event.key === "ArrowDown" && (isSearching || here >= 0) && links[here + 1]) { event.preventDefault(); links[here + 1].focus(); }
      else if (event.key === "ArrowUp" && here >= 0) { event.preventDefault(); (links[here - 1] || search).focus(); }
    });
  }

  function openCopying() {
    rows.forEach((row) => {
      const cell = one("tr.more td", row.body);
      if (!cell) { return; }
      const button = made("button", "plain copy", say("copy"));
      button.type = "button";
      button.append(made("span", "vh", ` ${say("copyOf", { id: row.name })}`));
      button.addEventListener("click", () => copy(row));
      cell.append(button);
    });
  }

  async function copy(row) {
    const link = `${location.href.split("#")[0]}#${row.id}`;
    const isCopied = await navigator.clipboard?.writeText(link).then(() => true, () => false);
    if (!isCopied) { state = { ...state, at: row.id }; remember(true); }
    tell(say(isCopied ? "copied" : "notCopied", { id: row.name }));
    one(".copied", row.body)?.remove();
    one("tr.more td", row.body).append(made("span", "copied small", say(isCopied ? "copied" : "notCopied", { id: row.name })));
  }

  /* The contents: folded on small screens, always showing where the reader is */
  function foldBy(query, selector) {
    const isSmall = matchMedia(query);
    const set = () => all(selector).forEach((details) => { details.open = !isSmall.matches; });
    isSmall.addEventListener("change", set);
    set();
  }

  function followReader() {
    const links = all("nav.contents a");
    const here = one("nav.contents .here");
    const nav = one("nav.contents");
    nav.addEventListener("click", (event) => {
      if (event.target.closest("a") && matchMedia("(max-width: 899px)").matches) { one("details", nav).open = false; }
    });
    const observer = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      links.forEach((link) => {
        if (link.hash !== `#${entry.target.id}`) { link.removeAttribute("aria-current"); return; }
        link.setAttribute("aria-current", "location");
        here.textContent = link.textContent;
        const side = link.getBoundingClientRect();
        if (side.top < 0 || side.bottom > innerHeight) { nav.scrollTop += side.top - innerHeight / 2; }
      });
    }), { rootMargin: "-10% 0px -80% 0px" });
    all("main > section").forEach((section) => observer.observe(section));
  }

  /* On paper everything is there, open */
  let aside = null;
  window.addEventListener("beforeprint", () => {
    aside = { state, closed: all("tr.more details:not([open])") };
    state = NOTHING;
    apply();
    aside.closed.forEach((details) => { details.open = true; });
  });
  window.addEventListener("afterprint", () => {
    if (!aside) { return; }
    aside.closed.forEach((details) => { details.open = false; });
    state = aside.state;
    aside = null;
    apply();
  });

  window.addEventListener("hashchange", () => {
    const given = read(location.hash);
    const isLink = !(history.state && history.state.kept) && !location.hash.includes("=");
    arrive(isLink ? { ...state, at: given.at } : given);
    if (isLink) { remember(false); }
  });

  document.documentElement.classList.add("scripted");
  if (tools) { openTools(); openKeys(); openCopying(); foldBy("(max-width: 599px)", ".tools > details"); }
  foldBy("(max-width: 899px)", "nav.contents > details");
  followReader();
  arrive(read(location.hash));
  remember(false);
  if (state.at) { document.fonts.ready.then(() => go()); }
})();
