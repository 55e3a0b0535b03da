// Improves what works without it: folds the menu on a phone, warns before an idle session ends, counts typing as being
// here, and tells that a file is too large before it is sent.
"use strict";
(() => {
  const head = document.querySelector(".head");
  const button = head.querySelector(".menu-button");
  if (!button) return;
  head.classList.add("folds");
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(head.classList.toggle("open")));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !head.classList.contains("open")) return;
    head.classList.remove("open");
    button.setAttribute("aria-expanded", "false");
    button.focus();
  });
})();
(() => {
  const box = document.getElementById("ending");
  if (!box) return;
  const WARN = 120; // seconds before the end
  const TOUCH = 240; // seconds between two signs of life while someone types
  let ends = Date.now() + Number(box.dataset.ends) * 1000;
  let touched = Date.now();

  async function stay() {
    touched = Date.now();
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    const answer = await fetch("/sesi", { method: "POST", headers, redirect: "manual" });
    if (!answer.ok) return location.reload();
    ends = Date.now() + Number(await answer.text()) * 1000;
    box.hidden = true;
  }
  box.querySelector("[data-stay]").addEventListener("click", stay);
  document.addEventListener("input", () => {
    if (Date.now() - touched > TOUCH * 1000) stay();
  });
  setInterval(() => {
    const left = (ends - Date.now()) / 1000;
    // What was on the screen must not stay there for the next person.
    if (left < -5) return location.reload();
    if (left < WARN && box.hidden) {
      box.hidden = false;
    }
  }, 5000);
})();
(() => {
  document.addEventListener("change", ({ target }) => {
    const most = Number(target.dataset.most);
    if (!most) return;
    const tooLarge = [...target.files].some((file) => file.size > most);
    target.setCustomValidity(tooLarge ? target.dataset.tooLarge : "");
    target.reportValidity();
  });
})();
