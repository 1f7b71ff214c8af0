import { expect } from 'chai';
import { isPersonal, OWN_COLUMNS } from '../../../server/domain/import/fields.ts';
import { recogniseFormat } from '../../../server/domain/import/formats.ts';
import { openSniffer } from '../../../server/domain/import/sniff.ts';

const named = (line: string) => recogniseFormat(line.split(','));

describe('The columns of a file', () => {
  it('say which collection it is', () => {
    const conan = 'cn_id,hateSpeech,counterSpeech,hsType,hsSubType,cnType,age,gender,educationLevel';
    expect(named(conan)).to.deep.include({ format: 'conan', collection: 'CONAN' });
    expect(named('INDEX,HATE_SPEECH,COUNTER_NARRATIVE,TARGET,VERSION').format).to.equal('multitarget-conan');
    expect(named('text,TARGET,dialogue_id,turn_id,type,source').format).to.equal('dialoconan');
    expect(named('hate_speech,knowledge_sentence,counter_narrative,target').format).to.equal(
      'knowledge-conan',
    );
    expect(recogniseFormat(OWN_COLUMNS).format).to.equal('own');
  });

  it('keep their own spelling in the mapping', () => {
    const { mapping } = named('index,Hate speech,counter-narrative,Target');
    expect(mapping).to.deep.equal({
      key: 'index',
      claim: 'Hate speech',
      text: 'counter-narrative',
      targets: 'Target',
    });
  });

  it('of no known shape are mapped by their names, and never those about people', () => {
    expect(named('Text,mood,Age,gender,Education_Level')).to.deep.equal({
      format: 'unknown',
      collection: '',
      mapping: { text: 'Text' },
    });
    for (const column of ['age', 'Gender', 'educationLevel', 'e-mail', 'User ID', 'annotator_id'])
      expect(isPersonal(column), column).to.equal(true);
    for (const column of ['text', 'language', 'message', 'target'])
      expect(isPersonal(column), column).to.equal(false);
  });
});

describe('The bytes of a file', () => {
  const sniff = (...parts: Uint8Array[]) => {
    const sniffer = openSniffer();
    for (const part of parts) sniffer.push(part);
    return sniffer.end();
  };
  const text = (written: string, encoding: BufferEncoding = 'utf8') => Buffer.from(written, encoding);

  it('say how its letters are written', () => {
    expect(sniff(text('déjà'))).to.equal('utf-8');
    expect(sniff(text('\uFEFFdéjà'))).to.equal('utf-8');
    expect(sniff(text('\uFEFFdéjà', 'utf16le'))).to.equal('utf-16le');
    expect(sniff(Buffer.from([0xfe, 0xff, 0, 0x41]))).to.equal('utf-16be');
    expect(sniff(text('déjà', 'latin1'))).to.equal('windows-1252');
  });

  it('may be cut within a letter', () => {
    const bytes = text('é');
    expect(sniff(bytes.subarray(0, 1), bytes.subarray(1))).to.equal('utf-8');
    expect(sniff(text('a'), bytes.subarray(0, 1))).to.equal('windows-1252');
  });

  it('that are no text are refused', () => {
    const rule = (...parts: Uint8Array[]) => {
      try {
        return sniff(...parts);
      } catch (error) {
        return (error as { rule?: string }).rule;
      }
    };
    expect(rule()).to.equal('import-empty');
    expect(rule(text('PK\u0003\u0004workbook'))).to.equal('import-binary');
    expect(rule(text('%PDF-1.7'))).to.equal('import-binary');
    expect(rule(text('a,b\n'), Buffer.from([1, 0, 2]))).to.equal('import-binary');
  });
});
