import { connect, createServer, type Socket } from "node:net";
import { isAdmitted, turnAway } from "./entry-guard.ts";
import { guardSupervisor } from "./guard-supervisor.ts";

// Program: `forwarder <cluster> <port>=<host>:<port> …` carries connections from 127.0.0.1 into the network namespace of the cluster.
// `http:<port>=<host>:<port>,<name>…` carries only requests for names of this machine and for those named.
const [cluster = "", ...routes] = process.argv.slice(2);
guardSupervisor(cluster);
for (const argument of routes) {
  const [, http, port, host = "", target, names = ""] =
    /^(http:)?(\d+)=([\d.]+):(\d+)((?:,[\w.-]+)*)$/.exec(argument) ?? [];
  if (port === undefined) throw new Error(`forwarder: "${argument}" is not <port>=<host>:<port>`);
  const carry = (client: Socket) => carryTo(host, Number(target), client);
  listen(Number(port), http === undefined ? carry : onlyFor(names.split(",").slice(1), carry), `${host}:${target}`);
}

function onlyFor(names: readonly string[], carry: (client: Socket) => void): (client: Socket) => void {
  return (client) => {
    client.on("error", () => client.destroy());
    void isAdmitted(client, names).then((admitted) => {
      if (client.destroyed) return;
      if (admitted) carry(client);
      else turnAway(client);
    });
  };
}

function carryTo(host: string, port: number, client: Socket): void {
  const upstream = connect({ host, port, allowHalfOpen: true, noDelay: true });
  client.pipe(upstream).pipe(client);
  client.on("error", () => upstream.destroy());
  upstream.on("error", () => client.destroy());
  client.on("close", () => upstream.destroy());
  upstream.on("close", () => client.destroy());
}

function listen(port: number, take: (client: Socket) => void, where: string): void {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, take);
  server.on("error", (error) => {
    console.log(`${new Date().toISOString()} 127.0.0.1:${port}: ${error.message}`);
    process.exit(1); // the supervisor tries again
  });
  server.listen(port, "127.0.0.1", () => console.log(`${new Date().toISOString()} 127.0.0.1:${port} → ${where}`));
}
