// A grid of values: move with the arrows, and paste what was copied in a spreadsheet.
// Without this script the same form is filled field by field.
(function () {
  "use strict";
  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const help = form.querySelector("[data-grid-help]");
  const state = form.querySelector("[data-grid-status]");
  help.hidden = false;

  const rows = [...form.querySelectorAll("tbody tr")]
    .map((row) => [...row.querySelectorAll("input[type=text]")])
    .filter((cells) => cells.length);

  function placeOf(field) {
    for (let row = 0; row < rows.length; row += 1) {
      const column = rows[row].indexOf(field);
      if (column >= 0) return { row, column };
    }
    return null;
  }

  function goTo(row, column) {
    const field = rows[row]?.[column];
    if (!field) return false;
    field.focus();
    field.select();
    return true;
  }

  // Left and right leave a field only from its first or last letter: inside it they move the cursor.
  function step(event, field) {
    const all = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    switch (event.key) {
      case "ArrowUp":
        return [-1, 0];
      case "ArrowDown":
        return [1, 0];
      case "Enter":
        return event.shiftKey ? [-1, 0] : [1, 0];
      case "ArrowLeft":
        return all || field.selectionEnd === 0 ? [0, -1] : null;
      case "ArrowRight":
        return all || field.selectionStart === field.value.length ? [0, 1] : null;
      default:
        return null;
    }
  }

  form.addEventListener("keydown", (event) => {
    const place = placeOf(event.target);
    if (!place || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = step(event, event.target);
    if (!by) return;
    const moved = goTo(place.row + by[0], place.column + by[1]);
    // Enter in the last row would send the form: half a table is easily sent by mistake.
    if (moved || event.key === "Enter") event.preventDefault();
  });

  // Tab separated, with quotes around a cell that holds a tab, a line break or a quote.
  function table(text) {
    const lines = [[""]];
    let quoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      const line = lines[lines.length - 1];
      const begins = line[line.length - 1] === "";
      if (quoted && sign === "\"" && text[at + 1] === "\"") {
        line[line.length - 1] += sign;
        at += 1;
      } else if (quoted && sign === "\"") quoted = false;
      else if (!quoted && sign === "\"" && begins) quoted = true;
      else if (!quoted && sign === "\t") line.push("");
      else if (!quoted && sign === "\n") lines.push([""]);
      else if (sign !== "\r") line[line.length - 1] += sign;
    }
    const last = lines[lines.length - 1];
    if (lines.length > 1 && last.length === 1 && last[0] === "") lines.pop();
    return lines.map((line) => line.map((cell) => cell.replace(/\s+/g, " ").trim()));
  }

  // A column of Excel in a table of one row: its cells are the periods, which stand side by side.
  function laid(lines) {
    const isColumn = lines.length > 1 && lines.every((line) => line.length === 1);
    return isColumn && rows.length === 1 ? [lines.flat()] : lines;
  }

  function count(number, one, many) {
    return `${number} ${number === 1 ? one : many}`;
  }

  function say(filled, blank, outside) {
    state.replaceChildren();
    const told = document.createElement("p");
    told.textContent =
      `${count(filled, "waarde", "waarden")} geplakt, nog niet bewaard.` +
      (blank ? ` ${count(blank, "leeg vak", "lege vakken")} overgeslagen: daar blijft staan wat er stond.` : "");
    state.append(told);
    if (!outside.length) return;
    const lost = document.createElement("p");
    lost.className = "grid-outside";
    lost.textContent =
      `${count(outside.length, "waarde past", "waarden passen")} niet in deze tabel en ` +
      `${outside.length === 1 ? "is" : "zijn"} niet geplakt: ${outside.join("; ")}. ` +
      "Begin in een ander vak, of kies meer perioden of rijen.";
    state.append(lost);
  }

  form.addEventListener("paste", (event) => {
    const place = placeOf(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!place || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const outside = [];
    let filled = 0;
    let blank = 0;
    laid(table(text)).forEach((line, down) => {
      line.forEach((cell, across) => {
        const field = rows[place.row + down]?.[place.column + across];
        if (cell === "") blank += field ? 1 : 0;
        else if (!field) outside.push(cell);
        else {
          field.value = cell;
          field.dispatchEvent(new Event("input", { bubbles: true }));
          filled += 1;
        }
      });
    });
    say(filled, blank, outside);
  });

  // What was typed and not saved is not lost by a click on a link.
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
})();
