/** Seconds that an access token is good for. */
export const ACCESS_SECONDS = 600;

/** What a token can allow, in the words of the resource server. */
export const SCOPES = ["reservation", "treatment", "billing", "lookup", "notice"];

/** What customers may do: reserve, and see how far it is. */
export const CUSTOMER_SCOPES = ["reservation", "lookup"];

/** The settings of this program; throws with all that are missing. */
export function readSettings(env) {
  const names = [
    "PUBLIC_URL",
    "TOKENS_FOR",
    "DATABASE",
    "DATABASE_USER",
    "DATABASE_PASSWORD",
    "KEYS_SECRET",
    "DESK_SECRET",
  ];
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`oauth: these variables are not set: ${missing.join(", ")}`);
  return {
    issuer: env.PUBLIC_URL.replace(/\/$/, ""),
    audience: env.TOKENS_FOR,
    database: databaseOf(env),
    keysSecret: env.KEYS_SECRET,
    deskSecret: env.DESK_SECRET,
    appRedirects: (env.APP_REDIRECTS ?? "http://127.0.0.1/signed-in").split(","),
    port: Number(env.PORT ?? 8080),
  };
}

/** Where the database is, of an address in the spelling of JDBC, which also says whether TLS is asked for. */
export function databaseOf({ DATABASE, DATABASE_USER, DATABASE_PASSWORD }) {
  const { hostname, port, pathname, searchParams } = new URL(DATABASE.replace(/^jdbc:/, ""));
  return {
    host: hostname,
    port: Number(port || 3306),
    database: pathname.slice(1),
    user: DATABASE_USER,
    password: DATABASE_PASSWORD,
    ...(searchParams.has("sslMode") ? { ssl: "Amazon RDS" } : {}),
  };
}
