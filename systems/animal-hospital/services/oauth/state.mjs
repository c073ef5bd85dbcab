import { errors } from "oidc-provider";

/** Models that end together with the grant that they came from. */
const OF_GRANT = new Set(["AccessToken", "AuthorizationCode", "RefreshToken"]);
const CLEAN_BATCH = 1000;

const now = () => Math.floor(Date.now() / 1000);

/** Keeps what the provider must remember (sessions, codes, refresh tokens) in the database, so that any replica can go on. */
export function stateIn(db) {
  return class State {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload, expiresIn) {
      const { model } = this;
      const grant = OF_GRANT.has(model) ? (payload.grantId ?? null) : null;
      const expires = expiresIn ? now() + expiresIn : null;
      await db.query(
        `INSERT INTO oauth_state (model, id, payload, grant_id, uid, expires_at) VALUES (?, ?, ?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE payload = VALUES(payload), grant_id = VALUES(grant_id), uid = VALUES(uid), expires_at = VALUES(expires_at)`,
        [model, id, JSON.stringify(payload), grant, payload.uid ?? null, expires],
      );
    }

    find(id) {
      return this.#one("id", id);
    }

    findByUid(uid) {
      return this.#one("uid", uid);
    }

    async findByUserCode() {
      return undefined; // devices without a keyboard do not sign in here
    }

    /** Marks a code or token as used; of two replicas that are asked at once, one is refused. */
    async consume(id) {
      const [{ affectedRows }] = await db.query(
        "UPDATE oauth_state SET consumed_at = ? WHERE model = ? AND id = ? AND consumed_at IS NULL",
        [now(), this.model, id],
      );
      if (affectedRows === 0) throw new errors.InvalidGrant("it has been used already");
    }

    async destroy(id) {
      await db.query("DELETE FROM oauth_state WHERE model = ? AND id = ?", [this.model, id]);
    }

    async revokeByGrantId(grantId) {
      await db.query("DELETE FROM oauth_state WHERE grant_id = ?", [grantId]);
    }

    async #one(column, value) {
      const [[row]] = await db.query(
        "SELECT payload, consumed_at FROM oauth_state WHERE model = ? AND ?? = ? AND (expires_at IS NULL OR expires_at > ?)",
        [this.model, column, value, now()],
      );
      if (row === undefined) return undefined;
      return { ...JSON.parse(row.payload), ...(row.consumed_at === null ? {} : { consumed: Number(row.consumed_at) }) };
    }
  };
}

/** Forgets what is over. */
export async function forgetExpired(db) {
  await db.query("DELETE FROM oauth_state WHERE expires_at < ? LIMIT ?", [now(), CLEAN_BATCH]);
}
