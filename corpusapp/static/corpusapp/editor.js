"use strict";
// Tools for a text in Markdown. The text area stays what it is: every tool only types into it, so that
// undoing works, and without this script the page still has buttons for the preview and for slips.
{
  const DELAY = 400;

  const LONG = 500; // lines that are put into a text at once
  const isLong = (text) => text.split("\n", LONG + 1).length > LONG;

  const edit = (area, start, end, text, from = start + text.length, to = from) => {
    area.focus();
    area.setSelectionRange(start, end);
    // the one way of typing that the browser can undo; it takes half a minute for two thousand paragraphs
    if (isLong(text) || !document.execCommand(text ? "insertText" : "delete", false, text)) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    area.setSelectionRange(from, to);
  };

  const selected = (area) => area.value.slice(area.selectionStart, area.selectionEnd);

  const wrap = (area, sign, words) => {
    const { selectionStart: start, selectionEnd: end, value } = area;
    const size = sign.length;
    const inner = value.slice(start, end);
    if (value.slice(start - size, start) === sign && value.slice(end, end + size) === sign) {
      edit(area, start - size, end + size, inner, start - size, end - size);
      return;
    }
    const text = inner || words;
    edit(area, start, end, `${sign}${text}${sign}`, start + size, start + size + text.length);
  };

  const ANY_SIGN = /^(#{1,6} |> |- |\d{1,9}[.)] )/;

  // the signs of whole lines: pressed again, they go
  const prefix = (area, signOf, isSet) => {
    const { value } = area;
    const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const found = value.indexOf("\n", area.selectionEnd);
    const end = found < 0 ? value.length : found;
    const lines = value.slice(start, end).split("\n");
    const full = lines.filter((line) => line.trim());
    const away = full.length > 0 && full.every((line) => isSet.test(line));
    let number = 0;
    const text = lines
      .map((line) => {
        if (!line.trim() && lines.length > 1) {
          return line;
        }
        number += 1;
        return away ? line.replace(isSet, "") : signOf(number) + line.replace(ANY_SIGN, "");
      })
      .join("\n");
    edit(area, start, end, text, lines.length > 1 ? start : start + text.length, start + text.length);
  };

  const notesBefore = (area) =>
    Math.max(0, ...[...area.value.matchAll(/\[\^(\d{1,6})\]/g)].map((match) => Number(match[1])));

  // notes stand at the end of the text; the cursor goes there, or to `at`
  const addNotes = (area, notes, at) => {
    const end = area.value.length;
    const gap = area.value.endsWith("\n\n") ? "" : area.value.endsWith("\n") ? "\n" : "\n\n";
    edit(area, end, end, `${gap}${notes}`, at);
  };

  const footnote = (area) => {
    const label = String(notesBefore(area) + 1);
    const at = area.selectionEnd;
    edit(area, at, at, `[^${label}]`);
    addNotes(area, `[^${label}]: `);
  };

  const sendTo = async (address, form, fields) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    Object.entries(fields).forEach(([name, value]) => body.set(name, value));
    const answer = await fetch(address, { method: "POST", body, redirect: "error" });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    return answer.json();
  };

  const setUp = (editor) => {
    const area = editor.querySelector("textarea");
    const { form } = area;
    const settings = JSON.parse(editor.dataset.settings);
    const bar = editor.querySelector(".tools");
    const buttons = [...bar.querySelectorAll("button")];
    const length = editor.querySelector(".length");
    const shown = editor.querySelector(".as-read");
    const amiss = editor.querySelector(".amiss-now");
    const language = () => {
      const input = form.elements.namedItem("language");
      return input ? input.value : area.lang;
    };

    // The preview -------------------------------------------------------------------------------
    let sheet = null;
    let timer = 0;
    let asked = 0;

    const makeSheet = () => {
      const root = editor.querySelector(".sheet-host").attachShadow({ mode: "open" });
      settings.sheets.forEach((href) => {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = href;
        root.append(link);
      });
      const column = document.createElement("div");
      column.className = "column sheet";
      const body = document.createElement("div");
      body.className = "body";
      column.append(body);
      root.append(column);
      // a click in the preview must not leave the page
      root.addEventListener("click", (event) => event.target.closest("a") && event.preventDefault());
      return { column, body };
    };

    const look = async () => {
      asked += 1;
      const mine = asked;
      try {
        const answer = await sendTo(settings.preview, form, { body: area.value, language: language() });
        if (mine !== asked) {
          return;
        }
        length.textContent = answer.length;
        if (!shown.hidden) {
          sheet = sheet || makeSheet();
          sheet.column.lang = language();
          sheet.body.innerHTML = answer.html; // sanitised by the server, as when it is saved
          amiss.textContent = answer.amiss.join(" ");
        }
      } catch {
        if (!shown.hidden) {
          amiss.textContent = settings.words.failed;
        }
      }
    };

    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(look, DELAY);
    };

    const togglePreview = (button) => {
      shown.hidden = !shown.hidden;
      button.setAttribute("aria-pressed", String(!shown.hidden));
      look();
    };

    // Links --------------------------------------------------------------------------------------
    const finder = editor.querySelector(".finder");
    const asker = editor.querySelector(".address-asker");
    let range = [0, 0];

    const open = (box) => {
      range = [area.selectionStart, area.selectionEnd];
      box.hidden = false;
      const input = box.querySelector("input");
      input.value = "";
      input.focus();
    };

    const close = (box) => {
      box.hidden = true;
      area.focus();
      area.setSelectionRange(...range);
    };

    const insertLink = (box, address, words) => {
      close(box);
      const text = selected(area) || words;
      const [start, end] = range;
      edit(area, start, end, `[${text.replace(/[\[\]\\]/g, "\\$&")}](${address})`);
    };

    const takeAddress = () => {
      const address = asker.querySelector("input").value.trim();
      if (!address) {
        close(asker);
        return;
      }
      const full = /^[a-z][a-z0-9+.-]*:|^\//i.test(address) ? address : `https://${address}`;
      insertLink(asker, full.replace(/[\s()<>\\]/g, encodeURIComponent).replace(/[()]/g, (c) => (c === "(" ? "%28" : "%29")), settings.words.text);
    };

    const find = async (words) => {
      const list = finder.querySelector("ul");
      const answer = await fetch(`${settings.find}?q=${encodeURIComponent(words)}`, { redirect: "error" });
      const { items } = await answer.json();
      list.replaceChildren(
        ...items.map((item) => {
          const button = document.createElement("button");
          button.type = "button";
          button.className = "quiet-tool";
          const title = document.createElement("span");
          title.lang = item.language;
          title.textContent = item.title;
          const about = document.createElement("span");
          about.className = "quiet";
          about.textContent = item.about;
          button.append(title, " ", about);
          button.addEventListener("click", () => insertLink(finder, `article:${item.id}`, item.title));
          const line = document.createElement("li");
          line.append(button);
          return line;
        }),
      );
      if (!items.length) {
        const line = document.createElement("li");
        line.textContent = settings.words.nothing;
        list.append(line);
      }
    };

    let findTimer = 0;
    finder.querySelector("input").addEventListener("input", (event) => {
      clearTimeout(findTimer);
      findTimer = setTimeout(() => find(event.target.value).catch(() => {}), 200);
    });

    [finder, asker].forEach((box) => {
      box.querySelector(".close").addEventListener("click", () => close(box));
      box.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          close(box);
        } else if (event.key === "Enter" && event.target.matches("input")) {
          event.preventDefault(); // and not: save the article
          if (box === asker) {
            takeAddress();
          } else {
            const first = box.querySelector("li button");
            if (first) {
              first.click();
            }
          }
        } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && box === finder) {
          const stops = [box.querySelector("input"), ...box.querySelectorAll("li button")];
          const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
          if (stops[next]) {
            event.preventDefault();
            stops[next].focus();
          }
        }
      });
    });
    asker.querySelector(".take-address").addEventListener("click", takeAddress);

    // Tools and keys --------------------------------------------------------------------------------
    const deeds = {
      bold: () => wrap(area, "**", settings.words.text),
      italic: () => wrap(area, "*", settings.words.text),
      heading: () => prefix(area, () => "## ", /^## /),
      subheading: () => prefix(area, () => "### ", /^### /),
      quote: () => prefix(area, () => "> ", /^> /),
      bullets: () => prefix(area, () => "- ", /^- /),
      numbers: () => prefix(area, (number) => `${number}. `, /^\d{1,9}\. /),
      link: () => open(asker),
      article: () => {
        open(finder);
        find("").catch(() => {});
      },
      picture: () => editor.dispatchEvent(new CustomEvent("picture-wanted")),
      footnote: () => footnote(area),
      preview: togglePreview,
    };

    // On a Mac the browser's own keys are ⌘'s; Control and Option are those of its screen reader
    const isMac = /^Mac|iPhone|iPad/.test(navigator.platform);
    const keysPanel = editor.querySelector(".keys-panel");
    if (isMac) {
      const named = { Ctrl: "⌘", Alt: "⌥" };
      keysPanel.querySelectorAll("kbd").forEach((key) => {
        key.textContent = named[key.textContent] ?? key.textContent;
      });
      [...buttons, keysPanel.querySelector("summary")].forEach((one) => {
        const keys = one.getAttribute("aria-keyshortcuts");
        one.setAttribute("aria-keyshortcuts", keys.replace("Control", "Meta"));
        one.dataset.shown = (one.dataset.keys || "").replace("Ctrl+", "⌘").replace("Alt+", "⌥");
      });
    }
    keysPanel.hidden = false;
    const toggleKeys = () => {
      keysPanel.open = !keysPanel.open;
      (keysPanel.open ? keysPanel.querySelector("summary") : area).focus();
    };
    keysPanel.addEventListener("keydown", (event) => {
      if ((event.key === "Escape" || keysOf(event) === "Ctrl+/") && keysPanel.open) {
        event.preventDefault();
        toggleKeys();
      }
    });

    // AltGr is Ctrl and Alt to some systems: who types a character with it means the character
    const isTyping = (event, name) =>
      event.getModifierState("AltGraph") ||
      (event.altKey &&
        event.ctrlKey &&
        !event.metaKey &&
        event.key.length === 1 &&
        event.key.toUpperCase() !== name);

    const keysOf = (event) => {
      const key = /^(Digit|Key)(.)$/.exec(event.code);
      const name = key ? key[2] : event.key.toUpperCase();
      const main = isMac ? event.metaKey : event.ctrlKey;
      if (isTyping(event, name)) {
        return "";
      }
      return `${main ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${name}`;
    };

    buttons.forEach((button) => {
      button.addEventListener("click", () => deeds[button.dataset.do](button));
      button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    });
    area.addEventListener("keydown", (event) => {
      const button = buttons.find((one) => one.dataset.keys === keysOf(event));
      if (button) {
        event.preventDefault();
        button.click();
      } else if (keysOf(event) === "Ctrl+/") {
        event.preventDefault();
        toggleKeys();
      }
    });
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = buttons.indexOf(document.activeElement);
      if (step && at >= 0) {
        event.preventDefault();
        const next = buttons[(at + step + buttons.length) % buttons.length];
        buttons.forEach((one) => one.setAttribute("tabindex", one === next ? "0" : "-1"));
        next.focus();
      }
    });

    // Pasting: what Word or a page puts on the clipboard becomes Markdown, and nothing more ------------
    area.addEventListener("paste", (event) => {
      const html = event.clipboardData.getData("text/html");
      const plain = event.clipboardData.getData("text/plain");
      if (event.defaultPrevented || (!html && !isLong(plain))) {
        return;
      }
      event.preventDefault();
      const { selectionStart: start, selectionEnd: end } = area;
      if (!html) {
        edit(area, start, end, plain.replace(/\r\n?/g, "\n"));
        return;
      }
      length.textContent = settings.words.pasting;
      sendTo(settings.paste, form, { html, notes_before: notesBefore(area) })
        .then((answer) => {
          edit(area, start, end, answer.markdown || plain);
          if (answer.notes) {
            addNotes(area, answer.notes, area.selectionEnd);
          }
        })
        .catch(() => edit(area, start, end, plain))
        .finally(soon);
    });

    // a paragraph of its own, from another script
    editor.addEventListener("block-given", (event) => {
      const at = area.selectionEnd;
      const before = area.value.slice(0, at).replace(/ +$/, "");
      const after = area.value.slice(at);
      const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
      const tail = after.startsWith("\n\n") || !after ? "" : after.startsWith("\n") ? "\n" : "\n\n";
      edit(area, at, at, `${lead}${event.detail}${tail}`);
    });

    area.addEventListener("input", soon);
    bar.hidden = false;
    look();
  };

  window.addEventListener("load", () => document.querySelectorAll(".body-editor").forEach(setUp));
}
