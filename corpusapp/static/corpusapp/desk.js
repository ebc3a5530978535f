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

// What a doubt offers goes into the form at a click. Saving it settles the doubt, as typing it would.
{
  const inputOf = (form, name) =>
    name === "bylines-author"
      ? [...form.querySelectorAll("select[name^=bylines-][name$=-author]")].find(
          (select) => !select.name.includes("__prefix__") && !select.value,
        )
      : form.elements.namedItem(name);

  const choose = (select, { id, text }) => {
    if (![...select.options].some((option) => option.value === String(id))) {
      select.add(new Option(text, id));
    }
    select.value = String(id);
    django.jQuery(select).trigger("change");
  };

  const take = (button) => {
    const taken = Object.entries(JSON.parse(button.dataset.fills))
      .map(([name, value]) => [inputOf(button.form, name), value])
      .filter(([input]) => input);
    taken.forEach(([input, value]) => {
      if (value instanceof Object) {
        choose(input, value);
      } else {
        input.value = value;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
    if (taken.length) {
      const [input] = taken[0];
      const box = input.parentElement.querySelector(".select2-selection") || input;
      box.focus();
    }
  };

  window.addEventListener("load", () =>
    document.querySelectorAll("button.take").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => take(button));
    }),
  );
}

// A suggested tag goes into the form at a click, or by its key while its block or the lines of the capture have the
// focus: a letter that works everywhere would add tags to who dictates. Without script the button saves the form with it.
{
  const words = (button) => button.value.split(/\r?\n/).filter(Boolean);

  const accept = (button, { focus, byKey = false }) => {
    const tags = button.form.elements.namedItem("tags");
    const list = button.closest("ul");
    words(button).forEach((word) => {
      if (![...tags.options].some((option) => option.value === word)) {
        tags.add(new Option(word, word, true, true));
      }
    });
    django.jQuery(tags).trigger("change");
    const said = document.querySelector(".tag-taken");
    said.textContent = said.dataset.said.replace("{tag}", words(button).join(", "));
    const taken = new Set(words(button));
    const next = button.closest("li").nextElementSibling || button.closest("li").previousElementSibling;
    [...list.querySelectorAll("button")]
      .filter((other) => other === button || (other.name === "_add_tag" && taken.has(other.value)))
      .forEach((other) => other.closest("li").remove());
    if (!list.querySelector("button[name=_add_tag]")) {
      list.closest(".suggested-tags").remove();
    }
    const toTags = () => tags.parentElement.querySelector(".select2-search__field").focus();
    if (focus && next && next.isConnected) {
      next.querySelector("button").focus();
    } else if (focus && byKey) {
      window.addEventListener("keyup", toTags, { once: true }); // the field would search for the key that is let go
    } else if (focus) {
      toTags();
    }
  };

  const isTyping = (element) =>
    element.isContentEditable ||
    element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=button]), .select2-container *");

  window.addEventListener("load", () => {
    const first = document.querySelector("button[name=_add_tag]");
    if (!first || !first.form.elements.namedItem("tags") || !window.django || !django.jQuery) {
      return;
    }
    document.querySelectorAll("button[name=_add_tag], button[name=_add_tags]").forEach((button) =>
      button.addEventListener("click", (event) => {
        event.preventDefault();
        accept(button, { focus: true });
      }),
    );
    const block = first.closest(".suggested-tags");
    const onKey = (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) {
        return;
      }
      const button = [...document.querySelectorAll(".suggested-tags button")].find(
        (one) => one.getAttribute("aria-keyshortcuts").toLowerCase() === event.key.toLowerCase(),
      );
      if (button) {
        event.preventDefault();
        accept(button, { focus: event.currentTarget === block, byKey: true });
      }
    };
    [block, document.querySelector(".review-lines")].forEach((place) => place?.addEventListener("keydown", onKey));
  });
}
