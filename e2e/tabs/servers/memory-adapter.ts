interface Payload {
  readonly grantId?: string;
  consumed?: number;
}

/** What one `oidc-provider` remembers; its own store is shared by all of a process, and warns. */
export function memoryAdapter() {
  const models = new Map<string, Map<string, Payload>>();
  return (model: string) => {
    const kept = models.get(model) ?? new Map<string, Payload>();
    models.set(model, kept);
    return {
      upsert: (id: string, payload: Payload) => Promise.resolve(void kept.set(id, payload)),
      find: (id: string) => Promise.resolve(kept.get(id)),
      consume: (id: string) => {
        const found = kept.get(id);
        if (found) found.consumed = Math.floor(Date.now() / 1000);
        return Promise.resolve();
      },
      destroy: (id: string) => Promise.resolve(void kept.delete(id)),
      revokeByGrantId: (grantId: string) => {
        for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id);
        return Promise.resolve();
      },
    };
  };
}
