// What becomes of each row of a list: how the columns were understood, a sum that adds up, and a reason for each refusal.
import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { type ListedRow, type Report, sorted } from '../../lists';
import { useModel } from '../../model';
import { Equation, Meter } from '../Equation';
import { type Column, Rows } from '../Rows';

type Row = ListedRow & { id: string };

export function ImportReport({ report }: { report: Report }) {
  const { t } = useTranslation();
  const outcome = useOutcomes();
  const rows = sorted(report).map((each) => ({ ...each, id: String(each.row) }));
  const parts = Object.entries(report.counts).map(([key, count]) => ({
    key,
    words: outcome(key),
    count,
  }));
  return (
    <>
      <Columns report={report} />
      <div className="seats" role="status">
        <Meter total={report.rows.length} parts={parts} />
        <p>
          <Equation total={report.rows.length} unit={t('training.rows')} parts={parts} />
        </p>
      </div>
      <Rows rows={rows} columns={useColumns()} label={t('training.step.rows')} />
    </>
  );
}

function Columns({ report }: { report: Report }) {
  const { t } = useTranslation();
  const { language } = useModel();
  return (
    <>
      <h3>{t('training.columns')}</h3>
      <ul className="columns-found">
        {report.columns.map(({ heading, column, columnEn }) => (
          <li key={heading}>
            {column ? (
              <CheckCircleOutlined className="yes" aria-hidden="true" />
            ) : (
              <CloseCircleOutlined className="quiet" aria-hidden="true" />
            )}{' '}
            <strong>{heading || '—'}</strong>{' '}
            {column
              ? t('training.takenFor', { column: (language === 'en' ? columnEn : column) ?? '' })
              : t('training.notTaken')}
          </li>
        ))}
      </ul>
    </>
  );
}

function useOutcomes(): (outcome: string) => string {
  const { t } = useTranslation();
  const model = useModel();
  return (outcome) => {
    if (outcome === 'REFUSED') return t('training.refused');
    if (outcome === 'NOT_DECIDED') return t('training.notDecided');
    return model.chosen('Registration', 'state', outcome);
  };
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation();
  const outcome = useOutcomes();
  const { language } = useModel();
  const isEnglish = language === 'en';
  return [
    { key: 'name', title: t('training.who'), shown: (each) => each.name ?? '—' },
    { key: 'row', title: t('training.row'), isNumber: true, shown: (each) => each.row },
    {
      key: 'outcome',
      title: t('training.outcome'),
      shown: (each) => (
        <span className={each.outcome === 'REFUSED' ? 'no' : 'yes'}>
          {each.outcome === 'REFUSED' ? (
            <CloseCircleOutlined aria-hidden="true" />
          ) : (
            <CheckCircleOutlined aria-hidden="true" />
          )}{' '}
          {outcome(each.outcome)}
        </span>
      ),
    },
    {
      key: 'column',
      title: t('training.column'),
      shown: (each) => (isEnglish ? each.columnEn : each.column) ?? '—',
    },
    { key: 'value', title: t('training.value'), shown: (each) => each.value ?? '—' },
    {
      key: 'why',
      title: t('training.why'),
      shown: (each) => <Sentence text={isEnglish ? each.messageEn : each.message} />,
    },
    {
      key: 'next',
      title: t('training.suggestion'),
      shown: (each) => <Sentence text={isEnglish ? each.whatNextEn : each.whatNext} />,
    },
  ];
}

/** Wide enough to be read where the table is scrolled sideways. */
function Sentence({ text }: { text: string | undefined }) {
  return text ? <span className="in-a-cell">{text}</span> : <>—</>;
}
