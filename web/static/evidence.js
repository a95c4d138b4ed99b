// Links a fact's card with its boxes and its marks in the text. The page reads without it: links are plain anchors.
"use strict";
(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const places = (id) => all(".cv-box, .cv-mark").filter((place) => place.dataset.fact.split(" ").includes(id));
  const card = (id) => document.getElementById("k-" + id);
  const cards = all(".cv-fact[data-fact]");
  let current = null;

  const near = (id, on) => {
    for (const place of places(id)) place.classList.toggle("cv-near", on);
    const own = card(id);
    if (own) own.classList.toggle("cv-near", on);
  };

  const select = (id, { page = true, list = true, write = true } = {}) => {
    for (const old of all(".cv-on")) old.classList.remove("cv-on");
    current = id;
    const own = card(id);
    const shown = places(id);
    for (const place of shown) place.classList.add("cv-on");
    if (own) {
      own.classList.add("cv-on");
      if (list) own.scrollIntoView({ block: "nearest" });
    }
    const visible = shown.find((place) => place.offsetParent !== null) || document.getElementById("trang-1");
    if (page && shown.length && visible) visible.scrollIntoView({ block: "center" });
    if (write) history.replaceState(null, "", "#" + id);
  };

  for (const place of all(".cv-box, .cv-mark")) {
    const first = place.dataset.fact.split(" ")[0];
    place.addEventListener("click", (event) => { event.preventDefault(); select(first, { page: false }); });
    place.addEventListener("mouseenter", () => near(first, true));
    place.addEventListener("mouseleave", () => near(first, false));
  }
  for (const own of cards) {
    const id = own.dataset.fact;
    own.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link && !link.dataset.go) return;
      event.preventDefault();
      select(id, { list: false });
    });
    own.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === own) select(id, { list: false }); });
    own.addEventListener("mouseenter", () => near(id, true));
    own.addEventListener("mouseleave", () => near(id, false));
  }

  const step = (by, wanted) => {
    const list = cards.filter(wanted);
    if (!list.length) return;
    const order = cards.findIndex((own) => own.dataset.fact === current);
    const next = by > 0
      ? list.find((own) => cards.indexOf(own) > order) || list[0]
      : list.findLast((own) => cards.indexOf(own) < order) || list[list.length - 1];
    next.focus({ preventScroll: true });
    select(next.dataset.fact);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "j") step(1, () => true);
    else if (event.key === "k") step(-1, () => true);
    else if (event.key === "n") step(1, (own) => "review" in own.dataset);
  });

  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1)).replace(/^[kt]-/, "");
    if (id && card(id)) select(id, { write: false });
  };
  window.addEventListener("hashchange", follow);
  follow();
})();
