/** Who may call a public path: everybody, or who shows a token with all of these scopes; none for everybody who is signed in. */
export type Access = "anyone" | { readonly signedIn: readonly string[] };

/** Who signs the callers of a system in. Their tokens are signed JWTs (RS256 or ES256), sent as `Authorization: Bearer`. */
export interface SignIn<S extends string = string> {
  /** What a token must name as its audience: the system, for tokens that others may have made for something else. */
  readonly audience: string;
  /** One of the system's own services; default the platform's: one of ours on dev, on prod the one that its settings name. */
  readonly issuer?: OwnIssuer<S>;
}

/** A service of the system that signs tokens. */
export interface OwnIssuer<S extends string = string> {
  readonly service: S;
  /** Path of its public keys (a JWKS), as the program sees it. */
  readonly keys: string;
  /** What its tokens name as their issuer; default the public address of the system. */
  readonly name?: string;
  /** Which of its answers has the keys; default its first. */
  readonly answer?: string;
}
