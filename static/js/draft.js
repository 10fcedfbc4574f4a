// A draft saves itself: the fields that changed, each with the revision it was loaded with.
// Without this script the button "Bewaar" does the same for the whole page.
(function () {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const state = form.querySelector("[data-saved]");
  const held = form.querySelector("[name=revisions]");
  const loaded = form.querySelector("[name=loaded]");
  const marks = JSON.parse(loaded.value || "{}");
  const revisions = JSON.parse(held.value || "{}");
  const saved = new Map();
  const pending = new Set();
  let timer = null;
  let busy = false;
  let failures = 0;
  let refusals = 0;

  const fields = () =>
    [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");
  fields().forEach((field) => saved.set(field.name, field.value));

  function say(words, failed) {
    state.textContent = words;
    state.classList.toggle("is-failed", Boolean(failed));
  }

  // Who was signed out keeps the page with what was typed; it saves on once somebody signed in again.
  function signedOut() {
    say("U bent uitgelogd. Uw tekst staat nog hier. ", true);
    const link = document.createElement("a");
    link.href = form.dataset.signIn;
    link.target = "_blank";
    link.textContent = "Log in via een nieuw tabblad";
    state.append(link, "; daarna bewaren wij vanzelf verder.");
  }

  // A new sign-in comes with a new token: read it from the page as it is now. What was typed is
  // written in the name of whoever typed it, so the same person must have signed in. Says why not.
  async function renewed() {
    const answer = await fetch(window.location.href, { redirect: "manual" });
    if (answer.type === "opaqueredirect") return signedOut();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const theirs = page.querySelector("form[data-autosave]");
    if (!theirs) {
      return say("U mag deze rapportage niet meer wijzigen. Uw tekst staat nog hier, maar wordt niet bewaard.", true);
    }
    if (theirs.dataset.person !== form.dataset.person) {
      return say("Er is nu iemand anders ingelogd. Uw tekst staat nog hier en wordt niet bewaard. Log weer in onder uw eigen naam.", true);
    }
    form.elements.csrfmiddlewaretoken.value =
      theirs.querySelector("[name=csrfmiddlewaretoken]").value;
    return true;
  }

  function conflict(name, theirs) {
    const field = form.elements[name];
    const id = `conflict-${name}`;
    document.getElementById(id)?.remove();
    const note = document.createElement("p");
    note.id = id;
    note.className = "report-hint";
    note.setAttribute("role", "alert");
    note.textContent = `${theirs.by} bewaarde hier intussen: “${theirs.text || "(leeg)"}”. ` +
      "Uw tekst staat nog in het veld. Typ verder om die te houden.";
    field.after(note);
    revisions[name] = theirs.revision;
    saved.set(name, theirs.text);
  }

  async function save() {
    if (busy || pending.size === 0) return;
    window.clearTimeout(timer);
    timer = null;
    busy = true;
    const names = [...pending];
    const sent = new Map(names.map((name) => [name, form.elements[name].value]));
    pending.clear();
    say("Bezig met bewaren …");
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("revisions", JSON.stringify(revisions));
    sent.forEach((text, name) => body.set(name, text));
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      if (answer.status === 409) {
        say((await answer.json()).error, true);
        return;
      }
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        names.forEach((name) => pending.add(name));
        // The first refusal may be an old token: take the new one and try again at once.
        const known = await renewed();
        refusals += 1;
        failures += known && refusals === 1 ? 0 : 1;
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      failures = 0;
      refusals = 0;
      Object.entries(told.revisions).forEach(([name, revision]) => {
        revisions[name] = revision;
        saved.set(name, sent.get(name));
        document.getElementById(`conflict-${name}`)?.remove();
      });
      Object.entries(told.conflicts).forEach(([name, theirs]) => conflict(name, theirs));
      // What was typed while the answer was under way, typed back included, is still to be saved.
      names.forEach((name) => {
        if (!(name in told.conflicts) && form.elements[name].value !== sent.get(name)) pending.add(name);
      });
      // What was written here is not what the page was loaded with: the buttons send it again.
      names.forEach((name) => { marks[name] = null; });
      loaded.value = JSON.stringify(marks);
      held.value = JSON.stringify(revisions);
      say(Object.keys(told.conflicts).length
        ? "Niet alles is bewaard: iemand anders schreef in hetzelfde veld."
        : `Concept bewaard om ${told.time} uur`, Object.keys(told.conflicts).length > 0);
    } catch (error) {
      names.forEach((name) => pending.add(name));
      say("Bewaren mislukt. Uw tekst staat nog hier; wij proberen het opnieuw.", true);
      failures += 1;
    } finally {
      busy = false;
      if (pending.size) again();
    }
  }

  // One timer at a time. A server that does not answer is asked ever less often, up to a minute.
  function again() {
    window.clearTimeout(timer);
    timer = window.setTimeout(later, failures ? Math.min(60000, 2500 * 2 ** failures) : 800);
  }

  function later() {
    timer = null;
    save();
  }

  function changed(event) {
    const field = event.target;
    if (!field.name || field.type === "hidden") return;
    // While a save is under way, what was saved is not what the server will hold.
    if (!busy && saved.get(field.name) === field.value) {
      pending.delete(field.name);
      return;
    }
    pending.add(field.name);
    again();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => pending.clear());
  window.addEventListener("beforeunload", (event) => {
    if (pending.size || busy) event.preventDefault();
  });
})();
