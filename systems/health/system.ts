import { defineSystem } from "../../model/system.ts";
import { fact, secret } from "../../model/words/value.ts";
import { events } from "./services/events.ts";
import { AUDIENCE, ISSUER, keysContract, KEYS_PATH } from "./services/keys-contract.ts";

const asksForKeys = {
  reason: "only with auth's keys can a token be told from a forged one",
  onFailure: "reject",
  transactional: false,
  contract: keysContract,
} as const;
const WITHDRAWN = { declined: "is what takes the other back" } as const;

/** Whose rows are meant is the subject of the token. */
const SIGNED_IN = { signedIn: [] };

const NOTHING = { declined: "nothing was written" } as const;

/** A diary of food and exercise, with statistics over months. */
export const health = defineSystem({
  name: "health",
  purpose: "People write down what they eat and how they exercise, and see how it goes over the months",
  owner: "health-team",
  correlationKey: "entryId",

  stores: {
    "auth-db": { kind: "mariadb", keeps: "every write", database: "auth" },
    "intake-db": { kind: "mariadb", keeps: "every write", database: "intake" },
    "diet-db": { kind: "mariadb", keeps: "every write", database: "diet" },
    "exercise-db": { kind: "mariadb", keeps: "every write", database: "exercise" },
  },

  services: {
    auth: {
      purpose: "Registers people, signs them in, and shows the keys that their tokens are checked with",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "1s" } },
      uses: { "auth-db": { may: "write" } },
      reads: { KEYS_SECRET: secret("signing-keys") },
      routes: [
        { path: "/auth", access: "anyone" },
        { path: "/auth/my_page", access: SIGNED_IN },
      ],
      needs: { cpu: "200m" },
    },
    intake: {
      purpose: "Accepts what people write into their diaries, also while those who keep them are away",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "700ms" }, freshness: { percent: 99, within: "30s" } },
      calls: { auth: asksForKeys },
      publishes: ["MealAccepted", "MealWithdrawn", "WorkoutAccepted"],
      consumes: ["MealRefused", "WorkoutRefused"],
      uses: { "intake-db": { may: "write" } },
      routes: [
        { path: "POST /diet/histories", access: SIGNED_IN },
        { path: "DELETE /diet/histories", access: SIGNED_IN },
        { path: "POST /exercise/histories", access: SIGNED_IN },
        { path: "GET /entries", access: SIGNED_IN },
      ],
    },
    diet: {
      purpose: "Knows foods, and keeps what each person has eaten",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "700ms" }, freshness: { percent: 99, within: "10s" } },
      calls: { auth: asksForKeys },
      publishes: ["MealRefused"],
      consumes: ["MealAccepted", "MealWithdrawn"],
      uses: { "diet-db": { may: "write" } },
      routes: [{ path: "/diet", access: SIGNED_IN }],
    },
    exercise: {
      purpose: "Knows exercises, and keeps how each person has trained",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "700ms" }, freshness: { percent: 99, within: "10s" } },
      calls: { auth: asksForKeys },
      publishes: ["WorkoutRefused"],
      consumes: ["WorkoutAccepted"],
      uses: { "exercise-db": { may: "write" } },
      routes: [{ path: "/exercise", access: SIGNED_IN }],
    },
    statistics: {
      purpose: "Adds up food and exercise by day over months",
      tier: "standard",
      from: { build: "services/statistics" },
      answers: { http: { protocol: "http", listens: 8080 } },
      health: "spring",
      slo: { availability: 99.5, latency: { percent: 99, within: "1s" } },
      measured: { prometheus: "micrometer", path: "/actuator/prometheus" },
      calls: {
        auth: {
          ...asksForKeys,
          onFailure: "own",
          keptBy: { declined: "Spring Security asks for the keys every five minutes, with a time-out of its own" },
        },
        diet: {
          reason: "the sums of what was eaten are what it shows",
          onFailure: "default",
          transactional: false,
          keptBy: {
            settings: {
              DIET_URL: "url",
              DIET_TIMEOUT_MS: "timeoutMs",
              DIET_MAX_CONCURRENT: "maxConcurrent",
              DIET_BREAKER_ERROR_PERCENT: "breakerErrorPercent",
              DIET_BREAKER_OPEN_MS: "breakerOpenMs",
              DIET_BREAKER_MIN_CALLS: "breakerMinCalls",
            },
          },
        },
        exercise: {
          reason: "the volume of each day's training is what it shows",
          onFailure: "default",
          transactional: false,
          keptBy: {
            settings: {
              EXERCISE_URL: "url",
              EXERCISE_TIMEOUT_MS: "timeoutMs",
              EXERCISE_MAX_CONCURRENT: "maxConcurrent",
              EXERCISE_BREAKER_ERROR_PERCENT: "breakerErrorPercent",
              EXERCISE_BREAKER_OPEN_MS: "breakerOpenMs",
              EXERCISE_BREAKER_MIN_CALLS: "breakerMinCalls",
            },
          },
        },
      },
      reads: {
        AUTH_URL: fact("auth", "url"),
        KEYS_PATH,
        TOKENS_FROM: ISSUER,
        TOKENS_FOR: AUDIENCE,
      },
      routes: [{ path: "GET /statistics", access: SIGNED_IN }],
      needs: { memory: "384Mi", startsWithin: "4m" },
    },
  },

  events: {
    MealAccepted: { data: events.MealAccepted, undoneBy: "MealWithdrawn" },
    MealWithdrawn: { data: events.MealWithdrawn, undoneBy: WITHDRAWN },
    WorkoutAccepted: { data: events.WorkoutAccepted, undoneBy: { declined: "training once done stays done" } },
    MealRefused: { data: events.MealRefused, undoneBy: NOTHING },
    WorkoutRefused: { data: events.WorkoutRefused, undoneBy: NOTHING },
  },

  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
  signIn: { audience: AUDIENCE, issuer: { service: "auth", keys: KEYS_PATH, name: ISSUER } },
});
