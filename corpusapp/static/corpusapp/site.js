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
