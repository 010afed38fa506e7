import type { Identifier } from '@mdn/browser-compat-data';
import type ts from 'typescript';
import { findFeature, lackingBrowsers, sharedSince } from './browsers.ts';
import { findPlatformUses } from './platform-use.ts';

/** One API that the source uses. */
export interface UsedFeature {
  readonly name: string;
  readonly places: readonly string[];
  /** The browsers of the list that lack it, with their first version: `safari 17`. */
  readonly lacking: readonly string[];
  /** When the last of these browsers got it, as a date; null if one never did. */
  readonly since: string | null;
  /** The entry of the compatibility data; null if it has none. */
  readonly feature: Identifier | null;
}

/** Every API that the files use, by name. */
export function findUsedFeatures(program: ts.Program, files: readonly string[]): UsedFeature[] {
  const uses = findPlatformUses(program, files).map(({ name, paths, place }) => {
    const path = paths.find((each) => findFeature(each) !== null);
    return { name: path === undefined ? name : nameOf(path), path, place };
  });
  const features = [...Map.groupBy(uses, ({ name }) => name)].map(([name, same]) => {
    const feature = findFeature(same[0]?.path ?? '');
    return {
      name,
      places: same.map(({ place }) => place),
      lacking: feature ? lackingBrowsers(feature) : [],
      since: feature && sharedSince(feature),
      feature,
    };
  });
  return features.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** `api.URL.canParse_static` is `URL.canParse`. */
function nameOf(path: string): string {
  const name = path.replace(/^(api|javascript\.builtins|javascript)\./, '').replace(/_static$/, '');
  return name
    .replace(/^(\w+)\.\1\b/, 'new $1()')
    .replace(/_event$/, ' event')
    .replace(/\.options_(\w+)_parameter$/, ' { $1 }');
}

/** A sentence for each API that a browser of the list lacks, or about which nothing is known. */
export function findFaults(features: readonly UsedFeature[]): string[] {
  return features.flatMap(({ name, lacking, feature, places }) => {
    if (!feature) return [`${name} is not in the compatibility data. Used in ${places.join(', ')}`];
    return lacking.length > 0 ? [`${name} needs ${lacking.join(', ')}. Used in ${places.join(', ')}`] : [];
  });
}
