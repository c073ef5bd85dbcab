import { connect, createServer } from "node:net";
import { guardSupervisor } from "./guard-supervisor.ts";

// Program: `forwarder <cluster> <port>=<host>:<port> …` carries connections from 127.0.0.1 into the network namespace of the cluster.
const [cluster = "", ...routes] = process.argv.slice(2);
guardSupervisor(cluster);
for (const argument of routes) {
  const match = /^(\d+)=([\d.]+):(\d+)$/.exec(argument);
  if (match === null) throw new Error(`forwarder: "${argument}" is not <port>=<host>:<port>`);
  forward(Number(match[1]), String(match[2]), Number(match[3]));
}

function forward(port: number, host: string, target: number): void {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = connect({ host, port: target, allowHalfOpen: true, noDelay: true });
    client.pipe(upstream).pipe(client);
    client.on("error", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
  server.on("error", (error) => {
    console.log(`${new Date().toISOString()} 127.0.0.1:${port}: ${error.message}`);
    process.exit(1); // the supervisor tries again
  });
  server.listen(port, "127.0.0.1", () =>
    console.log(`${new Date().toISOString()} 127.0.0.1:${port} → ${host}:${target}`),
  );
}
