"use strict";
// A field that takes a name or an id offers what is found while somebody types. The list is the
// browser's own, so the keyboard and those who listen have it; without this script the field is as good.
window.addEventListener("DOMContentLoaded", () => {
  const DELAY = 200;
  let lists = 0;

  const setUp = (input) => {
    const list = document.createElement("datalist");
    lists += 1;
    list.id = `suggested-${lists}`;
    input.after(list);
    input.setAttribute("list", list.id);
    let timer = 0;
    let asked = 0;

    const ask = async () => {
      asked += 1;
      const mine = asked;
      const words = input.value.trim();
      // what was just taken from the list needs no other list
      if ([...list.options].some((option) => option.value === words)) {
        return;
      }
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(words)}`, { redirect: "error" });
      const { items } = await answer.json();
      if (mine !== asked) {
        return;
      }
      list.replaceChildren(
        ...items.map((item) => {
          const about = [item.title, item.language, item.state].filter(Boolean).join(" · ");
          return Object.assign(document.createElement("option"), { value: item.id, label: about, textContent: about });
        }),
      );
    };

    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => ask().catch(() => {}), DELAY);
    };
    input.addEventListener("input", soon);
    input.addEventListener("focus", soon, { once: true });
    // somebody may have begun before this script was there
    if (document.activeElement === input) {
      soon();
    }
  };

  document.querySelectorAll("input[data-suggest]").forEach(setUp);
});
