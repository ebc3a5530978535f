"use strict";
// Files may be dropped anywhere on the page: they join those chosen before. Without this script, and
// for those who do not use a mouse, the field for files does the same.
window.addEventListener("DOMContentLoaded", () => {
  const input = document.querySelector("#upload_form input[type=file]");
  const zone = document.getElementById("drop-zone");
  const list = document.getElementById("chosen-files");
  const notice = document.getElementById("drop-notice");
  if (input && zone && list && notice && typeof DataTransfer === "function") {
    const holdsFiles = (event) => [...event.dataTransfer.types].includes("Files");

    const show = () => {
      list.replaceChildren(
        ...[...input.files].map((file) => Object.assign(document.createElement("li"), { textContent: file.name })),
      );
      list.hidden = input.files.length < 2;
      notice.textContent = "";
    };

    const tell = (sameName, folders) => {
      notice.textContent = [
        [notice.dataset.sameName, sameName],
        [notice.dataset.folders, folders],
      ]
        .filter(([, names]) => names.size)
        .map(([words, names]) => `${words} ${[...names].join(", ")}`)
        .join("\n");
    };

    const isAnother = (one, other) => one.size !== other.size || one.lastModified !== other.lastModified;

    const add = ({ files, folders }) => {
      const all = new DataTransfer();
      const held = new Map();
      const sameName = new Set();
      [...input.files, ...files].forEach((file) => {
        const before = held.get(file.name);
        if (before && isAnother(before, file)) {
          sameName.add(file.name);
        }
        held.set(file.name, file);
      });
      held.forEach((file) => all.items.add(file));
      input.files = all.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      tell(sameName, folders);
    };

    // a folder is dropped as something that cannot be read: it is left out
    const partsOf = (transfer) => {
      const files = [];
      const folders = new Set();
      [...transfer.items]
        .filter((item) => item.kind === "file")
        .forEach((item) => {
          const entry = item.webkitGetAsEntry && item.webkitGetAsEntry();
          const file = item.getAsFile();
          if (entry && entry.isDirectory) {
            folders.add(entry.name);
          } else if (file) {
            files.push(file);
          }
        });
      return { files, folders };
    };

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
        add(partsOf(event.dataTransfer));
        input.focus();
      }
    });
    input.addEventListener("change", show);
    zone.hidden = false;
    show();
  }
});
