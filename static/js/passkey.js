// A passkey or security key: the browser asks for it, and its answer goes along with the form.
// What is asked stands on the page; who signs in without a password asks the server for it.
(function () {
  "use strict";
  const WORDS = {
    NotAllowedError: "Dat is niet gelukt, of u brak het af. Probeer het opnieuw.",
    InvalidStateError: "Deze sleutel is al toegevoegd.",
    SecurityError: "Een sleutel werkt alleen op het eigen adres van deze site.",
  };

  function options(form) {
    return JSON.parse(document.getElementById("passkey-options").textContent)[
      form.dataset.passkey === "add" ? "creation_options" : "request_options"
    ];
  }

  async function ask(form) {
    if (form.dataset.passkey === "add") {
      const asked = options(form);
      const alone = form.elements.passwordless?.checked;
      const choice = asked.publicKey.authenticatorSelection;
      choice.residentKey = alone ? "required" : "discouraged";
      choice.requireResidentKey = Boolean(alone);
      if (alone) choice.userVerification = "required";
      return webauthnJSON.create(asked);
    }
    if (form.dataset.passkey === "sign-in") {
      const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      return webauthnJSON.get((await answer.json()).request_options);
    }
    return webauthnJSON.get(options(form));
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const state = form.querySelector("[data-passkey-state]");
    if (!window.webauthnJSON || !webauthnJSON.supported()) {
      state.textContent = "Deze browser kan niet omgaan met passkeys en beveiligingssleutels.";
      form.querySelector("[type=submit]").disabled = true;
      return;
    }
    form.hidden = false;
    let busy = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      state.textContent = "Volg de aanwijzingen van uw browser.";
      try {
        form.elements.credential.value = JSON.stringify(await ask(form));
        form.submit();
      } catch (error) {
        state.textContent = WORDS[error.name] || "Dat is niet gelukt. Probeer het opnieuw.";
      } finally {
        busy = false;
      }
    });
  });
})();
