import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { ownProgram } from "../../roots/shipped.ts";
import { guardSupervisor } from "./guard-supervisor.ts";
import { parseRoute } from "./route.ts";

// Program: `forwarder <cluster> <netns> <route>…` listens on 127.0.0.1 and hands its sockets to a carrier inside the network
// namespace mounted at <netns> ("" stays in this one). So the namespace needs no way in that every process of the machine could take.
const [cluster = "", netns = "", ...routes] = process.argv.slice(2);
guardSupervisor(cluster);

const program = ownProgram("toolchain/cluster/processes/carrier");
const enter = netns === "" ? [] : ["nsenter", `--net=${netns}`, "--"];
// The carrier does not read its argument: it tells whoever lists processes whose it is.
const start = [...enter, process.execPath, "--disable-warning=ExperimentalWarning", program, netns];
const [command = "", ...args] = start;
const carrier = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
carrier.on("error", (error) => giveUp(`the carrier cannot be started: ${error.message}`));
carrier.on("exit", () => giveUp("the carrier ended"));
routes.forEach(listen);

function listen(route: string): void {
  const { port } = parseRoute(route);
  // What comes before the carrier has the server is handed over one by one.
  const server = createServer({ pauseOnConnect: true }, (client) => carrier.send(route, client));
  server.on("error", (error) => giveUp(`127.0.0.1:${port}: ${error.message}`));
  server.listen(port, "127.0.0.1", () => carrier.send(route, server, () => server.close()));
}

function giveUp(why: string): never {
  console.log(`${new Date().toISOString()} ${why}`);
  process.exit(1); // the supervisor tries again
}
