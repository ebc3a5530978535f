"use strict";
// Files may be dropped anywhere on the page: they join those chosen before. Without this script, and
// for those who do not use a mouse, the field for files does the same.
window.addEventListener("DOMContentLoaded", () => {
  const input = document.querySelector("#upload_form input[type=file]");
  const zone = document.getElementById("drop-zone");
  const list = document.getElementById("chosen-files");
  if (input && zone && list && typeof DataTransfer === "function") {
    const holdsFiles = (event) => [...event.dataTransfer.types].includes("Files");

    const show = () => {
      list.replaceChildren(
        ...[...input.files].map((file) => Object.assign(document.createElement("li"), { textContent: file.name })),
      );
      list.hidden = input.files.length < 2;
    };

    const add = (dropped) => {
      const all = new DataTransfer();
      const held = new Map([...input.files, ...dropped].map((file) => [file.name, file]));
      held.forEach((file) => all.items.add(file));
      input.files = all.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };

    // a folder is dropped as something that cannot be read: it is left out
    const filesOf = (transfer) =>
      [...transfer.items]
        .filter((item) => item.kind === "file" && !(item.webkitGetAsEntry && (item.webkitGetAsEntry() || {}).isDirectory))
        .map((item) => item.getAsFile())
        .filter(Boolean);

    const over = (is) => zone.classList.toggle("is-over", is);

    document.addEventListener("dragover", (event) => {
      if (holdsFiles(event)) {
        event.preventDefault();
        over(true);
      }
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) {
        over(false);
      }
    });
    document.addEventListener("drop", (event) => {
      if (holdsFiles(event)) {
        event.preventDefault();
        over(false);
        add(filesOf(event.dataTransfer));
        input.focus();
      }
    });
    input.addEventListener("change", show);
    zone.hidden = false;
    show();
  }
});
