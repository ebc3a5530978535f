// The switch between the system's, a light and a dark appearance; absent without script.
(function () {
  "use strict";
  var root = document.documentElement;
  var group = document.querySelector(".themes");
  if (!group) return;
  var buttons = group.querySelectorAll("button");

  function show() {
    var now = root.dataset.theme || "auto";
    buttons.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === now));
    });
  }

  group.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    var choice = button.dataset.themeChoice;
    if (choice === "auto") delete root.dataset.theme;
    else root.dataset.theme = choice;
    try {
      if (choice === "auto") localStorage.removeItem("theme");
      else localStorage.setItem("theme", choice);
    } catch (blocked) { /* the choice lasts for this page only */ }
    show();
  });

  group.hidden = false;
  show();
})();
// A button beside each reference that copies it.
(function () {
  "use strict";
  var box = document.querySelector(".cite");
  if (!box || !navigator.clipboard) return;
  box.querySelectorAll("dd").forEach(function (reference) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = box.dataset.copy;
    button.setAttribute("aria-label", box.dataset.copy + ": " + reference.previousElementSibling.textContent);
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(reference.textContent.trim()).then(function () {
        button.textContent = box.dataset.copied;
        setTimeout(function () { button.textContent = box.dataset.copy; }, 2000);
      });
    });
    reference.after(button);
  });
})();

// The search field: "/" or Cmd-K leads to it, and it offers what the words typed so far may mean.
(function () {
  "use strict";
  var fields = [].slice.call(document.querySelectorAll("[data-suggest]"));
  var kinds = document.querySelector("[data-articles]");
  var list, chosen, asked, timer;

  document.addEventListener("keydown", function (event) {
    var busy = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    var wanted = event.key === "/" ? !busy && !event.ctrlKey && !event.metaKey && !event.altKey
      : event.key === "k" && (event.metaKey || event.ctrlKey);
    var field = wanted && fields.filter(function (one) { return one.offsetParent; })[0];
    var link = wanted && !field && document.querySelector(".seek-link");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
    if (link) { event.preventDefault(); location.href = link.href; }
  });

  function close() {
    if (list) list.remove();
    list = chosen = null;
    fields.forEach(function (field) {
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    });
  }

  function show(field, items) {
    close();
    if (!items.length || document.activeElement !== field) return;
    list = document.createElement("ul");
    list.className = "suggestions";
    list.id = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.getAttribute("aria-label") || field.labels[0].textContent);
    items.forEach(function (item, number) {
      var line = document.createElement("li");
      line.id = "suggestion-" + number;
      line.setAttribute("role", "option");
      line.textContent = item.text;
      // the same site, by whatever name and port the reader has it open
      var place = new URL(item.url, location.href);
      line.dataset.url = place.pathname + place.search;
      var kind = document.createElement("small");
      kind.textContent = " " + ((kinds && kinds.dataset[place.pathname.split("/")[2]]) || "");
      line.append(kind);
      list.append(line);
    });
    list.addEventListener("mousedown", function (event) {
      var line = event.target.closest("li");
      if (line) { event.preventDefault(); location.href = line.dataset.url; }
    });
    field.form.append(list);
    field.setAttribute("aria-expanded", "true");
  }

  function move(field, step) {
    var lines = [].slice.call(list.children);
    var at = lines.indexOf(chosen) + step;
    if (chosen) chosen.removeAttribute("aria-selected");
    chosen = at < 0 ? (chosen ? null : lines[lines.length - 1]) : lines[at] || null;
    if (!chosen) return field.removeAttribute("aria-activedescendant");
    chosen.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", chosen.id);
  }

  function ask(field) {
    var words = asked = field.value.trim();
    if (words.length < 2 && !/[^\x00-\u2fff]/.test(words)) return close();
    fetch("/api/v1/search/suggest?language=" + document.documentElement.lang + "&q=" + encodeURIComponent(words))
      .then(function (answer) { return answer.json(); })
      .then(function (found) { if (words === asked) show(field, found.items); })
      .catch(close);
  }

  fields.forEach(function (field) {
    // on the page of a missing address; not filled in by the server, which repeats nothing of an address
    if ("fromAddress" in field.dataset) {
      try {
        field.value = decodeURIComponent(location.pathname).split("/").filter(Boolean).pop().replace(/[-_.]+/g, " ");
      } catch (broken) { /* no words */ }
    }
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", "suggestions");
    field.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(ask, 150, field);
    });
    field.addEventListener("blur", close);
    field.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && list) { event.preventDefault(); close(); }
      if (!list || event.isComposing) return;
      if (event.key === "ArrowDown") { event.preventDefault(); move(field, 1); }
      if (event.key === "ArrowUp") { event.preventDefault(); move(field, -1); }
      if (event.key === "Enter" && chosen) { event.preventDefault(); location.href = chosen.dataset.url; }
    });
  });
})();
