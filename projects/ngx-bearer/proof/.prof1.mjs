import '@angular/compiler';
import { loadLibrary } from '/work/main/projects/ngx-bearer/proof/library.ts';
import { prove } from '/work/main/projects/ngx-bearer/proof/prove.ts';
const lib = await loadLibrary();
const c = process.cpuUsage();
const p = await prove(lib, { runs: 6000, seed: 3 });
console.log(
  p.programs,
  p.steps,
  process.cpuUsage(c).user / p.programs,
  'µs user each',
  p.counterexample?.finding,
);
