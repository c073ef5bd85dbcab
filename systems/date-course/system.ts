import { defineSystem } from "../../model/system.ts";
import { events } from "./services/events.ts";
import { permissionContract } from "./services/permission-contract.ts";

const COMPENSATES = { declined: "is the compensation itself" } as const;
const REPLACED = { declined: "the next change replaces it" } as const;

/** Courses for a date: hosts offer them, customers keep, like, discuss and review them. */
export const dateCourse = defineSystem({
  name: "date-course",
  purpose: "Hosts offer courses for a date; customers bookmark, like, discuss and review them",
  owner: "date-team",
  correlationKey: "scheduleId",

  stores: {
    "schedule-db": { kind: "mariadb", keeps: "every write", database: "schedule" },
    "communication-db": { kind: "mariadb", keeps: "every write", database: "communication" },
    "review-db": { kind: "mariadb", keeps: "every write", database: "review" },
    "message-db": { kind: "mariadb", keeps: "every write", database: "message" },
    "viewpage-db": { kind: "mariadb", keeps: "last hour", database: "viewpage" },
  },

  services: {
    schedule: {
      purpose: "Keeps courses and their counters; says whether a review may be written",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "300ms" }, freshness: { percent: 99, within: "30s" } },
      publishes: ["ScheduleRegistered", "ScheduleModified", "ScheduleDeleted"],
      consumes: [
        "CommentRegistered",
        "CommentDeleted",
        "BookmarkRegistered",
        "BookmarkCanceled",
        "LikeRegistered",
        "LikeCanceled",
        "ReviewRegistered",
        "ReviewDeleted",
      ],
      uses: { "schedule-db": { may: "write" } },
      routes: [{ path: "/schedules", access: "anyone" }],
    },
    communication: {
      purpose: "Keeps comments, bookmarks and likes, one of a kind for each customer and course",
      tier: "standard",
      slo: { availability: 99.5, latency: { percent: 99, within: "500ms" }, freshness: { percent: 99, within: "10s" } },
      publishes: [
        "CommentRegistered",
        "CommentModified",
        "CommentDeleted",
        "BookmarkRegistered",
        "BookmarkCanceled",
        "LikeRegistered",
        "LikeCanceled",
      ],
      consumes: ["ScheduleRegistered", "ScheduleDeleted"],
      uses: { "communication-db": { may: "write" } },
      routes: [{ path: "/communications", access: "anyone" }],
      scale: { max: 3 },
    },
    review: {
      purpose: "Takes reviews of courses whose date is over",
      tier: "standard",
      slo: { availability: 99.5, latency: { percent: 99, within: "1s" } },
      calls: {
        schedule: {
          reason: "a review stands only where the course's date is over and its host wants reviews",
          onFailure: "reject",
          transactional: true,
          contract: permissionContract,
          timeout: "610ms",
        },
      },
      publishes: ["ReviewRegistered", "ReviewModified", "ReviewDeleted"],
      consumes: ["ScheduleDeleted"],
      uses: { "review-db": { may: "write" } },
      routes: [{ path: "/reviews", access: "anyone" }],
      scale: { max: 3 },
    },
    message: {
      purpose: "Tells customers what became of their bookmarks",
      tier: "standard",
      slo: { availability: 99.5, latency: { percent: 99, within: "500ms" }, freshness: { percent: 99, within: "30s" } },
      consumes: ["BookmarkRegistered", "BookmarkCanceled"],
      uses: { "message-db": { may: "write" } },
      routes: [{ path: "GET /messages", access: "anyone" }],
      scale: { max: 3 },
    },
    viewpage: {
      purpose: "Shows all about a course on one screen; rebuilt from the events at any time",
      tier: "standard",
      slo: { availability: 99.9, latency: { percent: 99, within: "300ms" }, freshness: { percent: 99, within: "10s" } },
      consumes: [
        "ScheduleRegistered",
        "ScheduleModified",
        "ScheduleDeleted",
        "CommentRegistered",
        "CommentModified",
        "CommentDeleted",
        "BookmarkRegistered",
        "BookmarkCanceled",
        "LikeRegistered",
        "LikeCanceled",
        "ReviewRegistered",
        "ReviewModified",
        "ReviewDeleted",
      ],
      uses: { "viewpage-db": { may: "write" } },
      routes: [{ path: "GET /scheduleViews", access: "anyone" }],
      scale: { max: 3 },
    },
    frontend: {
      purpose: "The page on which people see and do all this",
      tier: "standard",
      from: { build: "services/frontend" },
      answers: { http: { protocol: "http", listens: 8080 } },
      health: { ready: "/healthz", alive: "/healthz" },
      slo: { availability: 99.5, latency: { percent: 99, within: "500ms" } },
      measured: "gateway",
      needs: { memory: "96Mi" },
      routes: [{ path: "GET /", access: "anyone" }],
      scale: { max: 3 },
    },
  },

  events: {
    ScheduleRegistered: { data: events.ScheduleRegistered, undoneBy: "ScheduleDeleted" },
    ScheduleModified: { data: events.ScheduleModified, undoneBy: REPLACED },
    ScheduleDeleted: { data: events.ScheduleDeleted, undoneBy: { declined: "starts the compensation of every step" } },
    CommentRegistered: { data: events.CommentRegistered, undoneBy: "CommentDeleted" },
    CommentModified: { data: events.CommentModified, undoneBy: REPLACED },
    CommentDeleted: { data: events.CommentDeleted, undoneBy: COMPENSATES },
    BookmarkRegistered: { data: events.BookmarkRegistered, undoneBy: "BookmarkCanceled" },
    BookmarkCanceled: { data: events.BookmarkCanceled, undoneBy: COMPENSATES },
    LikeRegistered: { data: events.LikeRegistered, undoneBy: "LikeCanceled" },
    LikeCanceled: { data: events.LikeCanceled, undoneBy: COMPENSATES },
    ReviewRegistered: { data: events.ReviewRegistered, undoneBy: "ReviewDeleted" },
    ReviewModified: { data: events.ReviewModified, undoneBy: REPLACED },
    ReviewDeleted: { data: events.ReviewDeleted, undoneBy: COMPENSATES },
  },

  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
});
