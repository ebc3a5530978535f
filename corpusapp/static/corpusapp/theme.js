// Before the first paint, so that a chosen appearance does not flash; site.js has the rest.
(function () {
  "use strict";
  try {
    var chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch (blocked) { /* no storage: the system's appearance */ }
})();
