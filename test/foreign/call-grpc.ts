import { connect } from "node:http2";

/** Sends one message by gRPC without TLS; answers the message that came back and the status of the trailers. */
export function callGrpc(
  origin: string,
  method: string,
  message: Buffer,
): Promise<{ message: Buffer; status: string }> {
  const session = connect(origin);
  const request = session.request({
    ":method": "POST",
    ":path": method,
    "content-type": "application/grpc",
    te: "trailers",
  });
  const head = Buffer.alloc(5); // not compressed, and the length
  head.writeUInt32BE(message.length, 1);
  request.end(Buffer.concat([head, message]));
  const parts: Buffer[] = [];
  let status = "none";
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("trailers", (trailers) => (status = String(trailers["grpc-status"])));
  return new Promise((resolve, reject) => {
    session.on("error", reject);
    request.on("error", reject);
    request.on("end", () => {
      session.close();
      resolve({ message: Buffer.concat(parts).subarray(5), status });
    });
  });
}
