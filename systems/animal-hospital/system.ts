import { defineSystem } from "../../model/system.ts";
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
      routes: ["/reservations"],
    },
    diagnosis: {
      purpose: "Keeps a place for each treatment and its medical record",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "300ms" } },
      publishes: ["Treated", "TreatmentCanceled", "TreatmentDayRefused"],
      consumes: ["ReservationChanged", "ReservationCanceled", "ReservationAbandoned"],
      uses: { "diagnosis-db": { may: "write" } },
      routes: ["GET /medicalRecords", "PATCH /medicalRecords"],
    },
    acceptance: {
      purpose: "Bills each treatment and takes the fee",
      tier: "standard",
      slo: { availability: 99.5, latency: { percent: 99, within: "500ms" }, freshness: { percent: 99, within: "30s" } },
      publishes: ["TreatmentFeeBilled", "TreatmentFeeAccepted", "TreatmentFeeCanceled"],
      consumes: ["Treated", "ReservationCanceled"],
      uses: { "acceptance-db": { may: "write" } },
      routes: ["/financialManagements"],
      scale: { max: 3 },
    },
    notice: {
      purpose: "Tells customers of what becomes of their reservations, by text message",
      tier: "standard",
      slo: { availability: 99.5, latency: { percent: 99, within: "500ms" }, freshness: { percent: 99, within: "30s" } },
      publishes: ["SmsMessage"],
      consumes: ["ReservationReserved", "ReservationChanged", "ReservationCanceled"],
      uses: { "notice-db": { may: "write" } },
      routes: ["GET /notices"],
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
      routes: ["GET /reservationStats"],
      scale: { max: 3 },
    },
  },

  events: {
    ReservationReserved: { data: events.ReservationReserved, undoneBy: "ReservationCanceled" },
    ReservationChanged: {
      data: events.ReservationChanged,
      undoneBy: { declined: "a day that is refused is changed back by the next change" },
    },
    ReservationCanceled: {
      data: events.ReservationCanceled,
      undoneBy: { declined: "starts the compensation of every step" },
    },
    ReservationAbandoned: {
      data: events.ReservationAbandoned,
      undoneBy: { declined: "gives back the place of a reservation that was never made" },
    },
    CancellationCompleted: { data: events.CancellationCompleted, undoneBy: { declined: "end of the compensation" } },
    Treated: { data: events.Treated, undoneBy: "TreatmentCanceled" },
    TreatmentCanceled: { data: events.TreatmentCanceled, undoneBy: { declined: "is the compensation of Treated" } },
    TreatmentDayRefused: {
      data: events.TreatmentDayRefused,
      undoneBy: { declined: "nothing was moved; the reservation goes back to its day" },
    },
    TreatmentFeeBilled: { data: events.TreatmentFeeBilled, undoneBy: "TreatmentFeeCanceled" },
    TreatmentFeeAccepted: { data: events.TreatmentFeeAccepted, undoneBy: "TreatmentFeeCanceled" },
    TreatmentFeeCanceled: {
      data: events.TreatmentFeeCanceled,
      undoneBy: { declined: "is the compensation of the bill and of its payment" },
    },
    SmsMessage: {
      data: events.SmsMessage,
      undoneBy: { declined: "what was sent is sent; a cancellation is told by a message of its own" },
      terminal: "tells whoever counts messages that one has been sent",
    },
  },

  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
});
