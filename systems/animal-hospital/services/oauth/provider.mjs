import { Provider } from "oidc-provider";
import { asJwks, derived } from "./keys.mjs";
import { errorPage } from "./pages.mjs";
import { ACCESS_SECONDS, CUSTOMER_SCOPES, SCOPES } from "./settings.mjs";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The authorization server with the keys of this moment, the one that signs first. */
export function providerWith({ issuer, audience, keysSecret, deskSecret, appRedirects }, keys, State) {
  const resource = `urn:${audience}`;
  const provider = new Provider(issuer, {
    adapter: State,
    jwks: asJwks(keys),
    clients: [app(appRedirects), desk(deskSecret)],
    cookies: { keys: [derived(keysSecret, "cookies").toString("base64url")] },
    routes: routes(),
    scopes: ["openid", "offline_access"],
    pkce: { required: () => true },
    ttl: {
      AuthorizationCode: 60,
      ClientCredentials: ACCESS_SECONDS,
      AccessToken: ACCESS_SECONDS,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: DAY,
      Grant: 30 * DAY,
      RefreshToken: 30 * DAY,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, _resource, client) => ({
          audience,
          scope: (client.clientId === "app" ? CUSTOMER_SCOPES : SCOPES).join(" "),
          accessTokenTTL: ACCESS_SECONDS,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
    interactions: { url: (_ctx, { uid }) => `/oauth/interaction/${uid}` },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    expiresWithSession: () => false,
    rotateRefreshToken: true,
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    loadExistingGrant: (ctx) => ownGrant(ctx, resource),
    renderError: (ctx, { error, error_description }) => {
      ctx.type = "html";
      ctx.body = errorPage(error, error_description);
    },
  });
  provider.proxy = true; // the entry says how it was asked
  return provider;
}

/** The hospital's own app asks for nothing that its customer did not come for: signing in is consent. */
async function ownGrant({ oidc }, resource) {
  const { session, client, provider } = oidc;
  const known = session.grantIdFor(client.clientId);
  if (known !== undefined) {
    const grant = await provider.Grant.find(known);
    if (grant !== undefined) return grant;
  }
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope("openid offline_access");
  grant.addResourceScope(resource, CUSTOMER_SCOPES.join(" "));
  await grant.save();
  return grant;
}

/** For people: their own machine can keep no secret, so the code is bound to its asker by PKCE. */
const app = (redirects) => ({
  client_id: "app",
  application_type: "native",
  token_endpoint_auth_method: "none",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  redirect_uris: redirects,
});

/** For programs: what doctors and the reception work with. */
const desk = (secret) => ({
  client_id: "desk",
  client_secret: secret,
  grant_types: ["client_credentials"],
  response_types: [],
  redirect_uris: [],
});

function routes() {
  const below = (name) => `/oauth/${name}`;
  return {
    authorization: below("auth"),
    token: below("token"),
    revocation: below("token/revocation"),
    userinfo: below("me"),
    end_session: below("session/end"),
    jwks: "/.well-known/jwks.json",
  };
}
