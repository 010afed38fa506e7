/** A step of a workflow that runs a shell, as it stands there. */
interface Command {
  readonly line: number;
  readonly text: string;
}

const PINNED = /^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

/** Runs with the rights of the repository on code that anybody may have sent. */
const DANGEROUS_EVENTS = /\b(pull_request_target|workflow_run|issue_comment)\b/;

/** What is wrong with a workflow that a general linter lets pass, in sentences. */
export function workflowComplaints(workflow: string): string[] {
  const lines = workflow.split('\n');
  return [
    ...uses(lines)
      .filter(({ text }) => !PINNED.test(text))
      .map(
        ({ line, text }) =>
          `Line ${line}: ${text} is not a full commit with its version behind it, as "@<40 digits> # v1.2.3".`,
      ),
    ...commands(lines)
      .filter(({ text }) => text.includes('${{'))
      .map(({ line }) => `Line ${line}: a shell gets an expression as code. Hand it over in "env".`),
    ...lines.flatMap((text, index) => [
      ...(DANGEROUS_EVENTS.test(text)
        ? [`Line ${index + 1}: an event that runs foreign code with our rights.`]
        : []),
      ...(/^\s*- [{[]/.test(text) ? [`Line ${index + 1}: what stands in one line is not looked into.`] : []),
      ...(/\bsecrets\b/.test(text) ? [`Line ${index + 1}: a secret. Nothing here needs one.`] : []),
      ...(/\b(write|read)-all\b/.test(text) ? [`Line ${index + 1}: all permissions at once.`] : []),
    ]),
    ...permissionComplaints(lines),
  ];
}

/** Rights are taken away for the whole workflow, and given to a job by name. */
function permissionComplaints(lines: readonly string[]): string[] {
  const start = lines.indexOf('permissions:');
  const isLeast = lines[start + 1] === '  contents: read' && !lines[start + 2]?.trim();
  return start >= 0 && isLeast
    ? []
    : ['The workflow does not begin with "permissions: contents: read" alone.'];
}

function uses(lines: readonly string[]): Command[] {
  return lines.flatMap((text, index) => {
    const [, action] = /^\s*(?:- )?["']?uses["']?\s*:\s*(.*)$/.exec(text) ?? [];
    return action === undefined ? [] : [{ line: index + 1, text: action.trim() }];
  });
}

/** Each `run` with all lines that belong to it: those that stand deeper. */
function commands(lines: readonly string[]): Command[] {
  return lines.flatMap((text, index) => {
    const [, before] = /^(\s*(?:- )?)["']?run["']?\s*:/.exec(text) ?? [];
    if (before === undefined) return [];
    const after = lines.slice(index + 1);
    const end = after.findIndex((next) => next.trim() !== '' && next.search(/\S/) <= before.length);
    return [{ line: index + 1, text: [text, ...after.slice(0, end === -1 ? undefined : end)].join('\n') }];
  });
}
