import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { releaseComplaints, type Release } from './package-release.ts';

describe('the release check', () => {
  it('lets a release pass that fits together', () => {
    assert.deepEqual(releaseComplaints(release()), []);
    assert.deepEqual(releaseComplaints(release({ changelog: '## [1.2.3] - 2027-01-01' })), []);
  });

  it('complains of a tag that is not the version', () => {
    assert.deepEqual(releaseComplaints(release({ tag: 'v1.2.4' })), [
      'The tag is v1.2.4, and package.json has the version 1.2.3.',
    ]);
  });

  it('complains of a version that the changelog does not tell of', () => {
    for (const changelog of ['', '## Unreleased', '## 1.2.30', '### 1.2.3']) {
      assert.deepEqual(releaseComplaints(release({ changelog })), [
        'CHANGELOG.md has no section "## 1.2.3".',
      ]);
    }
  });

  it('complains of a package that names another repository, or none', () => {
    const other = { version: '1.2.3', repository: { url: 'git+https://github.com/owner/fork.git' } };
    assert.match(
      releaseComplaints(release({ manifest: other })).join(),
      /is git\+https.*fork\.git; npm takes/,
    );
    assert.match(
      releaseComplaints(release({ manifest: { version: '1.2.3' } })).join(),
      /is missing; npm takes/,
    );
  });

  it('fails in a shell, and says why', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'package-release.ts')],
      {
        env: { GITHUB_REF_NAME: 'v0.0.0', GITHUB_REPOSITORY: 'owner/name' },
        encoding: 'utf8',
      },
    );
    assert.equal(status, 1);
    assert.match(stderr, /^✖ The tag is v0\.0\.0, and package\.json has the version/);
  });
});

function release(changes: Partial<Release> = {}): Release {
  return {
    tag: 'v1.2.3',
    repository: 'owner/name',
    manifest: { version: '1.2.3', repository: { url: 'git+https://github.com/owner/name.git' } },
    changelog: '# Changelog\n\n## Unreleased\n\n## 1.2.3\n\n### Added\n',
    ...changes,
  };
}
