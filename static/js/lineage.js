// Who points at a goal in the picture, or reaches it by keyboard, sees its whole thread: all it came
// from and all it went on as. Without this script the picture says the same, and so does the table.
(function () {
  "use strict";

  function reach(start, steps) {
    var found = new Set([start]);
    var left = [start];
    while (left.length) {
      (steps.get(left.pop()) || []).forEach(function (next) {
        if (!found.has(next)) {
          found.add(next);
          left.push(next);
        }
      });
    }
    return found;
  }

  function add(steps, from, to) {
    if (!steps.has(from)) steps.set(from, []);
    steps.get(from).push(to);
  }

  document.querySelectorAll("[data-lineage]").forEach(function (picture) {
    var lines = Array.from(picture.querySelectorAll("[data-before]"));
    var items = Array.from(picture.querySelectorAll("[data-key]"));
    var back = new Map();
    var on = new Map();
    lines.forEach(function (line) {
      add(on, line.dataset.before, line.dataset.after);
      add(back, line.dataset.after, line.dataset.before);
    });

    function show(key) {
      var before = key ? reach(key, back) : new Set();
      var after = key ? reach(key, on) : new Set();
      picture.classList.toggle("has-thread", before.size + after.size > 2);
      items.forEach(function (item) {
        var held = before.has(item.dataset.key) || after.has(item.dataset.key);
        item.classList.toggle("is-thread", held);
      });
      lines.forEach(function (line) {
        var from = line.dataset.before;
        var to = line.dataset.after;
        var held = (before.has(from) && before.has(to)) || (after.has(from) && after.has(to));
        line.classList.toggle("is-thread", held);
      });
    }

    function focused() {
      var item = document.activeElement && document.activeElement.closest("[data-key]");
      return item && picture.contains(item) ? item.dataset.key : "";
    }

    items.forEach(function (item) {
      item.addEventListener("mouseenter", function () { show(item.dataset.key); });
      item.addEventListener("mouseleave", function () { show(focused()); });
      item.addEventListener("focus", function () { show(item.dataset.key); });
      item.addEventListener("blur", function () { show(""); });
    });
  });
})();
