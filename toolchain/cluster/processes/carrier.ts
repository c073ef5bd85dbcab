import { connect, Server, type Socket } from "node:net";
import { isAdmitted, turnAway } from "./entry-guard.ts";
import { parseRoute, type Route } from "./route.ts";

// Program: takes the sockets that the forwarder hands over, each with its route, and carries what they are sent from where it runs.
// It ends with the forwarder.
process.on("disconnect", () => process.exit());
process.on("message", (text: string, given: Server | Socket | undefined) => {
  const route = parseRoute(text);
  if (!(given instanceof Server)) return void (given && take(given, route)); // undefined: it hung up on the way here
  given.on("connection", (client) => take(client, route));
  console.log(`${new Date().toISOString()} 127.0.0.1:${route.port} → ${route.host}:${route.target}`);
});

function take(client: Socket, route: Route): void {
  client.allowHalfOpen = true;
  client.setNoDelay(true);
  if (route.names === undefined) return carry(client, route);
  client.on("error", () => client.destroy());
  void isAdmitted(client, route.names).then((admitted) => {
    if (client.destroyed) return;
    if (admitted) carry(client, route);
    else turnAway(client);
  });
}

function carry(client: Socket, { host, target }: Route): void {
  const upstream = connect({ host, port: target, allowHalfOpen: true, noDelay: true });
  client.pipe(upstream).pipe(client);
  for (const [side, other] of [
    [client, upstream],
    [upstream, client],
  ] as const)
    side.on("error", () => undefined).on("close", () => other.destroy()); // an error closes, too
}
