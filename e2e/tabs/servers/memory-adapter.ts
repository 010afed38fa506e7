export interface Payload {
  readonly grantId?: string;
  readonly accountId?: string;
  readonly uid?: string;
  consumed?: number;
}

/** What an `oidc-provider` remembers, by the name of the model and the ID. */
export type Models = Map<string, Map<string, Payload>>;

/** Remembers for one `oidc-provider`; its own store is shared by all of a process, and warns. */
export function memoryAdapter(models: Models = new Map(), save: () => void = () => undefined) {
  const saved = (change: () => unknown): Promise<void> => {
    change();
    save();
    return Promise.resolve();
  };
  return (model: string) => {
    const kept = models.get(model) ?? new Map<string, Payload>();
    models.set(model, kept);
    return {
      upsert: (id: string, payload: Payload) => saved(() => kept.set(id, payload)),
      find: (id: string) => Promise.resolve(kept.get(id)),
      findByUid: (wanted: string) => Promise.resolve([...kept.values()].find(({ uid }) => uid === wanted)),
      consume: (id: string) =>
        saved(() => {
          const found = kept.get(id);
          if (found) found.consumed = Math.floor(Date.now() / 1000);
        }),
      destroy: (id: string) => saved(() => kept.delete(id)),
      revokeByGrantId: (grantId: string) =>
        saved(() => {
          for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id);
        }),
    };
  };
}
