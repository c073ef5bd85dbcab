const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text) => String(text ?? "").replace(/[&<>"']/g, (letter) => ENTITIES[letter]);

const page = (title, body) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 22rem; margin: 4rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
  label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit }
  input { margin: .25rem 0 1rem; padding: .5rem; border: 1px solid #666; border-radius: .25rem }
  button { margin: .5rem 0; padding: .6rem; border: 1px solid #0b5; border-radius: .25rem; background: #064; color: #fff }
  button.second { background: #fff; color: #064 }
  [role=alert] { color: #a00 }
</style>
<h1>${escaped(title)}</h1>
${body}
</html>
`;

/** The page where people sign in, or register. */
export function signInPage(address, { name = "", fault } = {}) {
  return page(
    "Animal hospital",
    `${fault === undefined ? "" : `<p role="alert">${escaped(fault)}</p>`}
<form method="post" action="${escaped(address)}">
  <label for="name">Name</label>
  <input id="name" name="name" required maxlength="100" autocomplete="username" value="${escaped(name)}" autofocus>
  <label for="password">Password</label>
  <input id="password" name="password" type="password" required maxlength="200" autocomplete="current-password">
  <button name="do" value="sign-in">Sign in</button>
  <button class="second" name="do" value="register">I am new here</button>
</form>`,
  );
}

/** Asks who is signed in already whether the app that asks is the one they have just opened. */
export function allowPage(address) {
  return page(
    "Animal hospital",
    `<p>The app of the animal hospital on this device wants to show and change your reservations.</p>
<form method="post" action="${escaped(address)}"><button autofocus>Allow</button></form>`,
  );
}

/** What went wrong, for people. */
export function errorPage(error, description) {
  return page("This did not work", `<p role="alert">${escaped(description ?? error)}</p><p>${escaped(error)}</p>`);
}
