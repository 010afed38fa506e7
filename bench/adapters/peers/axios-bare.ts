import { clientOf, openAxios } from './open-axios.ts';
import type { Adapter } from '../contract.ts';

/** axios with nothing in between: what its own plugins have to be compared with. */
export const adapter: Adapter = {
  about: {
    name: 'bare axios',
    packages: ['axios'],
    transport: 'axios',
    can: [],
    quickstart: `import axios from 'axios'; export default axios;`,
    remark: 'another client, not an addition to HttpClient; it always answers a few microtasks later',
  },
  open: ({ server }) => clientOf(openAxios(server), () => undefined),
};
