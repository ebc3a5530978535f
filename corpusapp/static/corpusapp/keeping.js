"use strict";
// What is typed and not saved is kept on the server every few seconds, outside the article's history, and
// offered when the page is opened again. And: who else has the article open. Without this script nothing
// is kept, and nothing else changes.
{
  const DELAY = 2500;
  const PULSE = 30000;

  const start = () => {
    const form = document.getElementById("article_form");
    const told = form && form.querySelector("[data-autosave]");
    if (!told) {
      return;
    }
    const { autosave, presence, offline } = told.dataset;
    const keptLine = told.querySelector(".kept");
    const othersLine = told.querySelector(".others");
    const state = () => {
      const fields = new FormData(form);
      fields.delete("csrfmiddlewaretoken");
      return new URLSearchParams(fields).toString();
    };
    let last = state(); // as it came, or as it was kept last
    let timer = 0;
    let waiting = false;
    let leaving = false;

    const say = (line, words) => {
      if (line.textContent.trim() !== words) {
        line.textContent = words;
      }
    };

    const post = async (address, body) => {
      const answer = await fetch(address, { method: "POST", body, redirect: "error" });
      return answer.json();
    };

    const keep = async () => {
      waiting = false;
      const now = state();
      if (now === last) {
        return; // something stirred, but nothing was written
      }
      try {
        const answer = await post(autosave, new FormData(form));
        last = now;
        if (!leaving) {
          say(keptLine, answer.said);
        }
      } catch {
        waiting = true;
        say(keptLine, offline);
      }
    };

    const touched = (event) => {
      if (leaving || (event && event.target.closest && event.target.closest("[data-no-keeping]"))) {
        return;
      }
      waiting = true;
      clearTimeout(timer);
      timer = setTimeout(keep, DELAY);
    };

    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    if (window.django && django.jQuery) {
      django.jQuery(form).on("change", "select", touched); // select2 tells jQuery alone
    }
    form.addEventListener("submit", () => {
      leaving = true;
      clearTimeout(timer);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && waiting && !leaving && state() !== last) {
        clearTimeout(timer);
        waiting = !navigator.sendBeacon(autosave, new FormData(form));
      }
    });

    let seen = told.dataset.seen; // when the server last knew that the page is open
    const presenceOf = (more) => {
      const body = new FormData();
      ["csrfmiddlewaretoken", "version"].forEach((name) => body.set(name, form.elements.namedItem(name).value));
      Object.entries(more).forEach(([name, value]) => body.set(name, value));
      return body;
    };

    const pulse = async () => {
      if (leaving || document.visibilityState === "hidden") {
        return;
      }
      try {
        const answer = await post(presence, presenceOf({}));
        seen = answer.seen;
        say(othersLine, answer.said);
      } catch {
        // the next one may get through
      }
    };

    if (presence) {
      setInterval(pulse, PULSE);
      // whoever closes the page holds the article no longer; a form that is sent says so itself
      window.addEventListener("pagehide", () => {
        if (!leaving && seen) {
          navigator.sendBeacon(presence, presenceOf({ gone: seen }));
        }
      });
    }
  };

  window.addEventListener("load", start);
}
