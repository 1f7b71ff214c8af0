import sharp from 'sharp';

const WIDTH = 960;
const HEIGHT = 540;

type Colour = readonly [red: number, green: number, blue: number];

const DUSK: Colour = [38, 52, 84];
const HORIZON: Colour = [222, 150, 104];
const WALL: Colour = [30, 34, 46];
const DARK_PANE: Colour = [52, 60, 80];
const LAMP: Colour = [255, 214, 128];

/** Roofs from left to right: where a house ends, and how high it stands, as shares of the picture. */
const HOUSES = [
  [0.18, 0.52],
  [0.37, 0.38],
  [0.58, 0.46],
  [0.8, 0.33],
  [1, 0.49],
] as const;

/** The house and the window in it that are lit. */
const LIT = { house: 2, column: 1, row: 1 };

/** Paints the picture of the demo world, a street at dusk with one lit window, as PNG. */
export function paintWindow(): Promise<Buffer> {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) pixels.set(colourAt(x / WIDTH, y / HEIGHT), (y * WIDTH + x) * 3);
  }
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .png()
    .toBuffer();
}

function colourAt(x: number, y: number): Colour {
  const house = HOUSES.findIndex(([end]) => x < end);
  const [end, roof] = HOUSES[house] ?? [1, 0.5];
  if (y < roof) return mixed(DUSK, HORIZON, y / 0.55);
  const begin = HOUSES[house - 1]?.[0] ?? 0;
  // Three windows beside each other, one above the other every seventh of the picture.
  const [column, across] = divided(((x - begin) / (end - begin)) * 3);
  const [row, down] = divided((y - roof - 0.04) * 7);
  const isPane = across > 0.28 && across < 0.72 && down > 0.2 && down < 0.75 && row >= 0;
  if (!isPane) return WALL;
  return house === LIT.house && column === LIT.column && row === LIT.row ? LAMP : DARK_PANE;
}

const divided = (value: number): [whole: number, rest: number] => [
  Math.floor(value),
  value - Math.floor(value),
];

function mixed(one: Colour, other: Colour, share: number): Colour {
  const at = Math.min(Math.max(share, 0), 1);
  const [red, green, blue] = one.map((part, index) => Math.round(part + ((other[index] ?? 0) - part) * at));
  return [red ?? 0, green ?? 0, blue ?? 0];
}
