/** What a person brings back from signing in. */
export interface SignedIn {
  readonly code: string;
  readonly verifier: string;
}

/** How a sign-in was refused. */
export interface Refused {
  readonly status: number;
  readonly fault: string;
}

const MAX_STEPS = 8;

/**
 * Follows a sign-in as a browser does, with its cookies, each step at the next of the addresses: fills in the form where it is shown.
 * Answers the code, or how the form was refused.
 */
export async function codeOf(
  addresses: readonly string[],
  begin: string,
  form: Record<string, string>,
): Promise<string | Refused> {
  const cookies = new Map<string, string>();
  let [path, filled]: [string, boolean] = [begin, false];
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const fills: boolean = !filled && path.startsWith("/oauth/interaction/");
    const response: Response = await fetch((addresses[step % addresses.length] ?? "") + path, {
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(fills ? { method: "POST", body: new URLSearchParams(form) } : {}),
    });
    filled ||= fills;
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie);
    const location = response.headers.get("location");
    if (location === null) return { status: response.status, fault: faultOf(await response.text()) };
    const { pathname, search, searchParams } = new URL(location, "http://any");
    const code = searchParams.get("code");
    if (code !== null) return code;
    path = pathname + search;
  }
  throw new Error(`no end of the sign-in after ${MAX_STEPS} steps`);
}

function keep(cookies: Map<string, string>, text: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
  if (value === "" || /expires=Thu, 01 Jan 1970/i.test(text)) cookies.delete(name);
  else cookies.set(name, value);
}

const faultOf = (html: string) => /role="alert">([^<]*)/.exec(html)?.[1] ?? html;
