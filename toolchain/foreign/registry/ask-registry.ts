import { credentialsOf } from "./credentials.ts";
import { registryAddress } from "./registry-answers.ts";

/** Longest wait for an answer, in milliseconds. */
const TIMEOUT_MS = 20_000;

/** What is asked of a registry. */
export interface Question {
  readonly registry: string;
  readonly repository: string;
  /** Such as `manifests/3.11`. */
  readonly path: string;
  readonly accept: string;
}

/** Asks a registry as every client does: without a name first, then with what it wants, in the name of who is signed in. */
export async function askRegistry(question: Question): Promise<Response> {
  const { registry, repository, path, accept } = question;
  const url = `${registryAddress(registry)}/v2/${repository}/${path}`;
  const ask = (authorization?: string) =>
    fetch(url, {
      headers: { accept, ...(authorization !== undefined && { authorization }) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  const first = await ask();
  if (first.status !== 401) return first;
  const wanted = first.headers.get("www-authenticate") ?? "";
  const signedIn = credentialsOf(registry);
  if (/^basic/i.test(wanted)) return signedIn === undefined ? first : await ask(signedIn);
  const token = await tokenFor(wanted, signedIn);
  return token === undefined ? first : await ask(`Bearer ${token}`);
}

/** A token from the place that the registry names. */
async function tokenFor(wanted: string, signedIn: string | undefined): Promise<string | undefined> {
  const said = Object.fromEntries([...wanted.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  const { realm, service, scope } = said as { realm?: string; service?: string; scope?: string };
  if (realm === undefined || !URL.canParse(realm)) return undefined;
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  if (scope !== undefined) url.searchParams.set("scope", scope);
  const response = await fetch(url, {
    headers: signedIn === undefined ? {} : { authorization: signedIn },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) return undefined;
  const { token, access_token } = (await response.json()) as { token?: string; access_token?: string };
  return token ?? access_token;
}
