/** Kind of Traefik's middlewares. */
export const MIDDLEWARE = "traefik.io/Middleware";
