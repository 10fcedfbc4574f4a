// A long list of choices becomes a field to search in, with what matches under it: the combobox of
// the ARIA practices. Without this file it is a list with headings. The list itself stays on the
// page, hidden: it is what the form sends.
(function () {
  "use strict";

  // As core/folding.py: without capitals and accents.
  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/’/g, "'").toLowerCase();
  }

  function make(tag, names) {
    const held = document.createElement(tag);
    Object.entries(names).forEach(([name, value]) => held.setAttribute(name, value));
    return held;
  }

  function start(select) {
    if (select.hidden) return;
    const id = select.id;
    const box = make("div", { class: "choose" });
    const list = make("div", { class: "choose-list", role: "listbox", id: `${id}-keuzes`, "aria-label": "Keuzes" });
    const state = make("p", { class: "choose-state", role: "status", id: `${id}-gevonden` });
    const described = [select.getAttribute("aria-describedby"), state.id].filter(Boolean).join(" ");
    const input = make("input", {
      type: "text",
      class: select.className,
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
      "aria-describedby": described,
    });
    ["aria-invalid", "required", "disabled"].forEach((name) => {
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    });
    const wasFocused = document.activeElement === select;
    const empty = [...select.options].find((option) => option.value === "");
    let rows = [];
    let active = null;
    let moved = false;

    [...select.querySelectorAll("option")].forEach((option, place) => {
      const row = make("div", { role: "option", id: `${id}-keuze-${place}`, "aria-selected": "false", class: "choose-option" });
      row.textContent = option.textContent;
      const heading = option.parentElement.label || "";
      rows.push({ row, option, heading, words: fold(`${option.textContent} ${heading}`) });
    });

    function chosen() {
      const option = select.options[select.selectedIndex];
      return option && option.value !== "" ? option.textContent : "";
    }

    function point(next) {
      if (active) active.row.classList.remove("is-active");
      active = next || null;
      if (!active) return input.removeAttribute("aria-activedescendant");
      active.row.classList.add("is-active");
      input.setAttribute("aria-activedescendant", active.row.id);
      active.row.scrollIntoView({ block: "nearest" });
    }

    function shown() {
      return rows.filter((each) => each.row.isConnected);
    }

    // What holds every typed word, under its headings.
    function fill(typed) {
      const asked = fold(typed).split(/\s+/).filter(Boolean);
      const found = rows.filter((each) => (each.option === empty ? !asked.length && !select.required : asked.every((word) => each.words.includes(word))));
      list.replaceChildren();
      let group = null;
      let last = "";
      found.forEach((each) => {
        each.row.setAttribute("aria-selected", String(each.option.selected));
        if (each.heading && each.heading !== last) {
          const name = make("div", { class: "choose-heading", id: `${each.row.id}-kop`, role: "presentation" });
          name.textContent = each.heading;
          group = make("div", { role: "group", "aria-labelledby": name.id });
          group.append(name);
          list.append(group);
        }
        last = each.heading;
        (each.heading ? group : list).append(each.row);
      });
      const count = found.filter((each) => each.option !== empty).length;
      if (!asked.length) state.textContent = `Typ een woord om te zoeken in ${count} keuzes.`;
      else if (count === 0) state.textContent = "Niets gevonden. Probeer een ander woord.";
      else state.textContent = count === 1 ? "1 keuze gevonden." : `${count} keuzes gevonden.`;
      return count;
    }

    function open(typed) {
      const count = fill(typed);
      const seen = count > 0 || !typed;
      list.hidden = !seen;
      input.setAttribute("aria-expanded", String(seen));
      moved = false;
      if (typed) point(shown()[0]);
      else point(shown().find((each) => each.option.selected && each.option !== empty));
    }

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      point(null);
    }

    const isOpen = () => !list.hidden;

    function choose(each) {
      const changes = !each.option.selected;
      each.option.selected = true;
      input.value = chosen();
      state.textContent = "";
      close();
      if (!changes) return;
      select.dispatchEvent(new Event("input", { bubbles: true }));
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    // Who leaves with a name typed in full chose it, who leaves an empty field chose nothing; any
    // other text is no choice, and the page says so.
    function leave() {
      const typed = input.value.trim();
      const same = rows.find((each) => each.option !== empty && fold(each.option.textContent) === fold(typed));
      if (isOpen() && moved && active) return choose(active);
      if (typed === chosen()) state.textContent = "";
      else if (same) choose(same);
      else if (!typed && empty) choose(rows.find((each) => each.option === empty));
      else {
        input.value = chosen();
        state.textContent = `‘${typed}’ staat niet in de lijst. ${chosen() ? "Uw keuze van daarvoor geldt nog." : "Er is nog niets gekozen."}`;
      }
      close();
    }

    function step(by) {
      const seen = shown();
      if (!seen.length) return;
      const place = seen.indexOf(active);
      moved = true;
      point(seen[place < 0 && by < 0 ? seen.length - 1 : (place + by + seen.length) % seen.length]);
    }

    input.addEventListener("input", (event) => {
      event.stopPropagation(); // a search changes nothing yet
      open(input.value.trim());
    });
    input.addEventListener("click", () => {
      if (isOpen()) return;
      input.select();
      open("");
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!isOpen()) open("");
        if (!isOpen() || event.altKey) return;
        step(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && isOpen()) {
        event.preventDefault();
        if (active) choose(active);
        else close();
      } else if (event.key === "Escape" && (isOpen() || input.value !== chosen())) {
        event.preventDefault();
        event.stopPropagation();
        input.value = chosen();
        state.textContent = "";
        close();
      }
    });
    input.addEventListener("blur", leave);
    // The list takes no focus: the field keeps it, and with it the keyboard.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      const each = rows.find((held) => held.row === row);
      if (each) choose(each);
    });
    // A browser that comes back to a page puts the choice of then back after this ran.
    window.addEventListener("pageshow", () => {
      if (document.activeElement !== input) input.value = chosen();
    });

    if (empty) input.placeholder = empty.textContent;
    input.value = chosen();
    select.hidden = true;
    select.id = `${id}-lijst`;
    input.id = id;
    close();
    box.append(input, list, state);
    select.before(box);
    if (wasFocused) input.focus();
  }

  const within = (part) => part.querySelectorAll("select[data-choose]").forEach(start);

  within(document);
  // A form that opens in place comes later than this file.
  new MutationObserver((changes) => {
    changes.forEach((change) => change.addedNodes.forEach((node) => {
      if (node instanceof Element) within(node);
    }));
  }).observe(document.body, { childList: true, subtree: true });
})();
