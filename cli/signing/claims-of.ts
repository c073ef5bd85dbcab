import { nearest } from "../../model/nearest.ts";
import { parseRoute } from "../../model/plan/edges/route.ts";
import { parseDuration } from "../../model/quantity.ts";
import type { System } from "../../model/system.ts";
import type { AnyPart } from "../../model/words/service.ts";
import type { DevClaims } from "../../toolchain/machine/dev-issuer.ts";
import { UserError } from "../terminal/user-error.ts";

/** What somebody typed. */
interface Wanted {
  readonly subject: string;
  readonly scope: string;
  readonly life: string;
}

/** The checks of tokens refuse one that lives longer. */
const MOST_SECONDS = 3600;
/** What the checks of tokens take as a name: it travels in a header. */
const SUBJECT = /^[\x21-\x7E]{1,255}$/;

/** What the token says. Throws with all that is wrong with the words, or where this machine signs nothing for the system. */
export function claimsOf(system: System, { subject, scope, life }: Wanted): DevClaims {
  const { audience } = signInOf(system);
  const scopes = [...new Set(scope.split(/[\s,]+/).filter((one) => one !== ""))];
  const seconds = (parseDuration(life) ?? 0) / 1000;
  const wrong = [
    ...(SUBJECT.test(subject) ? [] : [`--subject found "${subject}", wanted a name without spaces, such as alice`]),
    ...unknownScopes(system, scopes),
    ...(seconds >= 1 && seconds <= MOST_SECONDS ? [] : [`--for found "${life}", wanted a time from 1s to 1h`]),
  ];
  if (wrong.length > 0) throw new UserError(`slipway token: ${wrong.join(".\n               ")}.`);
  return { audience, subject, scopes, seconds: Math.floor(seconds) };
}

function signInOf({ name, signIn }: System): NonNullable<System["signIn"]> {
  if (signIn === undefined)
    throw new UserError(
      `slipway token: ${name} asks nobody who he is, so no token is needed. Its routes say who may call them: docs/systems/${name}.md`,
    );
  if (signIn.issuer !== undefined)
    throw new UserError(
      `slipway token: the tokens of ${name} are signed by its own service "${signIn.issuer.service}", and it believes no other. Ask that one: docs/systems/${name}.md`,
    );
  return signIn;
}

function unknownScopes(system: System, scopes: readonly string[]): string[] {
  const asked = new Set(
    Object.values(system.services).flatMap(({ routes = [] }: AnyPart) =>
      routes.flatMap((route) => parseRoute(route).scopes ?? []),
    ),
  );
  const known = [...asked].toSorted();
  return scopes
    .filter((scope) => !asked.has(scope))
    .map((scope) => {
      const guess = nearest(scope, known);
      const meant = guess === undefined ? "" : ` (did you mean "${guess}"?)`;
      return `--scope found "${scope}"${meant}, which no route of ${system.name} asks for; wanted some of: ${known.join(", ") || "none"}`;
    });
}
