import { scaleLinear, scalePoint } from 'd3-scale';
import { line, type SymbolType, symbol, symbolCircle, symbolDiamond, symbolSquare } from 'd3-shape';
import Handlebars from 'handlebars';

interface ChartSeries {
  readonly name: string;
  /** One per column; null leaves a gap. */
  readonly values: readonly (number | null)[];
}

export interface LineChart {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, in a sentence, for those who do not see it. */
  readonly description: string;
  readonly direction: 'ltr' | 'rtl';
  readonly columns: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly target: { readonly label: string; readonly value: number } | null;
  formatValue(value: number): string;
}

/** Series differ in shape and dash as well as in colour; colours come from the style sheet. */
const STYLES: readonly { shape: SymbolType; dash: string }[] = [
  { shape: symbolCircle, dash: 'none' },
  { shape: symbolSquare, dash: '7 4' },
  { shape: symbolDiamond, dash: '2 4' },
];

const WIDTH = 720;
const HEIGHT = 250;
const BOX = { top: 34, bottom: HEIGHT - 30, near: 62, far: WIDTH - 18 };
const LEGEND_WIDTH = 150;
const MOST_COLUMN_LABELS = 8;
const SYMBOL_AREA = 46;

/** Draws lines as one SVG; time runs in reading direction. Text and values are escaped. */
export function drawLineChart(chart: LineChart): string {
  const scales = scalesOf(chart);
  const { id, title, description, series } = chart;
  return [
    `<svg class="chart" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" direction="ltr" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escapeText(title)}</title><desc id="${id}-desc">${escapeText(description)}</desc>`,
    drawGrid(chart, scales),
    drawColumns(chart, scales),
    drawTarget(chart, scales),
    ...series.map((one, index) => drawSeries(chart, scales, one, index)),
    ...series.map((one, index) => drawLegend(chart, one, index)),
    '</svg>',
  ].join('');
}

interface Scales {
  x(index: number): number;
  y(value: number): number;
  ticks: readonly number[];
}

function scalesOf({ columns, series, target, direction }: LineChart): Scales {
  const range: [number, number] = direction === 'rtl' ? [BOX.far - 44, 18] : [BOX.near, BOX.far];
  const xs = scalePoint<number>(columns.keys(), range).padding(columns.length > 1 ? 0.2 : 1);
  const values = series.flatMap(({ values: all }) => all.filter((value) => value !== null));
  const highest = Math.max(1, target?.value ?? 0, ...values);
  const ys = scaleLinear([Math.min(0, ...values), highest], [BOX.bottom, BOX.top]).nice(4);
  return { x: (index) => xs(index) ?? 0, y: (value) => ys(value), ticks: wholeTicks(ys.ticks(4)) };
}

/** Counts come whole; a chart of small ones would otherwise repeat its labels. */
function wholeTicks(ticks: readonly number[]): number[] {
  return ticks.filter(Number.isInteger);
}

function drawGrid({ direction, formatValue }: LineChart, { y, ticks }: Scales): string {
  const [labelAt, anchor, from, to] =
    direction === 'rtl' ? [WIDTH - 52, 'start', 12, WIDTH - 58] : [52, 'end', 58, WIDTH - 12];
  return ticks
    .map((tick) => {
      const at = round(y(tick));
      return (
        `<line class="chart-grid" x1="${from}" x2="${to}" y1="${at}" y2="${at}"/>` +
        `<text class="chart-label" x="${labelAt}" y="${at + 4}" text-anchor="${anchor}">${escapeText(formatValue(tick))}</text>`
      );
    })
    .join('');
}

function drawColumns({ columns, direction }: LineChart, { x }: Scales): string {
  const every = Math.ceil(columns.length / MOST_COLUMN_LABELS);
  return columns
    .map((column, index) =>
      index % every === 0
        ? `<text class="chart-label" direction="${direction}" x="${round(x(index))}" y="${HEIGHT - 10}" text-anchor="middle">${escapeText(column)}</text>`
        : '',
    )
    .join('');
}

function drawTarget({ target, direction }: LineChart, { y }: Scales): string {
  if (!target) return '';
  const at = round(y(target.value));
  const [from, to, labelAt] = direction === 'rtl' ? [12, WIDTH - 58, 14] : [58, WIDTH - 12, WIDTH - 14];
  return (
    `<line class="chart-target" x1="${from}" x2="${to}" y1="${at}" y2="${at}" stroke-dasharray="10 3 2 3"/>` +
    // The far end of a text is its end in both directions.
    `<text class="chart-label" direction="${direction}" x="${labelAt}" y="${at - 5}" text-anchor="end">${escapeText(target.label)}</text>`
  );
}

function drawSeries({ columns, formatValue }: LineChart, scales: Scales, series: ChartSeries, index: number) {
  const { shape, dash } = styleOf(index);
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, column) => round(scales.x(column)))
    .y((value) => round(scales.y(value ?? 0)))([...series.values]);
  const mark = symbol(shape, SYMBOL_AREA)() ?? '';
  const marks = series.values.map((value, column) =>
    value === null
      ? ''
      : `<path class="chart-mark" d="${mark}" transform="translate(${round(scales.x(column))} ${round(scales.y(value))})">` +
        `<title>${escapeText(`${series.name}, ${columns[column] ?? ''} · ${formatValue(value)}`)}</title></path>`,
  );
  return (
    `<g class="chart-series chart-series-${(index % STYLES.length) + 1}">` +
    `<path class="chart-line" fill="none" stroke-dasharray="${dash}" d="${path ?? ''}"/>${marks.join('')}</g>`
  );
}

function drawLegend({ direction }: LineChart, { name }: ChartSeries, index: number): string {
  const { shape, dash } = styleOf(index);
  const start = 16 + index * LEGEND_WIDTH;
  const isMirrored = direction === 'rtl';
  const at = (offset: number) => (isMirrored ? WIDTH - start - offset : start + offset);
  return (
    `<g class="chart-series chart-series-${(index % STYLES.length) + 1}">` +
    `<line class="chart-line" x1="${at(0)}" x2="${at(28)}" y1="14" y2="14" stroke-dasharray="${dash}"/>` +
    `<path class="chart-mark" d="${symbol(shape, SYMBOL_AREA)() ?? ''}" transform="translate(${at(14)} 14)"/>` +
    `<text class="chart-label" x="${at(36)}" y="18" text-anchor="${isMirrored ? 'end' : 'start'}">${escapeText(name)}</text></g>`
  );
}

function styleOf(index: number): { shape: SymbolType; dash: string } {
  return STYLES[index % STYLES.length] ?? { shape: symbolCircle, dash: 'none' };
}

function escapeText(text: string): string {
  return Handlebars.escapeExpression(text);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
