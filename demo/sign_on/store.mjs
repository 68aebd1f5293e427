// What one agency's provider remembers, in memory and apart from every other agency's: sessions, codes, tokens, grants.
// It outlives the provider object, so that new keys or a new plan sign nobody off.

const OF_A_GRANT = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

export class AgencyStore {
  #entries = new Map();

  /** The adapter of one model, as oidc-provider asks for it. */
  adapter(model) {
    return new Adapter(model, this.#entries);
  }
}

class Adapter {
  #model;

  #entries;

  constructor(model, entries) {
    this.#model = model;
    this.#entries = entries;
  }

  #key(id) {
    return `${this.#model}:${id}`;
  }

  async upsert(id, payload, expiresIn) {
    const now = Date.now();
    for (const [key, entry] of this.#entries) if (entry.until <= now) this.#entries.delete(key);
    const until = expiresIn === undefined ? Infinity : now + expiresIn * 1000;
    this.#entries.set(this.#key(id), { payload, until });
  }

  async find(id) {
    const entry = this.#entries.get(this.#key(id));
    return entry && entry.until > Date.now() ? entry.payload : undefined;
  }

  async findByUid(uid) {
    for (const [key, { payload, until }] of this.#entries) {
      if (key.startsWith(`${this.#model}:`) && payload.uid === uid && until > Date.now()) return payload;
    }
    return undefined;
  }

  async consume(id) {
    const payload = await this.find(id);
    if (payload) payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id) {
    this.#entries.delete(this.#key(id));
  }

  async revokeByGrantId(grantId) {
    for (const [key, { payload }] of this.#entries) {
      if (OF_A_GRANT.has(key.split(':')[0]) && payload.grantId === grantId) this.#entries.delete(key);
    }
  }
}
