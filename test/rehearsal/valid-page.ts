import { expect } from 'chai';
import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'long-title': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'no-inline-style': 'error',
  },
});

/** What is wrong with a page's HTML. */
export async function htmlFindings(html: string) {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, line, message }) => ({ ruleId, line, message })),
  );
}

/** Fetches a page of a stand-in and checks what all of them promise. */
export async function validPage(address: string): Promise<string> {
  const response = await fetch(address, { redirect: 'manual' });
  const html = await response.text();
  expect(response.headers.get('content-security-policy')).to.match(/^default-src 'none'; style-src 'self';/);
  expect(await htmlFindings(html)).to.deep.equal([]);
  expect(html.match(/<h1/g)).to.have.length(1);
  expect(html).to.contain('nothing here is on the real network');
  expect(html).not.to.match(/<script|<style| style=| on\w+=/);
  return html;
}
