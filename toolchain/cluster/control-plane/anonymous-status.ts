import { request } from "node:https";

/** HTTP status of a request to a local API server that shows no certificate; for the live tests. */
export async function anonymousStatus(port: number, path: string): Promise<number> {
  return await new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, path, rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.once("error", reject).end();
  });
}
