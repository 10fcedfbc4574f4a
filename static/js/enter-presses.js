// Enter in a field beside a button of its own, such as a search within a larger form, presses that
// button. Without this file it presses the button that saves the form.
(function () {
  "use strict";

  document.querySelectorAll("[data-enter-presses]").forEach(function (pair) {
    pair.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") {
        return;
      }
      event.preventDefault();
      pair.querySelector("button").click();
    });
  });
})();
