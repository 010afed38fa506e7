/** A link in a Markdown text, or an image. */
export interface Link {
  readonly text: string;
  readonly target: string;
  /** Where it begins in the text, and where it ends. */
  readonly from: number;
  readonly to: number;
}

const LINK = /(!?)\[((?:[^[\]`]|`[^`]*`)*)\](?:\(([^()\s]+)\)|\[([^\]]*)\])?/g;
const DEFINITION = /^\[([^\]]+)\]: +(\S+) *$/gm;
const FENCED = /^( *)(```+)[^`]*?^\1\2 *$/gms;
const HEADING = /^#{1,6} +(.+?) *#*$/gm;

/** The links of a Markdown text, in order, whichever way they name their target. What stands in a block of code is none. */
export function linksIn(markdown: string): Link[] {
  const prose = blank(markdown, FENCED);
  const definitions = new Map(
    [...prose.matchAll(DEFINITION)].map(([, name = '', target = '']) => [name.toLowerCase(), target]),
  );
  return [...blank(prose, DEFINITION).matchAll(LINK)].flatMap(
    ({ 0: whole, 2: text = '', 3: inline, 4: name, index: from }) => {
      const target = inline ?? definitions.get((name || text).toLowerCase());
      return target === undefined ? [] : [{ text, target, from, to: from + whole.length }];
    },
  );
}

/** Whether a link stays among the files it stands in. */
export function isRelative(target: string): boolean {
  return !/^[a-z][\w+.-]*:|^\/\//i.test(target);
}

/** The anchors that the headings of a Markdown text make, as GitHub does and as the site is told to. */
export function anchorsIn(markdown: string): string[] {
  const times = new Map<string, number>();
  return [...blank(markdown, FENCED).matchAll(HEADING)].map(([, heading = '']) => {
    const anchor = anchorOf(plainText(heading));
    const before = times.get(anchor) ?? 0;
    times.set(anchor, before + 1);
    return before ? `${anchor}-${before}` : anchor;
  });
}

/** The anchor of a heading's text. */
export function anchorOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}

function plainText(heading: string): string {
  return heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
}

/** Keeps every other character where it is. */
function blank(text: string, parts: RegExp): string {
  return text.replace(parts, (part) => part.replace(/[^\n]/g, ' '));
}
