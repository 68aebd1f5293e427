// The drawn graph as a file of its own: title, legend, date, and the mark of simulated data.
import type { Explored } from './graph';

export interface Drawing {
  title: string;
  date: string;
  mark: string | null;
  places: ReadonlyMap<string, { x: number; y: number }>;
  nameOf: (id: string) => string;
  kindOf: (type: string) => string;
  colourOf: (type: string) => string;
  relationOf: (id: string) => string;
}

const MARGIN = 60;
const WIDTH = 168;
const HEIGHT = 40;
const HEAD = 64;

export function svg(graph: Explored, drawing: Drawing): string {
  const shown = [...graph.nodes.values()].filter((each) => drawing.places.has(each.id));
  const place = (id: string) => drawing.places.get(id) ?? { x: 0, y: 0 };
  const left = Math.min(0, ...shown.map((each) => place(each.id).x)) - MARGIN;
  const top = Math.min(0, ...shown.map((each) => place(each.id).y)) - MARGIN - HEAD;
  const right = Math.max(WIDTH, ...shown.map((each) => place(each.id).x + WIDTH)) + MARGIN;
  const bottom = Math.max(HEIGHT, ...shown.map((each) => place(each.id).y + HEIGHT)) + MARGIN;
  const types = [...new Set(shown.map((each) => each.type))];
  const centre = (id: string) => ({ x: place(id).x + WIDTH / 2, y: place(id).y + HEIGHT / 2 });
  const lines = [...graph.links.values()].map((each) => {
    const [from, to] = [centre(each.from), centre(each.to)];
    const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    return `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" stroke="#7C8796"/><text x="${x}" y="${y}" font-size="10" fill="#5F6B7A" text-anchor="middle">${escaped(drawing.relationOf(each.id))}</text>`;
  });
  const boxes = shown.map((each) => {
    const { x, y } = place(each.id);
    const colour = drawing.colourOf(each.type);
    return `<g><rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="4" fill="#FFFFFF" stroke="${colour}" stroke-width="1.5"${each.synthetic ? ' stroke-dasharray="4 3"' : ''}/><text x="${x + 8}" y="${y + 15}" font-size="10" fill="${colour}">${escaped(drawing.kindOf(each.type))}</text><text x="${x + 8}" y="${y + 31}" font-size="12" fill="#1B2430">${escaped(cut(drawing.nameOf(each.id)))}</text></g>`;
  });
  const legend = types.map(
    (type, index) =>
      `<text x="${left + MARGIN + index * 120}" y="${top + 56}" font-size="12" fill="${drawing.colourOf(type)}">■ ${escaped(drawing.kindOf(type))}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${right - left} ${bottom - top}" width="${right - left}" height="${bottom - top}" font-family="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif">`,
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="#FFFFFF"/>`,
    `<text x="${left + MARGIN}" y="${top + 32}" font-size="16" font-weight="600" fill="#1B2430">${escaped(drawing.title)}</text>`,
    `<text x="${right - MARGIN}" y="${top + 32}" font-size="12" fill="#5F6B7A" text-anchor="end">${escaped([drawing.date, drawing.mark].filter(Boolean).join(' · '))}</text>`,
    ...legend,
    ...lines,
    ...boxes,
    '</svg>',
  ].join('\n');
}

const LONGEST = 22;

/** What fits a box: a Chinese character is as wide as two letters. */
export function cut(text: string): string {
  let width = 0;
  let end = 0;
  for (const character of text) {
    width += character.charCodeAt(0) > 255 ? 2 : 1;
    if (width > LONGEST) return `${text.slice(0, end)}…`;
    end += character.length;
  }
  return text;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The same as a bitmap, drawn by the browser at twice its size. */
export async function png(text: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser draws no pictures.');
    context.scale(2, 2);
    context.drawImage(image, 0, 0);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('empty'))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
