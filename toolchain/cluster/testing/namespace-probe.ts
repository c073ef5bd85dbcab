import { createSocket } from "node:dgram";
import { connect, createServer } from "node:net";

// Program: `namespace-probe listen <port>` prints the sender of every UDP packet; `namespace-probe dial <host> <port> [from]`
// says what comes of a TCP connection, `namespace-probe send <host> <port> <from>` sends a UDP packet and says nothing.
const [job = "", host = "", port = "", from] = process.argv.slice(2);
const limitMs = 1500; // a dropped connection counts as timed out after this long
if (job === "listen") listen(Number(host));
if (job === "dial") dial();
if (job === "send") send();

function listen(where: number): void {
  const packets = createSocket("udp4", (_, sender) => console.log(sender.address)).bind(where);
  packets.on("listening", () => createServer((socket) => socket.end()).listen(where, () => console.log("listening")));
}

function dial(): void {
  const socket = connect({ host, port: Number(port), ...(from === undefined ? {} : { localAddress: from }) });
  const say = (result: string) => {
    console.log(result);
    socket.destroy();
  };
  socket.setTimeout(limitMs, () => say("timeout"));
  socket.on("connect", () => say("connected"));
  socket.on("error", (error: NodeJS.ErrnoException) => say(error.code ?? error.message));
}

function send(): void {
  const socket = createSocket("udp4");
  socket.bind(0, from, () => socket.send("ping", Number(port), host, () => socket.close()));
}
