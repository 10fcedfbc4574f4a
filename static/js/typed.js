// A form that was sent after its session had ended is not lost: its fields wait in this tab until
// the same person signed in again, and are put back on the page they were typed on. They go as soon
// as the form was answered, or somebody else signs in. Never kept: passwords, codes and files.
(function () {
  "use strict";
  const KEY = "typed";
  const KEPT = 12 * 3600 * 1000;
  const ANSWERED = 2 * 60 * 1000; // a sign-in page that comes later is no answer to the form
  const SKIPPED = new Set(["file", "password", "submit", "button", "reset", "image", "fieldset", "output"]);
  const here = window.location.pathname + window.location.search;
  const signedIn = document.querySelector("dialog.session-end");

  function read() {
    try {
      const held = JSON.parse(window.sessionStorage.getItem(KEY));
      return held && Date.now() - held.at < KEPT ? held : null;
    } catch (error) {
      return null;
    }
  }

  function write(held) {
    try {
      if (held) window.sessionStorage.setItem(KEY, JSON.stringify(held));
      else window.sessionStorage.removeItem(KEY);
    } catch (error) {
      // No room, or the browser keeps nothing: then it is as it is without this script.
    }
  }

  // Each field by its name, its choice, and its number among those of that name.
  function fieldsOf(form) {
    const seen = new Map();
    const found = new Map();
    for (const field of form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || SKIPPED.has(field.type)) continue;
      const name = isTicked(field) ? `${field.name}=${field.value}` : field.name;
      const number = seen.get(name) || 0;
      seen.set(name, number + 1);
      found.set(`${name}#${number}`, field);
    }
    return found;
  }

  const isTicked = (field) => field.type === "checkbox" || field.type === "radio";

  function valueOf(field) {
    if (isTicked(field)) return field.checked;
    if (field.type === "select-multiple") return [...field.selectedOptions].map((option) => option.value);
    return field.value;
  }

  function put(field, value) {
    if (isTicked(field)) field.checked = value;
    else if (field.type === "select-multiple") {
      for (const option of field.options) option.selected = value.includes(option.value);
    } else field.value = value;
  }

  function keep(event) {
    const form = event.target;
    const posts = (form.getAttribute("method") || "").toLowerCase() === "post";
    if (event.defaultPrevented || !signedIn || !posts || !form.closest("main")) return;
    if (form.querySelector("[type=password], [autocomplete=one-time-code]")) return;
    const fields = fieldsOf(form);
    const typed = [...fields.values()].some((field) => field.type !== "hidden");
    const kept = [...fields].map(([key, field]) => [key, valueOf(field), field.type]);
    const chosen = [...form.querySelectorAll("[type=file]")].some((field) => field.value);
    write(typed && { person: signedIn.dataset.person, page: here, at: Date.now(), fields: kept, files: chosen });
  }

  // The form that has most of the fields; what no field has any more is shown, to be copied.
  function restore(held) {
    const forms = [...document.querySelectorAll("main form[method=post]")].map((form) => {
      const fields = fieldsOf(form);
      const typed = held.fields.filter(([key, , type]) => type !== "hidden" && fields.has(key));
      return { form, fields, count: typed.length };
    });
    forms.sort((one, other) => other.count - one.count);
    const best = forms.length && forms[0].count ? forms[0] : null;
    const homeless = [];
    for (const [key, value, type] of held.fields) {
      const field = best && best.fields.get(key);
      if (field) put(field, value);
      else if (type.startsWith("text") && value.trim()) homeless.push(value);
    }
    tell(best && best.form, homeless, held.files);
  }

  function tell(form, homeless, files) {
    const notice = signedIn.parentElement.querySelector(form ? "[data-typed-back]" : "[data-typed-homeless]")
      .content.firstElementChild.cloneNode(true);
    const words = notice.lastElementChild;
    if (files) words.append(" Kies uw bestand opnieuw.");
    if (homeless.length) {
      const rest = document.createElement("textarea");
      rest.className = "form-control mt-2";
      rest.rows = 6;
      rest.readOnly = true;
      rest.setAttribute("aria-label", "Tekst die in geen veld meer past");
      rest.value = homeless.join("\n\n");
      words.append(rest);
    }
    if (form) form.before(notice);
    else (document.querySelector("main .page") || document.querySelector("main")).prepend(notice);
    notice.classList.add("mb-4");
    notice.tabIndex = -1;
    notice.focus();
  }

  const held = read();
  const waits = document.querySelector("[data-typed-waits]");
  if (waits && held && (held.waits || Date.now() - held.at < ANSWERED)) {
    write({ ...held, waits: true });
    waits.hidden = false;
    const back = waits.querySelector("a");
    if (back) back.href = held.page;
  } else if (waits || (signedIn && !(held && held.waits && held.person === signedIn.dataset.person))) {
    write(null);
  } else if (signedIn && held.page === here) {
    write(null);
    restore(held);
  }
  window.addEventListener("submit", keep);
})();
