import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";

/** A port of 127.0.0.1 that is free right now; for the live tests. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  return port;
}

/** Lets a server listen on any free port of 127.0.0.1. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
