import { setup, type SetupOptions } from './spec/setup';

const registrations: NonNullable<SetupOptions['registration']>[] = [
  'function',
  'class',
  'function and class',
  'module',
];

for (const registration of registrations) {
  describe(`an app that registers the ${registration}`, () => {
    it('attaches one header', () => {
      const { server, get } = setup({ registration });
      get('/orders');
      expect(server.call.request.headers.getAll('Authorization')).toEqual(['Bearer a0']);
      expect(server.sendings.length).toBe(1);
    });

    it('has six rejections healed by one refresh and six replays', () => {
      const paths = ['/a', '/b', '/c', '/d', '/e', '/f'];
      const { server, get } = setup({ registration });
      const callers = paths.map(get);
      server.expireAccessToken();
      server.answerAll();
      expect(callers.map(({ got }) => got)).toEqual(paths.map((path) => `GET ${path} a1`));
      expect(server.seen.slice(6)).toEqual(['refresh r0', ...paths.map((path) => `GET ${path} a1`)]);
    });

    it('gives the caller the second 401, after two sendings', () => {
      const { server, get } = setup({ registration });
      const caller = get('/orders');
      server.call.reject();
      server.answer(server.refresh);
      const second = server.call.reject();
      expect(caller.failure).toBe(second);
      expect(server.seen).toEqual(['GET /orders a0', 'refresh r0', 'GET /orders a1']);
    });

    it('ends a refused session once', () => {
      const { server, get, events } = setup({ registration });
      const caller = get('/orders');
      const rejection = server.call.reject();
      server.refresh.fail(401);
      expect(caller.failure).toBe(rejection);
      expect(events).toEqual([{ type: 'signed-out', reason: 'refused', origin: 'this-tab' }]);
    });
  });
}
