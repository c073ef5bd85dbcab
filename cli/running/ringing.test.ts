import assert from "node:assert/strict";
import { told } from "./ringing.ts";

const alert = (alertname: string, severity: string, startsAt: string) => ({
  labels: { alertname, severity },
  annotations: { summary: `${alertname} rings` },
  startsAt,
});

describe("alerts that ring", () => {
  it("are those that people are told of, pages first, the oldest before others", () => {
    const found = told([
      alert("Watchdog", "none", "2026-01-01T00:00:00Z"),
      alert("Slow", "ticket", "2026-01-01T00:01:00Z"),
      alert("LaterDown", "page", "2026-01-01T00:03:00Z"),
      alert("Down", "page", "2026-01-01T00:02:00Z"),
      alert("Full", "info", "2026-01-01T00:00:00Z"),
    ]);
    assert.deepEqual(
      found.map(({ alert: name, summary }) => [name, summary]),
      [
        ["Down", "Down rings"],
        ["LaterDown", "LaterDown rings"],
        ["Slow", "Slow rings"],
      ],
    );
  });
});
