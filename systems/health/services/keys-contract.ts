import Type from "typebox";

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** Public half of a key that tokens are signed with. */
const Key = Type.Object({
  kty: Type.Literal("EC"),
  crv: Type.Literal("P-256"),
  alg: Type.Literal("ES256"),
  use: Type.Literal("sig"),
  kid: text(64),
  x: text(64),
  y: text(64),
});

/** What whoever checks a token asks auth for: no body, and all keys whose tokens may still be in use. */
export const keysContract = {
  request: Type.Object({}),
  response: Type.Object({ keys: Type.Array(Key, { minItems: 1, maxItems: 20 }) }),
};

/** Where the keys are. */
export const KEYS_PATH = "/auth/.well-known/jwks.json";
/** Who signs tokens, and for whom; the same words stand in the settings of statistics. */
export const ISSUER = "health/auth";
export const AUDIENCE = "health";
/** The one way in which tokens are signed; a token that names another is refused. */
export const ALGORITHM = "ES256";
