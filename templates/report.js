(function () {
  "use strict";
  var all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  var tools = document.querySelector(".tools");
  var found = document.querySelector(".found");
  var rows = all("tbody.indicator");

  function show(verdict) {
    var count = 0;
    rows.forEach(function (row) {
      row.hidden = verdict !== "" && row.dataset.verdict !== verdict;
      if (!row.hidden) { count += 1; }
    });
    all(".tile").forEach(function (tile) {
      tile.classList.toggle("dim", verdict !== "" && tile.dataset.verdict !== verdict);
    });
    all("section.standard").forEach(function (section) {
      var none = section.querySelector(".none-found");
      var table = section.querySelector("table.indicators");
      var empty = verdict !== "" && !section.querySelector("tbody.indicator:not([hidden])");
      if (none) { none.hidden = !empty; }
      if (table) { table.hidden = empty; }
    });
    all(".filters button").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.show === verdict));
    });
    found.textContent = verdict === "" ? "" : (count === 1 ? found.dataset.one : found.dataset.other.replace("#", count));
  }

  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    if (target.hidden) { show(""); }
    if (target.matches("tbody.indicator")) {
      var details = target.querySelector("details");
      if (details) { details.open = true; }
      target.scrollIntoView();
    }
  }

  if (tools) { tools.hidden = false; }
  all(".filters button").forEach(function (button) {
    button.addEventListener("click", function () { show(button.dataset.show); });
  });
  all("button.expand").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var open = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(open));
      button.textContent = open ? button.dataset.fold : button.dataset.expand;
      all("tr.more details, details.as-table").forEach(function (details) { details.open = open; });
    });
  });
  if (window.matchMedia("(max-width: 899px)").matches) {
    all("nav.contents details").forEach(function (details) { details.open = false; });
  }
  var links = all("nav.contents a");
  if ("IntersectionObserver" in window) {
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) { return; }
        links.forEach(function (link) {
          if (link.hash === "#" + entry.target.id) { link.setAttribute("aria-current", "true"); }
          else { link.removeAttribute("aria-current"); }
        });
      });
    }, { rootMargin: "-10% 0px -80% 0px" });
    all("main > section").forEach(function (section) { observer.observe(section); });
  }
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", function () { show(""); });
  reveal();
})();
