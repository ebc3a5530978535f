"use strict";
// The review screen by keyboard: the list of lines is one stop of the Tab key, its keys work only in it.
{
  const list = document.querySelector(".review-lines");
  const form = document.getElementById("article_form");
  let sent = false; // one press is one deed: what is pressed while it is under way is not heard
  const press = (button) => {
    if (button && !sent) {
      form.requestSubmit(button);
    }
  };
  const decide = (name) => press(form.querySelector(`button[name="${name}"]`));

  // What is offered gets a number, in the order in which it stands
  const offered = [...document.querySelectorAll("button.take-now")];
  offered.slice(0, 9).forEach((button, place) => {
    const key = button.querySelector("kbd");
    key.textContent = String(place + 1);
    key.hidden = false;
    button.setAttribute("aria-keyshortcuts", key.textContent);
  });

  const keys = { a: "_approve", e: "_approve_draft", l: "_skip" };
  document.querySelectorAll(".give button").forEach((button) => {
    keys[button.getAttribute("aria-keyshortcuts").toLowerCase()] = button;
  });

  const refuse = () => {
    const why = document.getElementById("why");
    why.focus();
    why.scrollIntoView({ block: "nearest" });
  };

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!event.repeat) {
        decide(form.querySelector('button[name="_approve"]') ? "_approve" : "_approve_draft");
      }
    } else if (event.key === "Enter" && event.target.id === "why") {
      event.preventDefault();
      decide("_refuse");
    }
  });

  if (list) {
    const boxes = [...list.querySelectorAll("input[type=checkbox]")];
    let current = null;
    let anchor = null; // where a range begins

    const go = (box, { focus = true } = {}) => {
      if (!box) {
        return;
      }
      if (current) {
        current.tabIndex = -1;
        current.closest("li").classList.remove("current");
      }
      current = box;
      box.tabIndex = 0;
      box.closest("li").classList.add("current");
      if (focus) {
        box.focus({ preventScroll: true });
        box.closest("li").scrollIntoView({ block: "nearest" });
      }
    };

    const stretch = (from, to) => {
      const [first, last] = [boxes.indexOf(from), boxes.indexOf(to)].sort((one, other) => one - other);
      boxes.forEach((box, place) => {
        box.checked = first <= place && place <= last;
      });
    };

    const give = (button) => {
      if (!boxes.some((box) => box.checked)) {
        current.checked = true;
      }
      press(button);
    };

    boxes.forEach((box) => {
      box.tabIndex = -1;
    });

    list.addEventListener("focusin", (event) => go(event.target, { focus: false }));

    list.addEventListener("click", (event) => {
      const box = event.target.closest("li")?.querySelector("input");
      if (box && event.shiftKey && anchor) {
        event.preventDefault();
        document.getSelection()?.removeAllRanges();
        stretch(anchor, box);
        go(box);
      } else if (box && event.target === box) {
        anchor = box;
        go(box);
      }
    });

    list.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const place = boxes.indexOf(current);
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 };
      const key = event.key.toLowerCase();
      let to = null;
      if (event.key in steps) {
        to = boxes[Math.max(0, Math.min(boxes.length - 1, place + steps[event.key]))];
      } else if (event.key === "Home") {
        to = boxes[0];
      } else if (event.key === "End") {
        to = boxes[boxes.length - 1];
      }
      if (to) {
        if (event.shiftKey) {
          anchor = anchor || current;
          stretch(anchor, to);
        } else {
          anchor = null;
        }
        go(to);
      } else if (event.key === "Escape") {
        stretch(null, null);
        anchor = null;
      } else if (event.repeat) {
        return; // a key that is held has decided once; on the next article it would decide unseen
      } else if (key === "r") {
        refuse();
      } else if (/^[1-9]$/.test(key) && offered[Number(key) - 1]) {
        press(offered[Number(key) - 1]);
      } else if (typeof keys[key] === "string") {
        decide(keys[key]);
      } else if (keys[key]) {
        give(keys[key]);
      } else {
        return;
      }
      event.preventDefault();
    });

    // Where the last line was given, else where the article begins
    const wanted = /^#line-\d+$/.test(location.hash) && document.querySelector(location.hash);
    const start = wanted || list.querySelector(".part-title, .part-body") || list.firstElementChild;
    const box = start?.querySelector("input");
    if (box) {
      go(box, { focus: false });
      // the list scrolls, not the page
      list.scrollTop = start.offsetTop - list.offsetTop - list.clientHeight / 4;
      if (!document.querySelector(".errornote, .errorlist")) {
        box.focus({ preventScroll: true });
        // going to the line that the address names takes the focus away again, as late as when all is loaded
        window.addEventListener("load", () => setTimeout(() => {
          if (document.activeElement === document.body) {
            current.focus({ preventScroll: true });
          }
        }));
      }
    }

    // "line 12" beside a field leads into the list
    document.querySelectorAll("a.sure[href]").forEach((link) =>
      link.addEventListener("click", (event) => {
        const line = document.querySelector(link.getAttribute("href"))?.querySelector("input");
        if (line) {
          event.preventDefault();
          go(line);
        }
      }),
    );
  }

  const buttons = [...form.querySelectorAll("button[type=submit]")];
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
  });
  window.addEventListener("pageshow", () => {
    sent = false;
    buttons.forEach((button) => (button.disabled = false));
  });
}
