import { perform, type Task } from './task.ts';

Object.assign(globalThis, { perform: (task: Task) => perform(task, (name) => `/${name}.mjs`) });
