"use strict";
// A typed word that is no tag yet stands below the tags there are, or Enter would make a new one.
{
  const select2 = window.django && django.jQuery && django.jQuery.fn.select2;
  if (select2) {
    select2.amd.require("select2/data/tags").prototype.insertTag = (_, found, typed) => found.push(typed);
  }
}

// The boxes that select2 builds around a choice have no name of their own for those who listen.
{
  const nameOf = (select) => {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    return select.getAttribute("aria-label") || (label ? label.textContent.replace(/:\s*$/, "").trim() : "");
  };

  const giveName = (select) => {
    const box = select.nextElementSibling;
    const name = nameOf(select);
    if (!name || !box || !box.matches(".select2")) {
      return;
    }
    box.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field").forEach((part) => {
      part.setAttribute("aria-label", name);
    });
  };

  const giveNames = (root) => root.querySelectorAll("select.admin-autocomplete").forEach(giveName);

  window.addEventListener("load", () => {
    if (!window.django || !django.jQuery) {
      return;
    }
    // jQuery keeps the order in which it was asked: by now select2 stands in the queue before us
    django.jQuery(() => giveNames(document));
    document.addEventListener("formset:added", (event) => setTimeout(giveNames, 0, event.target));
    django.jQuery(document).on("select2:open", (event) => {
      const field = document.querySelector(".select2-container--open .select2-dropdown .select2-search__field");
      if (field) {
        field.setAttribute("aria-label", nameOf(event.target));
      }
    });
    django.jQuery(document).on("change", "select.admin-autocomplete", (event) => giveName(event.target));
  });
}
