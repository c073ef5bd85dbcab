import type { System } from "../../system.ts";
import type { Access, SignIn } from "../../words/access.ts";
import type { PublicPath } from "../../words/service.ts";
import { type Case, sound, withForeign } from "./sound.ts";

const signIn: SignIn = { audience: "shop" };
const own = { service: "prices", keys: "/jwks" };

/** The foreign service with these routes, of a system that signs callers in. */
export const withRoutes = (...routes: readonly PublicPath[]): System => ({ ...withForeign({ routes }), signIn });
/** The sound system with a route that asks, and another way to sign in. */
const withSignIn = (change: Partial<SignIn>): System => ({
  ...withRoutes(asking("/prices")),
  signIn: { ...signIn, ...change },
});

export function asking(path: string, ...signedIn: readonly string[]): PublicPath {
  return { path, access: { signedIn } };
}
export const open = (path: string, as?: string): PublicPath => ({
  path,
  access: "anyone",
  ...(as === undefined ? {} : { as }),
});

/** Who may call a route, and who says who they are. */
export const ACCESS: readonly Case[] = [
  ["missing-word", withForeign({ routes: [{ path: "/prices" } as PublicPath] }), /nothing/],
  ["unknown-choice", withForeign({ routes: [{ path: "/prices", access: "anyon" as Access }] }), /mean "anyone"/],
  ["wrong-type", withForeign({ routes: ["/prices" as never] }), /"\/prices"/],
  ["access-scope", withRoutes(asking("/prices", "read write")), /"read write" of "\/prices"/],
  ["access-scope", withRoutes(asking("/prices", "")), /""/],
  ["access-scope-twice", withRoutes(asking("/prices", "read", "read")), /"read"/],
  ["access-without-sign-in", withForeign({ routes: [asking("/prices")] }), /nobody says who signs callers in/],
  ["access-way-around", withRoutes(asking("/prices"), open("/api", "/")), /"\/api as \/" for anyone/],
  ["access-way-around", withRoutes(asking("GET /prices"), open("/")), /"\/" for anyone, which leads to/],
  ["access-way-around", withRoutes({ ...asking("/prices"), host: "admin" }, open("/")), /"admin\.\/prices"/],
  ["sign-in-unused", { ...sound, signIn }, /every route lets anyone in/],
  ["sign-in-audience", withSignIn({ audience: "the shop" }), /the shop/],
  ["sign-in-service", withSignIn({ issuer: { ...own, service: "price" } }), /"price", which is no service/],
  ["sign-in-service", withSignIn({ issuer: { ...own, service: "thinker" } }), /"thinker"/],
  ["sign-in-answer", withSignIn({ issuer: { ...own, answer: "htp" } }), /htp/],
  ["sign-in-keys", withSignIn({ issuer: { ...own, keys: "jwks?all" } }), /jwks\?all/],
  ["sign-in-name", withSignIn({ issuer: { ...own, name: "the issuer" } }), /the issuer/],
];
