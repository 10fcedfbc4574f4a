// A file that cannot go along is told before it is sent; the server looks again at what it gets.
(function () {
  "use strict";
  const field = document.querySelector("input[type=file][data-upload]");
  if (!field) return;
  const form = field.form;
  const button = form.querySelector("[type=submit]");
  const words = button.textContent;
  const told = document.createElement("div");
  told.setAttribute("role", "alert");
  field.after(told);

  function problem() {
    const file = field.files[0];
    if (!file) return "";
    const name = file.name.toLowerCase();
    if (!field.dataset.upload.split(",").some((extension) => name.endsWith(extension))) {
      return field.dataset.otherKind;
    }
    if (file.size <= Number(field.dataset.most)) return "";
    return field.dataset.tooLarge.replace("#", String(Math.ceil(file.size / (1024 * 1024))));
  }

  function look() {
    const found = problem();
    const answered = document.getElementById(field.id + "_error");
    if (answered) answered.remove(); // it was about another file
    told.textContent = "";
    if (found) {
      const message = document.createElement("div");
      message.className = "message message-error field-error";
      message.textContent = found;
      told.append(message);
    }
    field.classList.toggle("is-invalid", Boolean(found));
    if (found) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    return found;
  }

  field.addEventListener("change", look);
  form.addEventListener("submit", (event) => {
    if (look()) {
      event.preventDefault();
      field.focus();
      return;
    }
    if (!field.files.length) return;
    button.disabled = true;
    button.textContent = "Wij kijken het bestand na…";
  });
  // Who comes back with the browser's button finds the form as it was.
  window.addEventListener("pageshow", () => {
    button.disabled = false;
    button.textContent = words;
  });
})();
