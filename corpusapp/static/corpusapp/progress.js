"use strict";
// Progress moves by itself: the page is asked for again and its part put in place.
{
  const WAIT = 1500;
  const look = async () => {
    const part = document.querySelector("section[data-goes-on]");
    if (!part) {
      return;
    }
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page && page.getElementById(part.id);
      if (fresh && fresh.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) {
        part.replaceWith(document.adoptNode(fresh));
      }
    } catch {
      // the server is away for a moment; the next look finds it again
    }
    setTimeout(look, WAIT);
  };
  setTimeout(look, WAIT);
}
