/** A fresh process for one sample: `node node-sample.ts <folder of bundles> <task>`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { standInForPage } from '../world/node-window.ts';
import { perform, type Task } from './task.ts';

const [, , folder = '', task = ''] = process.argv;
standInForPage();
// What a library leaves unhandled must not end the sample: the callers tell what became of them.
process.on('unhandledRejection', () => undefined);
const result = await perform(
  JSON.parse(task) as Task,
  (name) => pathToFileURL(join(folder, `${name}.mjs`)).href,
);
process.send?.(result, () => process.exit());
