"use strict";

// Light or dark: what the reader chose last, otherwise what the system says. It runs before the page is drawn.
const chosenTheme = () => {
  try {
    return localStorage.getItem("qcw-theme");
  } catch {
    return null; // a browser may forbid storage to pages that are files
  }
};

const showTheme = (theme) => {
  if (theme) document.documentElement.dataset.theme = theme;
};

showTheme(chosenTheme());

const switchTheme = () => {
  const shown = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const theme = shown === "dark" ? "light" : "dark";
  showTheme(theme);
  try {
    localStorage.setItem("qcw-theme", theme);
  } catch {
    // it holds for this page
  }
};

// The list of pages is closed where it would push the text off the screen.
const narrow = matchMedia("(max-width: 60rem)");
const foldMenu = () => {
  document.querySelector(".pages details").open = !narrow.matches;
};

// What can be scrolled sideways has to be reached by the keyboard.
const reachScrolling = () => {
  for (const box of document.querySelectorAll("pre, .table")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
};

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".switch");
  if (!button) return; // the page for what is missing has only a text
  button.hidden = false;
  button.addEventListener("click", switchTheme);
  narrow.addEventListener("change", foldMenu);
  foldMenu();
  addEventListener("resize", reachScrolling);
  reachScrolling();
});
