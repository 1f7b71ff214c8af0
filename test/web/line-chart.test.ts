import { expect } from 'chai';
import { HtmlValidate } from 'html-validate';
import { drawLineChart, type LineChart } from '../../server/web/charts/line-chart.ts';

const chart: LineChart = {
  id: 'awareness',
  title: 'Impressions per day',
  description: 'Two networks over three days',
  direction: 'ltr',
  columns: ['1 Sep', '2 Sep', '3 Sep'],
  series: [
    { name: 'X', values: [10, null, 30] },
    { name: 'Mastodon', values: [1, 2, 3] },
  ],
  target: { label: 'Target 40', value: 40 },
  formatValue: String,
};

const marksOf = (svg: string) =>
  [...svg.matchAll(/<title>([^<]*)<\/title><\/path>/g)].map(([, text]) => text);
const xOf = (svg: string, label: string) =>
  Number(new RegExp(`x="([\\d.]+)" y="240" text-anchor="middle">${label}<`).exec(svg)?.[1]);

describe('line chart', () => {
  it('is valid, an image, and has a title and a description', async () => {
    const svg = drawLineChart(chart);
    const report = await new HtmlValidate({ extends: ['html-validate:recommended'] }).validateString(
      `<!DOCTYPE html><html lang="en"><head><title>Chart</title></head><body><main>${svg}</main></body></html>`,
    );
    expect(report.results.flatMap(({ messages }) => messages.map(({ message }) => message))).to.deep.equal(
      [],
    );
    expect(svg).to.include('role="img"');
    expect(svg).to.include('aria-labelledby="awareness-title awareness-desc"');
    expect(svg).to.include('<title id="awareness-title">Impressions per day</title>');
    expect(svg).to.include('<desc id="awareness-desc">Two networks over three days</desc>');
  });

  it('marks every measured value once and leaves a gap for the others', () => {
    expect(marksOf(drawLineChart(chart))).to.deep.equal([
      'X, 1 Sep · 10',
      'X, 3 Sep · 30',
      'Mastodon, 1 Sep · 1',
      'Mastodon, 2 Sep · 2',
      'Mastodon, 3 Sep · 3',
    ]);
  });

  it('tells series apart without colour', () => {
    const dashes = [...drawLineChart(chart).matchAll(/chart-line" fill="none" stroke-dasharray="([^"]+)"/g)];
    expect(new Set(dashes.map(([, dash]) => dash)).size).to.equal(2);
  });

  it('needs no inline style', () => {
    expect(drawLineChart(chart)).not.to.match(/\sstyle=|<style/);
  });

  it('lets time run from the right in a right-to-left language', () => {
    const [ltr, rtl] = [drawLineChart(chart), drawLineChart({ ...chart, direction: 'rtl' })];
    expect(xOf(ltr, '1 Sep')).to.be.below(xOf(ltr, '3 Sep'));
    expect(xOf(rtl, '1 Sep')).to.be.above(xOf(rtl, '3 Sep'));
  });

  it('escapes what people wrote', () => {
    const svg = drawLineChart({ ...chart, title: '<script>alert(1)</script>', target: null });
    expect(svg).not.to.include('<script');
  });

  it('draws a single column and negative growth inside its frame', () => {
    const svg = drawLineChart({ ...chart, columns: ['1 Sep'], series: [{ name: 'X', values: [-4] }] });
    const [, x, y] = /translate\(([\d.]+) ([\d.]+)\)"><title>X, 1 Sep · -4/.exec(svg) ?? [];
    expect(Number(x)).to.be.within(0, 720);
    expect(Number(y)).to.be.within(0, 250);
  });
});
