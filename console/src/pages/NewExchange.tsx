// An exchange is drafted in steps, which are its address: who, to which post, when; then checked by the hub's own rules, and sent.
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { ExchangeCaseDocument } from '../made/graphql/graphql';
import { Fault } from '../parts/Fault';
import { Page, Pending } from '../parts/Page';
import { PeriodStep } from '../parts/PeriodStep';
import { PersonStep } from '../parts/PersonStep';
import { PostStep } from '../parts/PostStep';
import { SendStep } from '../parts/SendStep';
import { SignedOut } from '../parts/SignedOut';
import { useViewer } from '../viewer';

const STEPS = ['person', 'post', 'period', 'check'] as const;
type Step = (typeof STEPS)[number];

/** What was chosen so far; it is kept in the address, so that leaving loses nothing. */
export interface Draft {
  id: string | null;
  person: string | null;
  home: string | null;
  post: string | null;
  since: string;
  until: string;
  purpose: string;
}

export interface StepProps {
  draft: Draft;
  onChange: (changed: Partial<Draft>, to?: Step) => void;
}

function draftOf(parameters: URLSearchParams): Draft {
  return {
    id: parameters.get('draft'),
    person: parameters.get('person'),
    home: parameters.get('home'),
    post: parameters.get('post'),
    since: parameters.get('since') ?? '',
    until: parameters.get('until') ?? '',
    purpose: parameters.get('purpose') ?? '',
  };
}

/** The first step that still lacks something. */
function missing({ person, home, post, since, until, id }: Draft): Step {
  if (!person || !home) return 'person';
  if (!post) return 'post';
  return since && until && id ? 'check' : 'period';
}

export default function NewExchange() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const [parameters, setParameters] = useSearchParams();
  const draft = draftOf(parameters);
  const asked = parameters.get('step') as Step | null;
  const furthest = missing(draft);
  const isReached = asked !== null && STEPS.indexOf(asked) >= 0 && STEPS.indexOf(asked) <= STEPS.indexOf(furthest);
  const step = isReached ? asked : furthest;
  if (viewer && !viewer.isSignedOn) return <SignedOut title={t('wizard.title')} text={t('wizard.signedOut')} />;
  const change = (changed: Partial<Draft>, to?: Step) => {
    const next = new URLSearchParams(parameters);
    for (const [name, value] of Object.entries(changed)) {
      const key = name === 'id' ? 'draft' : name;
      if (value) next.set(key, value);
      else next.delete(key);
    }
    if (to) next.set('step', to);
    setParameters(next, { replace: !to });
  };
  const given = { draft, onChange: change };
  return (
    <Page title={t('wizard.title')} lead={t('wizard.lead')}>
      <Steps step={step} furthest={furthest} onStep={(to) => change({}, to)} />
      {draft.id && !draft.person ? <Kept id={draft.id} onChange={change} /> : <StepShown step={step} given={given} />}
    </Page>
  );
}

function StepShown({ step, given }: { step: Step; given: StepProps }) {
  switch (step) {
    case 'person':
      return <PersonStep {...given} />;
    case 'post':
      return <PostStep {...given} />;
    case 'period':
      return <PeriodStep {...given} />;
    default:
      return <SendStep {...given} />;
  }
}

function Steps({ step, furthest, onStep }: { step: Step; furthest: Step; onStep: (step: Step) => void }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('wizard.steps')}>
      <ol className="course">
        {STEPS.map((each, index) => {
          const isReached = index <= STEPS.indexOf(furthest);
          const standing = each === step ? 'now' : index < STEPS.indexOf(step) ? 'passed' : 'ahead';
          return (
            <li key={each} className={standing} aria-current={each === step ? 'step' : undefined}>
              {isReached && each !== step ? (
                <Button type="link" size="small" onClick={() => onStep(each)}>
                  {t(`wizard.${each}`)}
                </Button>
              ) : (
                t(`wizard.${each}`)
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** A draft that is taken up again: the hub knows what was chosen. */
function Kept({ id, onChange }: { id: string; onChange: StepProps['onChange'] }) {
  const [{ data, error }, again] = useQuery({
    query: trusted(ExchangeCaseDocument),
    variables: { id },
    requestPolicy: 'network-only',
  });
  const exchange = data?.cadreExchange;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for the record that was asked for
  useEffect(() => {
    if (!exchange) return;
    onChange(
      {
        person: exchange.person?.id ?? null,
        home: exchange.home?.id ?? null,
        post: exchange.post?.id ?? null,
        since: exchange.since ?? '',
        until: exchange.until ?? '',
        purpose: exchange.purpose ?? '',
      },
      'period',
    );
  }, [exchange]);
  if (error) return <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  return <Pending />;
}
