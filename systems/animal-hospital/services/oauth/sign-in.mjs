import { allowPage, errorPage, signInPage } from "./pages.mjs";
import { register, signIn, unfit } from "./people.mjs";

const MAX_FORM_BYTES = 4096;
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Shows the page where people sign in, and takes what they say there. */
export async function interact(provider, db, request, response) {
  const show = (status, html) => response.writeHead(status, HEADERS).end(html);
  const known = await provider.interactionDetails(request, response).catch(() => undefined);
  if (known === undefined)
    return show(400, errorPage("session_not_found", "This page is too old; please start again."));
  const address = `/oauth/interaction/${known.uid}`;
  const signedIn = known.prompt.name === "consent";
  if (request.method !== "POST") return show(200, signedIn ? allowPage(address) : signInPage(address));
  const form = await readForm(request);
  if (form === undefined) return show(413, errorPage("too_large", "That is too much."));
  const name = form.get("name") ?? "";
  const finish = (result) =>
    provider.interactionFinished(request, response, { ...result, consent: {} }, { mergeWithLastSubmission: false });
  if (signedIn) return finish({});
  const { id, fault } = await identify(db, form.get("do"), name, form.get("password") ?? "");
  if (id === undefined) return show(fault.status, signInPage(address, { name, fault: fault.text }));
  return finish({ login: { accountId: id } });
}

async function identify(db, what, name, password) {
  if (what !== "register") {
    const id = await signIn(db, name, password);
    return { id, fault: { status: 401, text: "There is nobody of this name and password." } };
  }
  const fault = unfit(name, password);
  if (fault !== undefined) return { fault: { status: 422, text: fault } };
  return { id: await register(db, name, password), fault: { status: 409, text: "This name is taken." } };
}

async function readForm(request) {
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MAX_FORM_BYTES) return undefined;
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString());
}
