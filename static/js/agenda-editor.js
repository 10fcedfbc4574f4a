// The page of a whole agenda: parts open and save in place, and move by dragging.
// Without this script every link leads to a page with the same form, and the buttons do the same.
(function () {
  "use strict";
  const page = document.querySelector("main .page");
  if (!page || !page.querySelector("[data-agenda-editor]")) return;
  const INLINE = { "X-Requested-With": "fetch" };
  let panel = null;
  let timer = null;
  let busy = false;
  let dirty = false;
  let dragged = null;

  function say(words, failed) {
    const state = page.querySelector("[data-saved]");
    if (!state) return;
    state.textContent = words;
    state.classList.toggle("is-failed", Boolean(failed));
  }

  function signedOut() {
    say("U bent uitgelogd. Uw tekst staat nog hier. ", true);
    const link = document.createElement("a");
    link.href = page.querySelector("[data-agenda-editor]").dataset.signIn;
    link.target = "_blank";
    link.textContent = "Log in via een nieuw tabblad";
    page.querySelector("[data-saved]").append(link, " en bewaar daarna opnieuw.");
  }

  // A page as it is now, or null when nobody is signed in any more.
  async function asked(address, options) {
    const answer = await fetch(address, { redirect: "manual", ...options });
    return answer.type === "opaqueredirect" ? null : answer;
  }

  function show(text) {
    const held = new DOMParser().parseFromString(text, "text/html").querySelector("main .page");
    if (!held) return window.location.reload();
    page.replaceChildren(...held.childNodes);
    panel = null;
    dirty = false;
  }

  // The bar offers to take back what was just saved, not what was saved before it.
  function offer(step) {
    const form = page.querySelector("[data-undo]");
    if (!form || !step) return;
    form.hidden = false;
    form.elements.stap.value = step.pk;
    form.querySelectorAll("[data-step]").forEach((each) => (each.textContent = step.label));
  }

  async function refresh(id) {
    const answer = await asked(window.location.pathname);
    if (!answer) return signedOut();
    show(await answer.text());
    const row = id && document.getElementById(id);
    const link = row && row.querySelector("a[data-inline]");
    if (link) link.focus();
  }

  // -- a part in place ----------------------------------------------------------------------------
  async function open(link) {
    if (panel && !(await close())) return;
    const answer = await asked(link.href, { headers: INLINE });
    if (!answer) return signedOut();
    if (!answer.ok) {
      const words = answer.status === 409 ? (await answer.json()).error : "Dit onderdeel is er niet meer.";
      return say(words, true);
    }
    panel = document.createElement("div");
    panel.className = "inline-panel";
    link.closest("[data-slot]").after(panel);
    fill(await answer.text());
    panel.returnTo = link;
    const first = panel.querySelector("input:not([type=hidden]), textarea, select");
    if (first) first.focus();
  }

  function fill(text) {
    panel.innerHTML = text;
    const form = panel.querySelector("form");
    if (!form) return;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save(true);
    });
    form.addEventListener("input", () => {
      dirty = true;
      window.clearTimeout(timer);
      // What is new is added by its button: half a part is no part.
      if (!("new" in form.dataset)) timer = window.setTimeout(() => save(false), 1500);
    });
    panel.querySelector("[data-close]").addEventListener("click", close);
  }

  async function save(done) {
    window.clearTimeout(timer);
    const form = panel && panel.querySelector("form");
    if (!form || busy) return false;
    busy = true;
    dirty = false;
    say("Bezig met bewaren …");
    try {
      const answer = await asked(form.action, { method: "POST", body: new FormData(form), headers: INLINE });
      if (!answer || answer.status === 403) {
        dirty = true;
        await renewed(form);
        return false;
      }
      const isJson = (answer.headers.get("Content-Type") || "").includes("json");
      if (answer.ok && isJson) {
        const told = await answer.json();
        if (form.elements.revision) form.elements.revision.value = told.revision;
        if (done) await refresh(told.id);
        else offer(told.step);
        say(`Bewaard om ${told.time} uur`);
        return true;
      }
      dirty = true;
      if (isJson) say((await answer.json()).error, true);
      else if (answer.status === 409 || (answer.status === 422 && done)) {
        // Both texts, or what is wrong, at the fields; what was typed stays in them.
        fill(await answer.text());
        say(answer.status === 409 ? "Niet bewaard: iemand anders schreef intussen in dit onderdeel." : "Nog niet bewaard: kijk bij de velden.", true);
        const wrong = panel.querySelector(".is-invalid, .invalid-feedback, .alert");
        if (wrong) wrong.scrollIntoView({ block: "center" });
      } else if (answer.status === 422) say("Nog niet bewaard: een veld is nog niet goed. Kies ‘Klaar’ om te zien welk.", true);
      else say("Bewaren mislukt. Uw tekst staat nog hier; probeer het opnieuw.", true);
      return false;
    } catch (error) {
      dirty = true;
      say("Bewaren mislukt. Uw tekst staat nog hier; probeer het opnieuw.", true);
      return false;
    } finally {
      busy = false;
    }
  }

  // A new sign-in comes with a new token.
  async function renewed(form) {
    const answer = await asked(window.location.pathname);
    if (!answer || !answer.ok) return signedOut();
    const held = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = held.querySelector("[name=csrfmiddlewaretoken]");
    if (!token) return signedOut();
    form.elements.csrfmiddlewaretoken.value = token.value;
    say("Nog niet bewaard. Uw tekst staat nog hier; kies opnieuw ‘Klaar’.", true);
  }

  async function close() {
    const form = panel.querySelector("form");
    const isNew = form && "new" in form.dataset;
    if (dirty && !isNew) return save(true);
    if (dirty && !window.confirm("U voegde nog niets toe. Wat u typte, gaat verloren. Toch sluiten?")) return false;
    const link = panel.returnTo;
    panel.remove();
    panel = null;
    dirty = false;
    window.clearTimeout(timer);
    if (isNew) link.focus();
    else await refresh(link.closest("[id]")?.id);
    return true;
  }

  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-inline]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });

  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel && panel.contains(event.target)) close();
  });

  // -- moving and taking back ---------------------------------------------------------------------
  async function send(action, body, row, name) {
    if (panel && !(await close())) return;
    const answer = await fetch(action, { method: "POST", body });
    if (answer.redirected && new URL(answer.url).pathname !== window.location.pathname) return signedOut();
    show(await answer.text());
    const place = row && document.getElementById(row);
    const button = place && name && place.querySelector(`.outline-move [name=${name}]`);
    if (button) button.focus();
    else page.querySelector("[data-saved]")?.focus();
  }

  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".outline-move, [data-undo]")) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    send(form.action, body, form.closest("[data-group]")?.id, event.submitter?.name);
  });

  const group = (row) => [...page.querySelectorAll("[data-group]")].filter((each) => each.dataset.group === row.dataset.group);
  const unmark = () => page.querySelectorAll(".drop-before, .drop-after").forEach((each) => each.classList.remove("drop-before", "drop-after"));

  page.addEventListener("dragstart", (event) => {
    const handle = event.target.closest("[data-drag]");
    if (!handle) return;
    dragged = handle.closest("[data-group]");
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
  });

  function target(event) {
    if (!dragged) return null;
    let row = event.target.closest("[data-group]");
    while (row && row.dataset.group !== dragged.dataset.group) row = row.parentElement.closest("[data-group]");
    return row;
  }

  page.addEventListener("dragover", (event) => {
    const row = target(event);
    unmark();
    if (!row || row === dragged) return;
    event.preventDefault();
    const box = row.getBoundingClientRect();
    row.classList.add(event.clientY < box.top + box.height / 2 ? "drop-before" : "drop-after");
  });

  page.addEventListener("drop", (event) => {
    const row = target(event);
    if (!row || row === dragged) return;
    event.preventDefault();
    const beside = group(row).filter((each) => each !== dragged);
    const place = beside.indexOf(row) + (row.classList.contains("drop-after") ? 1 : 0);
    const form = dragged.querySelector(".outline-move");
    const body = new FormData(form);
    body.set("voor", place < beside.length ? beside[place].dataset.pk : "");
    send(form.action, body, dragged.id, null);
  });

  page.addEventListener("dragend", () => {
    unmark();
    if (dragged) dragged.classList.remove("is-dragged");
    dragged = null;
  });

  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
})();
