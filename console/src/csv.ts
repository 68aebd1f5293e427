// Tables as files that spreadsheets open: UTF-8 with its mark, every cell quoted where it must be.
const STARTS_A_FORMULA = /^[=+\-@\t\r]/;

/** One cell; a text that a spreadsheet would take for a formula gets a quote before it. */
export function cell(value: string): string {
  const safe = STARTS_A_FORMULA.test(value) && !/^-?\d+([.,]\d+)*$/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Hands a file to the browser's downloads. */
export function download(content: string | Blob, name: string, type = 'text/csv;charset=utf-8'): void {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
