"use strict";
// On a narrow screen a row becomes a card: each cell brings the heading of its column along, and one
// that holds nothing gives way.
document.querySelectorAll("#result_list, .evidence-table table, .undo-lines").forEach((table) => {
  const names = Array.from(table.querySelectorAll("thead tr:last-child > *"), (heading) =>
    (heading.querySelector(".text") || heading).textContent.trim(),
  );
  table.querySelectorAll("tbody tr").forEach((row) => {
    Array.from(row.cells).forEach((cell, place) => {
      if (names[place] && !cell.matches(".action-checkbox, .field-state_shown, .field-doubts_shown")) {
        cell.dataset.label = names[place];
      }
      cell.classList.toggle("holds-nothing", /^[-–—]?$/.test(cell.textContent.trim()) && !cell.querySelector("img, input"));
    });
  });
});
