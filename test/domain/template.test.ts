import { expect } from 'chai';
import fc from 'fast-check';
import { renderTemplate, TEMPLATE_FIELDS, type TemplateValues } from '../../server/domain/template.ts';

const VALUES: TemplateValues = {
  organisation: 'Come Home & Partners',
  service: '<b>24 h</b> helpline',
  handle: '@comehome_eu',
};

const rulesOf = (source: string, values = VALUES) => {
  const rendered = renderTemplate(source, values);
  return 'faults' in rendered ? rendered.faults.map(({ rule }) => rule) : [];
};

describe('A template', () => {
  it('writes values where fields stand, and escapes nothing', () => {
    expect(renderTemplate('Call {{service}}. {{ organisation }}', VALUES)).to.deep.equal({
      text: 'Call <b>24 h</b> helpline. Come Home & Partners',
    });
  });

  it('leaves comments out', () => {
    expect(renderTemplate('Call{{! ask Lina }} us{{!-- {{x}} --}}', VALUES)).to.deep.equal({
      text: 'Call us',
    });
  });

  it('shows braces that are meant as braces', () => {
    expect(renderTemplate('Write \\{{name}} here', VALUES)).to.deep.equal({ text: 'Write {{name}} here' });
  });

  it('keeps every blank and line as it was typed', () => {
    expect(renderTemplate('  one\n\n{{service}}\n two ', VALUES)).to.deep.equal({
      text: '  one\n\n<b>24 h</b> helpline\n two ',
    });
  });

  it('does not read what a value says as a template again', () => {
    expect(renderTemplate('{{service}}', { service: '{{handle}}' })).to.deep.equal({ text: '{{handle}}' });
  });

  for (const attack of [
    '{{constructor.constructor}}',
    '{{this.constructor}}',
    '{{this}}',
    '{{.}}',
    '{{../organisation}}',
    '{{./organisation}}',
    '{{@root}}',
    '{{@root.service}}',
    '{{organisation.length}}',
    '{{organisation/length}}',
    '{{[organisation]}}',
    '{{lookup organisation "x"}}',
    '{{log organisation}}',
    '{{organisation x=1}}',
    '{{organisation (log "x")}}',
    '{{"organisation"}}',
    '{{1}}',
    '{{true}}',
    '{{null}}',
    '{{undefined}}',
    '{{{organisation}}}',
    '{{&organisation}}',
    '{{~organisation~}}',
    '{{#if organisation}}x{{/if}}',
    '{{^organisation}}x{{/organisation}}',
    '{{#with "s" as |s|}}{{s}}{{/with}}',
    '{{#each this}}x{{/each}}',
    '{{> layout}}',
    '{{> (lookup . "x") }}',
    '{{#> layout}}x{{/layout}}',
    '{{* decorator}}',
    '{{#* inline "x"}}y{{/inline}}',
    '{{{{raw}}}} x {{{{/raw}}}}',
    '{{#with (lookup this "__proto__")}}{{x}}{{/with}}',
  ]) {
    it(`refuses ${attack} for its form`, () => {
      expect(rulesOf(`a ${attack} b`)).to.deep.equal(['template-form']);
    });
  }

  for (const name of ['constructor', '__proto__', 'toString', 'password', 'Organisation', 'else']) {
    it(`knows no field ${name}`, () => {
      expect(rulesOf(`{{${name}}}`)).to.satisfy(
        ([rule]: string[]) => rule === 'template-field-unknown' || rule === 'template-broken',
      );
    });
  }

  for (const broken of [
    '{{',
    '{{organisation',
    '{{organisation}',
    '{{#if}}',
    '{{/if}}',
    '{{ }}',
    '{{(lookup this "constructor")}}',
    '{{organisation service}',
  ]) {
    it(`says that ${broken} is broken or of no known form`, () => {
      expect(rulesOf(broken)).to.satisfy(
        ([rule]: string[]) => rule === 'template-broken' || rule === 'template-form',
      );
    });
  }

  it('names every field that has no value, and every one that nobody knows', () => {
    expect(renderTemplate('{{funder}} {{contact}} {{phone}}', { funder: '  ' })).to.deep.equal({
      faults: [
        { rule: 'template-value-missing', values: { field: 'funder' } },
        { rule: 'template-value-missing', values: { field: 'contact' } },
        { rule: 'template-field-unknown', values: { field: 'phone' } },
      ],
    });
  });

  it('may take four kilobytes and no more', () => {
    expect(rulesOf(`{{service}}${'é'.repeat(2042)}`)).to.deep.equal([]);
    expect(rulesOf(`{{service}}${'é'.repeat(2043)}`)).to.deep.equal(['template-too-long']);
  });

  it('quotes what it refuses', () => {
    expect(renderTemplate('one\ntwo {{#if x}}\n{{/if}} three', VALUES)).to.deep.equal({
      faults: [{ rule: 'template-form', values: { part: '{{#if x}}\n{{/if}}', example: '{{service}}' } }],
    });
  });

  it('leaves a text without double braces alone, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('{{'));
        expect(renderTemplate(text, {})).to.deep.equal({ text });
      }),
    );
  });

  it('never throws, and never looks up what is not in the list', () => {
    const pieces = fc.constantFrom(
      '{{',
      '}}',
      '{',
      '}',
      '#',
      '/',
      '>',
      '*',
      '@',
      '..',
      '.',
      ' ',
      '"',
      '|',
      '(',
      ')',
      '~',
      '!',
      '--',
      '\\',
      ...TEMPLATE_FIELDS,
      'constructor',
      'if',
      'é',
    );
    const values = new Proxy(VALUES, {
      get(target, key) {
        if (!(TEMPLATE_FIELDS as readonly (string | symbol)[]).includes(key)) throw new Error(String(key));
        return Reflect.get(target, key);
      },
    });
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 24 }), (parts) => {
        const rendered = renderTemplate(parts.join(''), values);
        expect('text' in rendered || rendered.faults.length > 0).to.equal(true);
      }),
      { numRuns: 2000 },
    );
  });
});
