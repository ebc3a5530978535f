"use strict";
// New names by keyboard. The keys work only while the focus is within a name, and so disturb nobody's reader.
{
  const names = [...document.querySelectorAll(".new-name")];
  document.querySelectorAll(".keys-of-list, .new-name kbd").forEach((hint) => {
    hint.hidden = false;
  });
  const main = (name) =>
    name.querySelector(".look-first") ?? name.querySelector(".confirm") ?? name.querySelector("a");

  names.forEach((name, place) => {
    name.querySelectorAll(".look-first").forEach((link, number) => {
      link.setAttribute("aria-keyshortcuts", String(number + 1));
    });
    name.querySelector(".confirm")?.setAttribute("aria-keyshortcuts", "c");
    name.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const key = event.key.toLowerCase();
      let target = null;
      if (event.repeat && !key.startsWith("arrow")) {
        return; // a key that is held has answered once
      }
      if (/^[1-9]$/.test(key)) {
        target = name.querySelectorAll(".look-first")[Number(key) - 1];
        target?.click();
      } else if (key === "c") {
        target = name.querySelector(".confirm");
        target?.click();
      } else if (key === "arrowdown" || key === "arrowup") {
        const next = names[place + (key === "arrowdown" ? 1 : -1)];
        target = next && main(next);
        target?.focus();
      }
      if (target) {
        event.preventDefault();
      }
    });
  });
  if (names.length) {
    main(names[0]).focus({ preventScroll: true });
  }
}
