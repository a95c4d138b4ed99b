// Keys for the list of doubts. The page works without it: links are links, buttons are buttons.
"use strict";
(() => {
  const rows = Array.from(document.querySelectorAll(".cv-doubt-row"));
  const name = document.getElementById("cv-name");
  const KEYS = { d: "right", s: "wrong", c: "unsure" };
  const KEPT = "cv-desk-place";
  let at = -1;

  const go = (index) => {
    if (!rows.length) return;
    at = Math.max(0, Math.min(index, rows.length - 1));
    rows[at].focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  };

  const named = (event) => {
    for (const held of document.querySelectorAll("[data-name]")) held.value = name.value.trim();
    if (name.value.trim()) { sessionStorage.setItem(KEPT, String(Math.max(at, 0))); return true; }
    event.preventDefault();
    name.focus();
    name.setCustomValidity("Ghi tên của bạn trước.");
    name.reportValidity();
    name.setCustomValidity("");
    return false;
  };

  rows.forEach((row, index) => {
    row.addEventListener("focusin", () => { at = index; });
    const form = row.querySelector("form");
    if (form) form.addEventListener("submit", (event) => { at = index; named(event); });
  });
  const who = document.getElementById("cv-who");
  if (who) who.addEventListener("submit", (event) => { event.preventDefault(); go(at < 0 ? 0 : at); });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (at >= 0 && event.key === "Enter" && event.target === rows[at]) location.href = rows[at].dataset.open;
    else if (at >= 0 && event.key === "e" && rows[at].dataset.edit) location.href = rows[at].dataset.edit;
    else if (at >= 0 && event.key === "g" && rows[at].querySelector(".cv-type input")) {
      event.preventDefault();
      rows[at].querySelector(".cv-type input").focus();
    } else if (at >= 0 && KEYS[event.key]) {
      const button = rows[at].querySelector(`button[value="${KEYS[event.key]}"]`);
      if (button) button.click();
    }
  });

  const kept = sessionStorage.getItem(KEPT);
  if (kept !== null) { sessionStorage.removeItem(KEPT); go(Number(kept)); }
})();
