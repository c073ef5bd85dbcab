/** Sends one request through the public entry and returns the parsed answer. */
export type Send = (
  method: string,
  path: string,
  body?: object,
) => Promise<{ readonly status: number; readonly body: unknown }>;

/** The event with which a visit ends well. */
export const LAST_EVENT = "TreatmentFeeAccepted";

const RESULT = { doctor: "Kim", treatment: "vaccination", medicalOpinion: "healthy" };
/** How long one step may take: a cold consumer needs a rebalance first. */
const STEP_TIMEOUT_MS = 60_000;
const WEEK_MS = 7 * 86_400_000;

/** A visit in a week. */
export const visit = () => ({
  reservatorName: "Jackson",
  reservationDate: new Date(Date.now() + WEEK_MS).toISOString().slice(0, 10),
  phoneNumber: "010-1234-5678",
});

/** Makes one reservation and takes it through treatment and fee; returns its id. `reserved` hears of the id at once. */
export async function completeVisit(send: Send, reserved: (reservationId: string) => void): Promise<string> {
  const reservationId = await reserve(send);
  reserved(reservationId);
  const of = `reservationId=${reservationId}`;
  const record = await firstOf(send, `/medicalRecords?${of}`, "medicalRecordId");
  await expectOk(send, "PATCH", `/medicalRecords/${record}`, RESULT);
  const bill = await firstOf(send, `/financialManagements?${of}`, "financialManagementId");
  await expectOk(send, "PATCH", `/financialManagements/${bill}`, { status: "PAID" });
  await until(`lookup to show reservation ${reservationId} as PAID`, async () => {
    const { body } = await send("GET", `/reservationStats/${reservationId}`);
    return (body as { reservationStatus?: string }).reservationStatus === "PAID" ? true : undefined;
  });
  return reservationId;
}

async function reserve(send: Send): Promise<string> {
  return until("the reservation to be accepted", async () => {
    const { status, body } = await send("POST", "/reservations", visit());
    if (status === 429 || status >= 500) return undefined; // the entry or a pod is still starting
    const { reservationId } = body as { reservationId?: string };
    if (status !== 201 || reservationId === undefined)
      throw new Error(`POST /reservations answered ${status}: ${JSON.stringify(body)}`);
    return reservationId;
  });
}

async function firstOf(send: Send, path: string, field: string): Promise<string> {
  return until(`${path} to list the reservation`, async () => {
    const { body } = await send("GET", path);
    const value = (body as { items?: readonly Record<string, unknown>[] }).items?.[0]?.[field];
    return value === undefined ? undefined : String(value);
  });
}

async function expectOk(send: Send, method: string, path: string, body: object): Promise<void> {
  const answer = await send(method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

async function until<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + STEP_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const value = await probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`waited ${STEP_TIMEOUT_MS / 1000} s for ${what}`);
}
