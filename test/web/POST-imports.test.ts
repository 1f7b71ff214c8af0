import { expect } from 'chai';
import { runImports } from '../../server/actions/run-imports.ts';
import { LARGEST_IMPORT } from '../../server/domain/import.ts';
import { Answers } from '../../server/models/answer.ts';
import { Imports } from '../../server/models/import.ts';
import { ImportChunks } from '../../server/models/import-chunk.ts';
import { Members } from '../../server/models/member.ts';
import { aMember } from '../support/builders.ts';
import { CONAN_CSV, DIALOCONAN_JSON } from '../support/collections.ts';
import { useDatabase } from '../support/database.ts';
import { type Browser, htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('POST /imports', () => {
  useDatabase();
  const web = openWeb();
  let browser: Browser;
  beforeEach(async () => {
    browser = await signedIn(web, await aMember('drafter'));
  });

  const bring = (content: string | Buffer, filename = 'answers.csv') =>
    browser.upload('/imports', {}, { name: 'file', bytes: Buffer.from(content), filename });
  const run = () => runImports(web.context, new AbortController().signal);
  const CONAN_MAPPING = {
    'mapping.key': 'cn_id',
    'mapping.claim': 'hateSpeech',
    'mapping.text': 'counterSpeech',
    'mapping.strategies': 'cnType',
    'mapping.topics': '',
    language: '',
    severity: '4',
    collection: 'CONAN',
  };

  it('leads from the file over its preview and a dry run into the library and out again', async () => {
    const form = await browser.get('/imports/new');
    expect(form.text).to.include('enctype="multipart/form-data"').and.to.include('Check its licence');
    expect(await htmlProblems(form.text)).to.deep.equal([]);
    const sent = await bring(CONAN_CSV, 'CONAN.csv');
    expect(sent.status).to.equal(303);
    const path = String(sent.headers.location);

    const shown = await browser.get(path);
    expect(await htmlProblems(shown.text)).to.deep.equal([]);
    expect(shown.text).to.include('Bakers say otherwise').and.to.include('age, gender, educationLevel');
    expect(shown.text).to.match(/<select[^>]*name="mapping\.text"[\s\S]*?value="counterSpeech" selected/);
    expect(shown.text).not.to.match(/<option value="(age|gender|educationLevel)"/);
    const veiled = shown.text.match(/<details class="veiled">[\s\S]*?<\/details>/g) ?? [];
    expect(veiled.join(' ')).to.include('Newcomers eat all our bread.').and.to.include('Vergognati');
    const plain = veiled.reduce((rest, one) => rest.replace(one, ''), shown.text);
    expect(plain).not.to.include('Newcomers eat').and.not.to.include('Vergognati');

    const checking = await browser.post(`${path}/mapping`, CONAN_MAPPING);
    expect(checking.status).to.equal(303);
    expect(web.context.queue.importWakeUps).to.be.greaterThan(0);
    const working = await browser.get(path);
    expect(working.text).to.include('<progress').and.to.include(`hx-get="${path}/progress"`);
    expect(await htmlProblems(working.text)).to.deep.equal([]);
    const still = await browser.get(`${path}/progress`);
    expect(still.text).to.include('being checked').and.not.to.include('<h1');
    expect(still.headers).not.to.have.property('hx-refresh');

    await run();
    expect((await browser.get(`${path}/progress`)).headers['hx-refresh']).to.equal('true');
    const checked = await browser.get(path);
    expect(checked.text).to.include('Import 5 answers and 4 claims');
    expect(await htmlProblems(checked.text)).to.deep.equal([]);
    expect(await Answers.countDocuments()).to.equal(0);
    await browser.submit(path, `${path}/start`, {});
    await run();
    const done = await browser.get(path);
    expect(done.text).to.include('Everything is in the library').and.to.include('href="/answers"');
    expect(await htmlProblems(done.text)).to.deep.equal([]);
    const list = await browser.get('/imports');
    expect(list.text).to.include('CONAN.csv').and.to.include('5 answers, 4 claims');
    expect(await htmlProblems(list.text)).to.deep.equal([]);

    expect((await browser.submit(path, `${path}/undoing`, {})).status).to.equal(303);
    await run();
    expect((await browser.get(path)).text).to.include('has been taken out again');
    expect(await Answers.countDocuments()).to.equal(0);
  });

  it('offers what is wrong with single rows as a file that no spreadsheet takes for formulas', async () => {
    const rows = ['text,way', 'Good,facts', '=CMD(),facts', 'Fine,"=1+1, juggling"', 'a,b,c'];
    const path = String((await bring(rows.join('\n'))).headers.location);
    const mapping = { 'mapping.text': 'text', 'mapping.strategies': 'way', language: 'en' };
    await browser.post(`${path}/mapping`, { ...mapping, severity: '3', collection: 'x' });
    await run();
    const shown = await browser.get(path);
    expect(shown.text).to.include('different notes are shown here');
    const csv = await browser.get(`${path}/issues.csv`);
    expect(csv.headers['content-type']).to.include('text/csv');
    const lines = csv.text.replace('\uFEFF', '').trim().split('\r\n');
    expect(lines.map((line) => line.split(',').slice(0, 3).join())).to.deep.equal([
      'Line,Row,What',
      '3,2,left out',
      '4,3,left out',
      '5,4,left out',
    ]);
    for (const line of lines) expect(line).not.to.match(/(^|,)"?[=+@]/);
  });

  const bad: [string, string | Buffer, string][] = [
    ['that is empty', '', 'This file is empty'],
    ['that is a spreadsheet', 'PK\u0003\u0004\u0000\u0000', 'not a text file'],
    ['with nothing under its columns', 'text,claim\n', 'no row under the names'],
    ['with a quote left open', 'text\nGood\n"open', 'begins in line 3'],
    ['that is not JSON', '[\n{"text":"x"},\n{"text":oops}]', 'Line 3 is not valid JSON'],
    ['that holds no rows', '{"a":1}', 'no rows in this JSON'],
    ['with one column twice', 'text,text\na,b', 'Two columns are called “text”'],
    ['of 200 megabytes', Buffer.alloc(200 * 1024 * 1024, 'x'), 'larger than 50 MB'],
    ['beyond all limits', Buffer.alloc(LARGEST_IMPORT + 1, 'x'), 'larger than 50 MB'],
  ];
  for (const [what, content, sentence] of bad) {
    it(`says what is wrong with a file ${what}, and keeps nothing of it`, async () => {
      const { status, text } = await bring(content);
      expect(status).to.equal(422);
      expect(text).to.include(sentence);
      expect(await htmlProblems(text)).to.deep.equal([]);
      expect(await Imports.countDocuments()).to.equal(0);
      expect(await ImportChunks.countDocuments()).to.equal(0);
    });
  }

  it('needs a file', async () => {
    const without = await browser.upload('/imports', {});
    expect(without.status).to.equal(422);
    expect(without.text).to.include('Choose a file.');
    expect((await browser.post('/imports')).status).to.equal(422);
  });

  it('reads no file without the token of the page', async () => {
    const token = await browser.upload(
      '/imports',
      { _token: 'x' },
      { name: 'file', bytes: Buffer.from('text\na') },
    );
    expect(token.status).to.equal(403);
    expect(await ImportChunks.countDocuments()).to.equal(0);
  });

  it('forgets where a file lay, and shows its name as text', async () => {
    const path = String((await bring('text\nHello', '../../<b>name</b>.csv')).headers.location);
    const { text } = await browser.get(path);
    expect(text).not.to.include('<b>').and.not.to.include('../');
  });

  it('shows the mapping again with what is wrong in it', async () => {
    const path = String((await bring(CONAN_CSV)).headers.location);
    const wrong = { ...CONAN_MAPPING, 'mapping.key': 'counterSpeech', language: '??', severity: '9' };
    const fields = await browser.post(`${path}/mapping`, wrong);
    expect(fields.status).to.equal(422);
    expect(fields.text).to.include('not a language tag').and.to.include('value="??"');
    const twice = await browser.post(`${path}/mapping`, { ...wrong, language: '', severity: '3' });
    expect(twice.status).to.equal(422);
    expect(twice.text).to.include('“counterSpeech” was chosen for two fields');
    expect(await htmlProblems(twice.text)).to.deep.equal([]);
  });

  it('reads the letters another way when they look wrong', async () => {
    const path = String((await bring(Buffer.from('text\ncafé au lait', 'latin1'))).headers.location);
    expect((await browser.get(path)).text)
      .to.include('café au lait')
      .and.to.include('Windows-1252');
    const refused = await browser.post(`${path}/encoding`, { encoding: 'utf-8' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include('Line 2 is not written in UTF-8');
    expect(await htmlProblems(refused.text)).to.deep.equal([]);
    expect((await browser.post(`${path}/encoding`, { encoding: 'windows-1252' })).status).to.equal(303);
    expect((await browser.post(`${path}/encoding`, { encoding: 'ebcdic' })).status).to.equal(422);
  });

  it('gives everybody a template that comes back as what it is', async () => {
    const template = await browser.get('/imports/template.csv');
    expect(template.text).to.match(/^\uFEFFtext,language,claim,/);
    const path = String((await bring(template.text)).headers.location);
    expect((await browser.get(path)).text).to.include('Our own columns');
  });

  it('speaks French and Arabic', async () => {
    const { headers } = await bring(DIALOCONAN_JSON);
    for (const language of ['fr', 'ar'] as const) {
      const member = await aMember('drafter');
      member.language = language;
      await Members.updateOne({ _id: member._id }, { $set: { language } });
      const reader = await signedIn(web, member);
      for (const path of ['/imports', '/imports/new', String(headers.location)]) {
        const { status, text } = await reader.get(path);
        expect(status, path).to.equal(200);
        expect(await htmlProblems(text)).to.deep.equal([]);
      }
    }
  });

  it('may be looked at, and not acted on, by those who do not edit the library', async () => {
    const path = String((await bring('text\nHello')).headers.location);
    const reader = await signedIn(web, await aMember('evaluator'));
    const shown = await reader.get(path);
    expect(shown.status).to.equal(200);
    expect(shown.text).not.to.include('/mapping"').and.not.to.include('/cancellation"');
    expect((await reader.post(`${path}/start`)).status).to.equal(403);
    expect((await reader.upload('/imports', {}, { name: 'file', bytes: Buffer.from('x') })).status).to.equal(
      403,
    );
  });
});
