"use strict";
// The box for pictures beside a text: a file from the disk, the clipboard or a drop, or one that is here
// already. What is inserted is Markdown that readers see as a figure. Without this script the desk of
// pictures shows the same line for copying.
{
  const setUp = (editor) => {
    const area = editor.querySelector("textarea");
    const { form } = area;
    const settings = JSON.parse(editor.dataset.settings);
    const box = editor.querySelector(".picture-box");
    const file = box.querySelector("[type=file]");
    const search = box.querySelector("[type=search]");
    const list = box.querySelector(".choices");
    const chosen = box.querySelector(".chosen");
    const refusal = box.querySelector(".refusal");
    const field = (name) => box.querySelector(`.${name}`);
    let taken = null; // of those that are here
    let range = [0, 0];
    const language = () => {
      const input = form.elements.namedItem("language");
      return input ? input.value : area.lang;
    };

    const show = () => {
      chosen.textContent = taken ? taken.name : file.files.length ? file.files[0].name : "";
      field("alt").disabled = field("decorative").checked;
      list.querySelectorAll("button").forEach((button) => {
        button.setAttribute("aria-pressed", String(Boolean(taken) && button.dataset.id === String(taken.id)));
      });
    };

    const take = (item) => {
      taken = item;
      file.value = "";
      field("alt").value = item.alt;
      field("decorative").checked = item.decorative;
      field("credit").value = item.credit;
      show();
      field("alt").focus();
    };

    const choice = (item) => {
      const picture = Object.assign(document.createElement("img"), { src: item.thumbnail, alt: "", width: 96, loading: "lazy" });
      const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet-tool" });
      button.dataset.id = item.id;
      button.append(picture, Object.assign(document.createElement("span"), { textContent: `${item.name} · ${item.size}` }));
      button.addEventListener("click", () => take(item));
      const line = document.createElement("li");
      line.append(button);
      return line;
    };

    let asked = 0;
    const find = async () => {
      asked += 1;
      const mine = asked;
      const about = new URLSearchParams({ q: search.value, language: language() });
      const answer = await fetch(`${settings.pictures}?${about}`, { redirect: "error" });
      const { items } = await answer.json();
      if (mine !== asked) {
        return;
      }
      list.replaceChildren(...items.map(choice));
      if (!items.length && search.value.trim()) {
        list.append(Object.assign(document.createElement("li"), { textContent: settings.words.nothing }));
      }
      show();
    };

    const open = () => {
      range = [area.selectionStart, area.selectionEnd];
      taken = null;
      [search, field("alt"), field("caption"), field("credit")].forEach((input) => {
        input.value = "";
      });
      file.value = "";
      field("decorative").checked = false;
      refusal.textContent = "";
      box.hidden = false;
      show();
      box.scrollIntoView({ block: "center" }); // the buttons stay at the lower end of the window, over whatever is there
      file.focus({ preventScroll: true });
      find().catch(() => {});
    };

    const close = () => {
      box.hidden = true;
      area.focus();
      area.setSelectionRange(...range);
    };

    const escaped = (text) => text.trim().replace(/\s+/g, " ").replace(/[\\[\]*_`<"&]/g, "\\$&");

    const insert = (item) => {
      const caption = [field("caption").value, field("credit").value].map((text) => text.trim()).filter(Boolean).join(" · ");
      const alt = field("decorative").checked ? "" : escaped(field("alt").value);
      close();
      const title = caption ? ` "${escaped(caption)}"` : "";
      editor.dispatchEvent(new CustomEvent("block-given", { detail: `![${alt}](${item.address}${title})` }));
    };

    const upload = async () => {
      const body = new FormData();
      body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
      body.set("file", file.files[0]);
      body.set("language", language());
      body.set("alt", field("alt").value);
      body.set("credit", field("credit").value);
      if (field("decorative").checked) {
        body.set("decorative", "1");
      }
      const answer = await fetch(settings.pictures, { method: "POST", body, redirect: "error" });
      const said = await answer.json().catch(() => ({}));
      if (!answer.ok) {
        throw new Error(said.said || settings.words.not_taken);
      }
      return said;
    };

    const refuse = (words, input) => {
      refusal.textContent = words;
      input.focus();
    };

    const give = async () => {
      refusal.textContent = "";
      if (!taken && !file.files.length) {
        refuse(settings.words.no_picture, file);
        return;
      }
      if (!field("decorative").checked && !field("alt").value.trim()) {
        refuse(settings.words.no_alt, field("alt"));
        return;
      }
      const button = field("insert");
      button.disabled = true;
      chosen.textContent = taken ? taken.name : settings.words.taking;
      try {
        insert(taken || (await upload()));
      } catch (error) {
        show();
        refuse(error instanceof TypeError ? settings.words.not_taken : error.message, file);
      } finally {
        button.disabled = false;
      }
    };

    // A picture that is pasted or dropped is a file like any other -----------------------------------
    const pictureOf = (transfer) => [...(transfer ? transfer.files : [])].find((one) => one.type.startsWith("image/"));

    const offer = (event, transfer) => {
      const found = pictureOf(transfer);
      if (!found) {
        return;
      }
      event.preventDefault();
      open();
      const files = new DataTransfer();
      files.items.add(found);
      file.files = files.files;
      show();
      field("alt").focus();
    };

    // what Word or a page puts there beside words is for the words; capturing: before the editor pastes
    area.addEventListener(
      "paste",
      (event) => {
        const words = event.clipboardData.getData("text/html").replace(/<[^>]*>/g, "").trim();
        if (!words) {
          offer(event, event.clipboardData);
        }
      },
      true,
    );
    area.addEventListener("dragover", (event) => [...event.dataTransfer.types].includes("Files") && event.preventDefault());
    area.addEventListener("drop", (event) => offer(event, event.dataTransfer));

    let timer = 0;
    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => find().catch(() => {}), 200);
    });
    file.addEventListener("change", () => {
      taken = null;
      show();
    });
    field("decorative").addEventListener("change", show);
    field("insert").addEventListener("click", give);
    field("close").addEventListener("click", close);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && event.target.matches("input:not([type=file])")) {
        event.preventDefault(); // and not: save the article
        if (event.target !== search) {
          give();
        }
      }
    });
    editor.addEventListener("picture-wanted", open);
  };

  window.addEventListener("load", () => document.querySelectorAll(".body-editor").forEach(setUp));
}
