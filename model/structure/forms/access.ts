import type { Access, OwnIssuer, SignIn } from "../../words/access.ts";
import { choice, either, group, list, optional, text } from "../shape.ts";
import type { Agrees, Proof } from "../told.ts";

export const access = either(choice("anyone"), group({ signedIn: list(text("orders:write")) }));

const ownIssuer = group({
  service: text("auth"),
  keys: text("/jwks"),
  name: optional(text("https://id.example.com")),
  answer: optional(text("http")),
});

export const signIn = group({ audience: text("shop"), issuer: optional(ownIssuer) });

export type Agreed = [
  Proof<Agrees<typeof access, Access>>,
  Proof<Agrees<typeof ownIssuer, OwnIssuer>>,
  Proof<Agrees<typeof signIn, SignIn>>,
];
