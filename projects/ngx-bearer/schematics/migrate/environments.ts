import { posix } from 'node:path';
import ts from 'typescript';
import type { Project } from '../source/project';
import { plain, type Text, textOf } from '../source/text';
import { findAll, placeOf, valueOf } from '../source/walk';
import { isEnvironment } from '../survey/libraries';

/** What a text is, also with each of the files that a build puts in place of the environment. */
export function valuesElsewhere(text: Text, project: Project): { value: string; place: string }[] {
  const [first] = text;
  if (typeof first === 'string') return [{ value: first, place: 'the code' }];
  if (!first) return [];
  const own = plain(first.value);
  const folder = posix.dirname(first.file);
  const siblings = project.sources.filter(
    ({ fileName }) =>
      isEnvironment(first.file) && fileName !== first.file && posix.dirname(fileName) === folder,
  );
  const names = first.code.split('.').slice(1);
  const found = siblings.flatMap((source) => {
    const literal = findAll(source, ts.isVariableDeclaration).find(
      ({ name }) => name.getText() === first.root,
    );
    const node = names.reduce<ts.Expression | undefined>(
      (object, name) => valueOf(object, name),
      literal?.initializer,
    );
    const value = node && plain(textOf(node, project));
    return node && value !== undefined ? [{ value, place: placeOf(node) }] : [];
  });
  return [...(own === undefined ? [] : [{ value: own, place: first.file.slice(1) }]), ...found];
}
