// Two minutes before a session ends this says so, and lets the person stay. What was typed stays on
// the page: who signs in again in another window goes on here.
(function () {
  "use strict";
  const box = document.querySelector("dialog.session-end");
  if (!box || !box.showModal) return;
  const WARNING = 120;
  const title = box.querySelector("[data-title]");
  const text = box.querySelector("[data-text]");
  const warning = box.querySelector("[data-warning]");
  const ended = box.querySelector("[data-ended]");
  const stay = box.querySelector("[data-stay]");
  let end = Date.now() + 1000 * Number(box.dataset.left);
  let timer = null;
  let over = false;

  const left = () => Math.round((end - Date.now()) / 1000);

  function plan(seconds) {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, 1000 * Math.max(1, seconds));
  }

  // Answers what the server says, or null where nobody is signed in.
  async function ask(options) {
    const answer = await fetch(stay.action, {
      redirect: "manual",
      cache: "no-store",
      headers: { Accept: "application/json" },
      ...options,
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) return null;
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  // Another window may have gone on, or signed in again, so the server is asked before anything is said.
  async function look() {
    let told;
    try {
      told = await ask();
    } catch (error) {
      return plan(20); // no network: nothing is known
    }
    heard(told);
  }

  function heard(told) {
    if (told === null) return signedOut("U bent uitgelogd", "U deed een tijd niets.");
    if (told.person !== box.dataset.person) {
      return signedOut("Er is iemand anders ingelogd", "Log weer in onder uw eigen naam.");
    }
    // A new sign-in comes with a new token; the forms of this page are sent with it.
    if (over) {
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = told.token; });
    }
    over = false;
    end = Date.now() + 1000 * told.left;
    if (told.left > WARNING) {
      if (box.open) box.close();
      return plan(told.left - WARNING);
    }
    warn();
  }

  function warn() {
    title.textContent = "U wordt zo uitgelogd";
    const seconds = Math.max(0, left());
    const words = seconds > 90 ? "twee minuten" : seconds > 45 ? "een minuut" : "een halve minuut";
    text.textContent = `U deed een tijd niets. Over ongeveer ${words} logt de site u uit.`;
    warning.hidden = false;
    ended.hidden = true;
    if (!box.open) {
      box.showModal();
      stay.querySelector("button").focus();
    }
    plan(Math.min(20, seconds + 1));
  }

  function signedOut(words, reason) {
    over = true;
    window.clearTimeout(timer);
    title.textContent = words;
    text.textContent = `${reason} Wat u hebt getypt, staat nog op deze bladzijde. Log in via een nieuw tabblad en kom hier terug.`;
    warning.hidden = true;
    ended.hidden = false;
    const link = ended.querySelector("a");
    link.href = `${box.dataset.signIn}?next=${encodeURIComponent(window.location.pathname + window.location.search)}`;
    if (!box.open) box.showModal();
    link.focus();
  }

  stay.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      heard(await ask({ method: "POST", body: new FormData(stay) }));
    } catch (error) {
      text.textContent = "Dat is niet gelukt. Probeer het nog eens.";
    }
  });
  // Escape is a person too.
  box.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (over) box.close();
    else stay.requestSubmit();
  });
  // A computer that slept, or a window that was in the back: what it planned may be long past.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && (over || left() <= WARNING)) look();
  });
  window.addEventListener("focus", () => { if (over) look(); });
  plan(left() - WARNING);
})();
