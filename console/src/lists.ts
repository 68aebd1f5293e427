// An uploaded list of people: sent to the hub as a dry run, as a marked workbook, and to be imported.
import { posted } from './posted';

export interface ListedRow {
  row: number;
  name: string | null;
  group: string | null;
  outcome: string;
  registration: string | null;
  fact?: string;
  message?: string;
  messageEn?: string;
  whatNext?: string;
  whatNextEn?: string;
  column?: string;
  columnEn?: string;
  value?: string | null;
}

export interface Heading {
  heading: string;
  column: string | null;
  columnEn: string | null;
}

export interface Report {
  home: string;
  dryRun: boolean;
  imported: boolean;
  counts: Readonly<Record<string, number>>;
  columns: readonly Heading[];
  rows: readonly ListedRow[];
}

export interface Sent {
  training: string;
  home: string;
  file: File;
  /** Rows that are left out, by their numbers in the sheet. */
  without: readonly number[];
}

const REFUSED = 'REFUSED';
const CSV_TYPE = 'text/csv';
/** Browsers know the type of a file by what is installed. */
const OTHERWISE = 'application/octet-stream';

export function addressOf({ training, home, without }: Sent, more: Readonly<Record<string, string>>): string {
  const parameters = new URLSearchParams({ home, ...more });
  if (without.length) parameters.set('without', without.join(','));
  return `/training/classes/${encodeURIComponent(training)}/registrations?${parameters}`;
}

export function refusedRows(report: Report): ListedRow[] {
  return report.rows.filter((each) => each.outcome === REFUSED);
}

/** Refused rows first, each part in the order of the sheet. */
export function sorted(report: Report): ListedRow[] {
  return [...refusedRows(report), ...report.rows.filter((each) => each.outcome !== REFUSED)];
}

function post(sent: Sent, more: Readonly<Record<string, string>>, key?: string): Promise<Response> {
  const type = sent.file.name.toLowerCase().endsWith('.csv') ? CSV_TYPE : sent.file.type || OTHERWISE;
  const headers: Record<string, string> = { 'content-type': type };
  if (key) headers['idempotency-key'] = key;
  return posted(addressOf(sent, more), sent.file, headers);
}

/** What would become of each row; nothing is written. Throws CombinedError. */
export async function tried(sent: Sent): Promise<Report> {
  return (await post(sent, { dryRun: 'true' })).json();
}

/** The sheet as it was sent, with what would become of each row. Throws CombinedError. */
export async function markedWorkbook(sent: Sent): Promise<Blob> {
  return (await post(sent, { dryRun: 'true', report: 'xlsx' })).blob();
}

/** Registers all of them or nobody; the same key again is the same import. Throws CombinedError. */
export async function imported(sent: Sent, key: string): Promise<Report> {
  return (await post(sent, {}, key)).json();
}
