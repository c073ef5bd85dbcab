import { defineSystem } from "../../model/system.ts";
import { fact, secret } from "../../model/words/value.ts";
import { events } from "./services/events.ts";
import { treatmentContract } from "./services/treatment-contract.ts";

/** An animal hospital: visits reserved, treated, billed and paid. */
export const animalHospital = defineSystem({
  name: "animal-hospital",
  purpose: "Customers reserve a treatment for their animal, have it treated, and pay the fee",
  owner: "hospital-team",
  correlationKey: "reservationId",

  stores: {
    "reservation-db": { kind: "mariadb", keeps: "every write", database: "reservation" },
    "diagnosis-db": { kind: "mariadb", keeps: "every write", database: "diagnosis" },
    "acceptance-db": { kind: "mariadb", keeps: "every write", database: "acceptance" },
    "notice-db": { kind: "mariadb", keeps: "last hour", database: "notice" },
    "lookup-db": { kind: "mariadb", keeps: "last hour", database: "lookup" },
    "oauth-db": { kind: "mariadb", keeps: "every write", database: "oauth" },
  },

  services: {
    reservation: {
      purpose: "Takes, changes and cancels reservations; none stands that diagnosis cannot treat",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "700ms" } },
      calls: {
        diagnosis: {
          reason: "a reservation is made only when the treatment is possible",
          onFailure: "reject",
          transactional: true,
          contract: treatmentContract,
          timeout: "610ms",
        },
      },
      publishes: [
        "ReservationReserved",
        "ReservationChanged",
        "ReservationCanceled",
        "ReservationAbandoned",
        "CancellationCompleted",
      ],
      consumes: [
        "Treated",
        "TreatmentCanceled",
        "TreatmentDayRefused",
        "TreatmentFeeBilled",
        "TreatmentFeeAccepted",
        "TreatmentFeeCanceled",
      ],
      uses: { "reservation-db": { may: "write" } },
      routes: [{ path: "/reservations", access: { signedIn: ["reservation"] } }],
    },
    diagnosis: {
      purpose: "Keeps a place for each treatment and its medical record",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "300ms" } },
      publishes: ["Treated", "TreatmentCanceled", "TreatmentDayRefused"],
      consumes: ["ReservationChanged", "ReservationCanceled", "ReservationAbandoned"],
      uses: { "diagnosis-db": { may: "write" } },
      routes: [
        { path: "GET /medicalRecords", access: { signedIn: ["treatment"] } },
        { path: "PATCH /medicalRecords", access: { signedIn: ["treatment"] } },
      ],
    },
    acceptance: {
      purpose: "Bills each treatment and takes the fee",
      tier: "standard",
      slo: { availability: 99.5, latency: { percent: 99, within: "500ms" }, freshness: { percent: 99, within: "30s" } },
      publishes: ["TreatmentFeeBilled", "TreatmentFeeAccepted", "TreatmentFeeCanceled"],
      consumes: ["Treated", "ReservationCanceled"],
      uses: { "acceptance-db": { may: "write" } },
      routes: [{ path: "/financialManagements", access: { signedIn: ["billing"] } }],
      scale: { max: 3 },
    },
    notice: {
      purpose: "Tells customers of what becomes of their reservations, by text message",
      tier: "standard",
      slo: { availability: 99.5, latency: { percent: 99, within: "500ms" }, freshness: { percent: 99, within: "30s" } },
      publishes: ["SmsMessage"],
      consumes: ["ReservationReserved", "ReservationChanged", "ReservationCanceled"],
      uses: { "notice-db": { may: "write" } },
      routes: [{ path: "GET /notices", access: { signedIn: ["notice"] } }],
      scale: { max: 3 },
    },
    lookup: {
      purpose: "Shows how far each reservation is; rebuilt from the events at any time",
      tier: "standard",
      slo: { availability: 99.9, latency: { percent: 99, within: "300ms" }, freshness: { percent: 99, within: "10s" } },
      consumes: [
        "ReservationReserved",
        "ReservationChanged",
        "ReservationCanceled",
        "CancellationCompleted",
        "Treated",
        "TreatmentCanceled",
        "TreatmentFeeBilled",
        "TreatmentFeeAccepted",
        "TreatmentFeeCanceled",
      ],
      uses: { "lookup-db": { may: "write" } },
      routes: [{ path: "GET /reservationStats", access: { signedIn: ["lookup"] } }],
      scale: { max: 3 },
    },
    oauth: {
      purpose: "Signs people and programs in, and says by its keys which tokens are its own",
      tier: "critical",
      from: { build: "services/oauth" },
      answers: { http: { protocol: "http", listens: 8080 } },
      health: { ready: "/health/ready", alive: "/health/alive" },
      slo: { availability: 99.9, latency: { percent: 99, within: "1s" } },
      measured: "gateway",
      uses: { "oauth-db": { may: "write", pool: 5 } },
      migration: { run: ["node", "migrate.mjs"] },
      reads: {
        PUBLIC_URL: fact("self", "publicUrl"),
        TOKENS_FOR: fact("self", "system"),
        DATABASE: fact("oauth-db", "jdbc"),
        DATABASE_USER: fact("oauth-db", "user"),
        DATABASE_PASSWORD: fact("oauth-db", "password"),
        KEYS_SECRET: secret("oauth-keys"),
        DESK_SECRET: secret("oauth-desk"),
      },
      routes: [
        { path: "/oauth", access: "anyone" },
        { path: "GET /.well-known", access: "anyone" },
      ],
    },
  },

  events: {
    ReservationReserved: { data: events.ReservationReserved, undoneBy: "ReservationCanceled" },
    ReservationChanged: { data: events.ReservationChanged, undoneBy: { declined: "by the next change" } },
    ReservationCanceled: { data: events.ReservationCanceled, undoneBy: { declined: "starts the compensation" } },
    ReservationAbandoned: { data: events.ReservationAbandoned, undoneBy: { declined: "frees a place never used" } },
    CancellationCompleted: { data: events.CancellationCompleted, undoneBy: { declined: "end of the compensation" } },
    Treated: { data: events.Treated, undoneBy: "TreatmentCanceled" },
    TreatmentCanceled: { data: events.TreatmentCanceled, undoneBy: { declined: "is the compensation of Treated" } },
    TreatmentDayRefused: { data: events.TreatmentDayRefused, undoneBy: { declined: "nothing was moved" } },
    TreatmentFeeBilled: { data: events.TreatmentFeeBilled, undoneBy: "TreatmentFeeCanceled" },
    TreatmentFeeAccepted: { data: events.TreatmentFeeAccepted, undoneBy: "TreatmentFeeCanceled" },
    TreatmentFeeCanceled: { data: events.TreatmentFeeCanceled, undoneBy: { declined: "is the compensation" } },
    SmsMessage: { data: events.SmsMessage, undoneBy: { declined: "sent is sent" }, terminal: "for statistics" },
  },

  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
  signIn: { audience: "animal-hospital", issuer: { service: "oauth", keys: "/.well-known/jwks.json" } },
});
