// A picture in a window that scrolls: buttons make it larger, smaller, or as wide as the window.
// Without this file it scrolls at its natural size. What points at a box lights the lines of that
// box, too.
(function () {
  "use strict";

  var STEP = 1.25;
  var SMALLEST = 0.25;
  var LARGEST = 3;

  function start(frame) {
    var tools = frame.querySelector(".zoom-tools");
    var room = frame.querySelector(".zoom-scroll");
    var picture = room.querySelector("svg");
    var now = frame.querySelector(".zoom-now");
    var natural = picture.viewBox.baseVal;
    var scale = 1;

    function show(wanted) {
      var centre = (room.scrollLeft + room.clientWidth / 2) / scale;
      scale = Math.min(LARGEST, Math.max(SMALLEST, wanted));
      picture.setAttribute("width", natural.width * scale);
      picture.setAttribute("height", natural.height * scale);
      room.scrollLeft = centre * scale - room.clientWidth / 2;
      now.textContent = Math.round(scale * 100) + "% van de ware grootte";
    }

    function fit() {
      var style = getComputedStyle(room);
      var free = room.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      show(free / natural.width);
    }

    tools.addEventListener("click", function (event) {
      var button = event.target.closest("[data-zoom-by]");
      if (!button) return;
      var by = button.getAttribute("data-zoom-by");
      if (by === "fit") fit();
      else show(by === "in" ? scale * STEP : scale / STEP);
    });
    tools.hidden = false;

    function light(event) {
      var box = event.target.closest("[data-node]");
      var name = box && box.getAttribute("data-node");
      picture.querySelectorAll("[data-nodes]").forEach(function (line) {
        var joined = line.getAttribute("data-nodes").split(" ");
        line.classList.toggle("is-lit", name !== null && joined.indexOf(name) >= 0);
      });
    }

    picture.addEventListener("mouseover", light);
    picture.addEventListener("focusin", light);
  }

  document.querySelectorAll("[data-zoom]").forEach(start);
})();
