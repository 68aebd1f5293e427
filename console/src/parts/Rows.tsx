// A table of records: real rows and headers, keys j k x Enter, sideways scrolling of its own;
// on a narrow screen the cells of a row stand below each other, each beside its title.
import { Checkbox } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences';

export interface Column<Row> {
  key: string;
  title: string;
  hint?: string;
  isNumber?: boolean;
  shown: (row: Row) => ReactNode;
  sort?: { direction: 'ASC' | 'DESC' | null; turn: () => void };
}

interface Selection {
  selected: ReadonlySet<string>;
  turn: (id: string) => void;
  label: (id: string) => string;
}

/** What a letter does to the row that one is at, by its place. */
export type RowKeys = Readonly<Record<string, (index: number) => void>>;

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, select, input:not([type=radio], [type=checkbox])'))
  );
}

/** `j k` move through rows marked `data-row`, `x` selects, Enter opens what the row names; other letters do what the page says. */
export function useRowKeys(count: number, onSelect?: (index: number) => void, others?: RowKeys) {
  const { hasKeys } = usePreferences();
  const [current, setCurrent] = useState(-1);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!hasKeys) return;
    const pressed = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const by = { j: 1, k: -1 }[event.key];
      if (by) {
        event.preventDefault();
        const next = Math.max(0, Math.min(count - 1, current + by));
        setCurrent(next);
        const row = box.current?.querySelectorAll<HTMLElement>('[data-row]')[next];
        row?.querySelector<HTMLElement>('a')?.focus();
        row?.scrollIntoView({ block: 'nearest' });
      } else if (current >= 0) {
        const deed = event.key === 'x' ? onSelect : others?.[event.key];
        if (!deed) return;
        event.preventDefault();
        deed(current);
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [hasKeys, current, count, onSelect, others]);
  return { box, current };
}

export function Rows<Row extends { id: string }>({
  rows,
  columns,
  label,
  selection,
  keys,
}: {
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  label: string;
  selection?: Selection;
  keys?: RowKeys;
}) {
  const { t } = useTranslation();
  const select = (index: number) => {
    const row = rows[index];
    if (row) selection?.turn(row.id);
  };
  const { box, current } = useRowKeys(rows.length, select, keys);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keys
    <section className="rows records" ref={box as never} aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {selection && (
              <th scope="col" className="narrow">
                <span className="unseen">{t('search.select')}</span>
              </th>
            )}
            {columns.map((each) => (
              <th key={each.key} scope="col" className={heading(each)} aria-sort={sorted(each)}>
                {each.sort ? (
                  <button type="button" className="sort" title={each.hint} onClick={each.sort.turn}>
                    {each.title} <span aria-hidden="true">{ARROWS[each.sort.direction ?? 'none']}</span>
                  </button>
                ) : (
                  <span title={each.hint}>{each.title}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id} data-row="" className={index === current ? 'current' : undefined}>
              {selection && (
                <td className="narrow">
                  <Checkbox
                    checked={selection.selected.has(row.id)}
                    onChange={() => selection.turn(row.id)}
                    aria-label={`${t('search.select')} ${selection.label(row.id)}`}
                  />
                </td>
              )}
              {columns.map((each) => (
                <td key={each.key} className={each.isNumber ? 'number' : undefined} data-title={each.title}>
                  <div>{each.shown(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const ARROWS = { ASC: '↑', DESC: '↓', none: '↕' };

function heading<Row>({ isNumber, sort }: Column<Row>): string {
  return `${isNumber ? 'number' : ''} ${sort ? 'sortable' : ''}`.trim();
}

function sorted<Row>(column: Column<Row>): 'ascending' | 'descending' | 'none' | undefined {
  if (!column.sort) return undefined;
  return column.sort.direction === 'ASC' ? 'ascending' : column.sort.direction === 'DESC' ? 'descending' : 'none';
}
