import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'chai';

const root = new URL('..', import.meta.url).pathname;
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path && existsSync(join(root, path)));
const sources = tracked.filter((path) => path.endsWith('.ts'));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const lineCount = (path: string) => read(path).split('\n').length - 1;

const ROOMS = ['server', 'views', 'jobs', 'seeds', 'test'];
const ROOT_FILES = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'LICENSE',
  'biome.json',
  'knip.json',
];
const DRAWERS = /(^|-)(utils?|helpers?|common|managers?|services?|handlers?|misc)(-|\.|$)/;

describe('The repository is tidy', () => {
  it('holds nothing at its root but rooms, dotfiles and tool configuration', () => {
    const top = new Set(tracked.map((path) => path.split('/')[0] ?? ''));
    const unexpected = [...top].filter(
      (name) => !name.startsWith('.') && !ROOMS.includes(name) && !ROOT_FILES.includes(name),
    );
    expect(unexpected).to.deep.equal([]);
  });

  it('has no source file over 250 lines, and a median under 80', () => {
    const long = sources.filter((path) => lineCount(path) > 250);
    expect(long).to.deep.equal([]);
    const counts = sources.map(lineCount).sort((a, b) => a - b);
    expect(counts[Math.floor(counts.length / 2)]).to.be.below(80);
  });

  it('names no file after a drawer', () => {
    const drawers = tracked.filter(
      (path) => path !== 'server/web/view-helpers' && DRAWERS.test(basename(path)),
    );
    expect(drawers).to.deep.equal([]);
  });

  it('gives every room a README of at most ten lines', () => {
    const rooms = [
      'jobs',
      'seeds',
      'test',
      'views',
      ...['actions', 'database', 'domain', 'models', 'platforms', 'queries', 'rehearsal', 'web'].map(
        (name) => `server/${name}`,
      ),
    ];
    const missing = rooms.filter((room) => !tracked.includes(`${room}/README.md`));
    expect(missing).to.deep.equal([]);
    const long = rooms.filter((room) => read(`${room}/README.md`).trim().split('\n').length > 10);
    expect(long).to.deep.equal([]);
  });

  it('renders every view that it has, and has every view that it renders', () => {
    const code = sources
      .filter((path) => path.startsWith('server/'))
      .map(read)
      .join('\n');
    const templates = tracked.filter((path) => path.startsWith('views/') && path.endsWith('.hbs'));
    const text = templates.map(read).join('\n');
    const unused = templates.filter((path) => {
      const name = path.replace(/^views\/(pages|partials|layouts)\//, '').replace(/\.hbs$/, '');
      return path.startsWith('views/pages/') ? !code.includes(`'${name}'`) : !(text + code).includes(name);
    });
    expect(unused).to.deep.equal([]);
    const rendered = [...code.matchAll(/(?:render|page)\w*[(:]\s*(?:response, )?'([a-z-]+\/[a-z/-]+)'/g)].map(
      (match) => match[1],
    );
    expect(rendered.filter((name) => !tracked.includes(`views/pages/${name}.hbs`))).to.deep.equal([]);
  });

  it('sets no inline style or script in a template', () => {
    const inline = tracked.filter(
      (path) =>
        path.endsWith('.hbs') && /\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)/.test(read(path)),
    );
    expect(inline).to.deep.equal([]);
  });

  it('speaks of itself alone', () => {
    const registry = /registry\.npmjs|\/work\/|\/root\//;
    const telling = tracked.filter(
      (path) => /\.(ts|md|hbs|json)$/.test(path) && path !== 'test/tidy.test.ts' && registry.test(read(path)),
    );
    expect(telling).to.deep.equal([]);
  });

  it('mirrors the rooms in its tests', () => {
    const rooms = [
      'actions',
      'database',
      'domain',
      'jobs',
      'models',
      'platforms',
      'queries',
      'rehearsal',
      'seeds',
      'web',
    ];
    const strange = sources.filter((path) => {
      const folder = dirname(path).split('/')[1];
      return (
        path.startsWith('test/') &&
        folder &&
        ![...rooms, 'support', 'browser', 'bench', 'simulation'].includes(folder)
      );
    });
    expect(strange).to.deep.equal([]);
  });
});
