import { FakeDatabase } from '../../spec/fake-database';
import { openDatabase } from './database';

describe('a database', () => {
  it('is none where the page has none, or may not use it', () => {
    const forbidden = {
      get indexedDB(): IDBFactory {
        throw new DOMException('Cookies are forbidden.', 'SecurityError');
      },
    };
    expect([openDatabase(null, 'tabs'), openDatabase({}, 'tabs'), openDatabase(forbidden, 'tabs')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('is not opened before it is asked', () => {
    const fake = new FakeDatabase();
    expect(openDatabase({ indexedDB: fake as unknown as IDBFactory }, 'tabs')).not.toBeNull();
    expect(fake.transactions).toBe(0);
  });

  it('has one store, whose name stays the same from release to release', async () => {
    const { factory, asked } = watched();
    await openDatabase({ indexedDB: factory }, 'tabs')?.change('entry', () => 'kept');
    expect(asked).toEqual([
      ['create', 'entries'],
      ['change', 'entries', 'readwrite'],
    ]);
  });

  it('resolves with what holds, and fails where that cannot be written', async () => {
    const fake = new FakeDatabase();
    const database = openDatabase({ indexedDB: fake as unknown as IDBFactory }, 'tabs');
    expect(await database?.change<string>('entry', () => 'kept')).toBe('kept');
    fake.manner = 'is full';
    const failure: unknown = await database?.change('entry', () => 'more').catch((error: unknown) => error);
    expect([failure instanceof Error, fake.entries.get('entry')]).toEqual([true, 'kept']);
  });
});

/** A database that is new, and says what stores it is asked for. */
function watched() {
  const fake = new FakeDatabase();
  const asked: string[][] = [];
  const open = (): unknown => {
    // Before it is there, as a real one.
    queueMicrotask(() => {
      opening.onupgradeneeded();
    });
    const opening = fake.open() as {
      readonly result: { readonly transaction: () => unknown };
      readonly onupgradeneeded: () => void;
    };
    const { transaction } = opening.result;
    Object.assign(opening.result, {
      createObjectStore: (name: string) => asked.push(['create', name]),
      transaction: (name: string, mode: string) => {
        asked.push(['change', name, mode]);
        return transaction();
      },
    });
    return opening;
  };
  return { factory: { open } as unknown as IDBFactory, asked };
}
