import assert from "node:assert/strict";
import { startSystemLab, type SystemLab, until } from "../../system-lab.ts";
import { animalHospital } from "../system.ts";

type Service = keyof typeof animalHospital.services;
type Row = Record<string, unknown>;

export const VISIT = { reservatorName: "Jackson", reservationDate: "2090-04-30", phoneNumber: "010-1234-5678" };
export const RESULT = { doctor: "Kim", treatment: "vaccination", medicalOpinion: "healthy" };

/** Where each service keeps its row of a reservation. */
const ROWS = { diagnosis: "medicalRecords", acceptance: "financialManagements", notice: "notices" } as const;

/** The hospital's services as a customer, the doctor and the reception use them. */
export class LabHospital {
  readonly lab: SystemLab<Service>;

  private constructor(lab: SystemLab<Service>) {
    this.lab = lab;
  }

  /** Starts the services on the kit; throws NotInstalled where broker or database cannot be had. */
  static async start(): Promise<LabHospital> {
    return new LabHospital(await startSystemLab(animalHospital));
  }

  /** Makes a reservation that is accepted; answers its id. */
  async reserve(visit: object = VISIT): Promise<string> {
    const { status, body } = await this.lab.request("reservation", "POST", "/reservations", visit);
    assert.equal(status, 201, JSON.stringify(body));
    return String(body["reservationId"]);
  }

  /** Rows of a reservation in a service. */
  async rowsOf(service: keyof typeof ROWS, id: string): Promise<readonly Row[]> {
    return (await this.lab.request(service, "GET", `/${ROWS[service]}?reservationId=${id}`)).body.items;
  }

  /** The doctor treats. */
  async treat(id: string, result: object = RESULT): Promise<number> {
    const [record] = await this.rowsOf("diagnosis", id);
    const path = `/medicalRecords/${String(record?.["medicalRecordId"])}`;
    return (await this.lab.request("diagnosis", "PATCH", path, result)).status;
  }

  /** Waits for the bill and pays it. */
  async pay(id: string): Promise<number> {
    await until("there is a bill", async () => (await this.rowsOf("acceptance", id)).length === 1);
    const [bill] = await this.rowsOf("acceptance", id);
    const path = `/financialManagements/${String(bill?.["financialManagementId"])}`;
    return (await this.lab.request("acceptance", "PATCH", path, { status: "PAID" })).status;
  }

  /** Cancels; answers the status. */
  async cancel(id: string): Promise<number> {
    return (await this.lab.request("reservation", "DELETE", `/reservations/${id}`)).status;
  }

  async reservation(id: string): Promise<Row> {
    return (await this.lab.request("reservation", "GET", `/reservations/${id}`)).body;
  }

  async stat(id: string): Promise<Row> {
    return (await this.lab.request("lookup", "GET", `/reservationStats/${id}`)).body;
  }

  /** Waits until lookup shows a status, or another value of a field. */
  shows(id: string, value: unknown, field = "reservationStatus"): Promise<void> {
    return until(`lookup shows ${String(value)}`, async () => (await this.stat(id))[field] === value);
  }

  /** The status of a reservation in every service, and the fee that lookup shows. */
  async everywhere(id: string): Promise<Row> {
    const status = async (service: keyof typeof ROWS) =>
      (await this.rowsOf(service, id)).map((row) => row["status"]).join();
    const stat = await this.stat(id);
    return {
      reservation: (await this.reservation(id))["status"],
      diagnosis: await status("diagnosis"),
      acceptance: await status("acceptance"),
      lookup: stat["reservationStatus"],
      fee: stat["fee"],
    };
  }
}
