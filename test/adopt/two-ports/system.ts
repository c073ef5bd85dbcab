import { draftSystem } from "../../../model/draft.ts";
import { fact, template } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const twoPorts = draftSystem({
  name: "two-ports",
  services: {
    // compose.yaml:2
    front: {
      from: { image: "chat/front:1" },
      answers: { http: { protocol: "http", listens: 80 } },
      // from ports 8080:80, compose.yaml:5
      routes: [{ path: "/" }],
      calls: {
        // from ROOMS_STREAM=rooms:8001 in front, compose.yaml:8
        // asked at stream too, which is not let through: one answer of a callee can be asked
        rooms: {}, // from ROOMS_URL=http://rooms:8000 in front, compose.yaml:7
        archive: { answer: "http" }, // from ARCHIVE_ADMIN_URL=http://archive:9901/figures in front, compose.yaml:9
      },
      reads: {
        ROOMS_URL: fact("rooms", "url"),
        ROOMS_STREAM: "rooms:8001",
        ARCHIVE_ADMIN_URL: template`${fact("archive", "url")}/figures`,
      },
    },
    // compose.yaml:10
    // compose.yaml:17: port 5353:5353/udp: only TCP is let through
    // ports 8000:8000 (compose.yaml:13): no route: it is there for people at work, as it seems; add one if the public needs it
    // ports 8001:8001 (compose.yaml:14): no route: it is there for people at work, as it seems; add one if the public needs it
    rooms: {
      from: { image: "chat/rooms:1" },
      answers: { http: { protocol: "http", listens: 8000 }, stream: { protocol: "http", listens: 8001 } },
    },
    // compose.yaml:18
    archive: {
      from: { image: "chat/archive:1" },
      answers: { "port-9900": { listens: 9900 }, http: { protocol: "http", listens: 9901 } },
    },
  },
});
