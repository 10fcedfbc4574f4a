// Definitions open by hover and focus in CSS alone. This file adds two courtesies: Escape closes
// one without moving focus, and one near the right edge opens to the left.
(function () {
  "use strict";

  function around(target) {
    return target instanceof Element ? target.closest(".term") : null;
  }

  function open(event) {
    var term = around(event.target);
    if (!term) return;
    var text = term.querySelector(".term-text");
    term.classList.remove("opens-left");
    if (text.getBoundingClientRect().right > document.documentElement.clientWidth) {
      term.classList.add("opens-left");
    }
  }

  function reset(event) {
    var term = around(event.target);
    if (term && !term.contains(event.relatedTarget)) term.classList.remove("is-dismissed");
  }

  document.addEventListener("mouseover", open);
  document.addEventListener("focusin", open);
  document.addEventListener("mouseout", reset);
  document.addEventListener("focusout", reset);
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".term:hover, .term:focus-within").forEach(function (term) {
      term.classList.add("is-dismissed");
    });
  });
})();
