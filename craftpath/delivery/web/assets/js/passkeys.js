/* Passkeys: the buttons of sign-in and settings, over allauth's own code. Without passkeys in the browser they stay hidden. */
"use strict";

(() => {
  const able = Boolean(window.PublicKeyCredential && window.allauth);
  const failed = document.querySelector("[data-passkey-failed]");
  document.querySelectorAll("[data-passkey-box]").forEach((box) => {
    box.hidden = !able;
  });
  document.querySelectorAll("[data-passkey-missing]").forEach((box) => {
    box.hidden = able;
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (failed) {
      failed.hidden = false;
      failed.focus();
    }
  });
  if (!able) return;
  const forms = window.allauth.webauthn.forms;
  const start = {
    add: () => forms.addForm({
      ids: { add: "passkey-add", passwordless: "id_passwordless", credential: "id_credential", data: "js_data" },
    }),
    login: () => forms.loginForm({ ids: { login: "passkey-login", credential: "passkey-credential" } }),
    authenticate: () => forms.authenticateForm({
      ids: { authenticate: "passkey-authenticate", credential: "passkey-credential", data: "js_data" },
    }),
  };
  Object.keys(start).forEach((kind) => {
    if (document.getElementById(`passkey-${kind}`)) start[kind]();
  });
})();
