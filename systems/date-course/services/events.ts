import Type, { type Static } from "typebox";

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** An identifier: at most the 36 characters of a UUID, and none that a path or a collation reads in another way. */
export const Id = Type.String({ pattern: "^[A-Za-z0-9_-]{1,36}$" });

/** What a host says of a course; carried by events so that no consumer has to call the producer back. */
export const Details = Type.Object({
  title: text(100),
  content: text(2000),
  uploader: text(100),
  date: Type.String({
    pattern: "^[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{3})?Z$",
    description: "when the course begins, UTC",
  }),
  // Y or N, as people of this system have always written it.
  reviewWriteYn: Type.Enum(["Y", "N"]),
});
export type Details = Static<typeof Details>;

/** What customers write. */
export const Words = text(500);

/** How often the thing was changed: news of the same thing that is not greater is old, in whatever order it arrives. */
const revision = Type.Integer({ minimum: 1 });

const schedule = { scheduleId: Id };
const details = { ...schedule, ...Details.properties, revision };
const choice = { ...schedule, customerId: Id, revision };
const comment = { ...choice, commentId: Id };
const review = { ...choice, reviewId: Id };

/** Payload of every event of the system, by event name. */
export const events = {
  ScheduleRegistered: Type.Object(details),
  ScheduleModified: Type.Object(details),
  ScheduleDeleted: Type.Object(schedule),
  CommentRegistered: Type.Object({ ...comment, commentDesc: Words }),
  CommentModified: Type.Object({ ...comment, commentDesc: Words }),
  CommentDeleted: Type.Object(comment),
  BookmarkRegistered: Type.Object(choice),
  BookmarkCanceled: Type.Object({ ...choice, because: Type.Enum(["customer", "course deleted"]) }),
  LikeRegistered: Type.Object(choice),
  LikeCanceled: Type.Object(choice),
  ReviewRegistered: Type.Object({ ...review, reviewComment: Words }),
  ReviewModified: Type.Object({ ...review, reviewComment: Words }),
  ReviewDeleted: Type.Object(review),
};
